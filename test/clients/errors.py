"""Meets each modelled error of DRS. The test arranges the faults; the role decides the 403."""

import sys

from botocore.exceptions import ClientError
from emulated import client, report

region_without_drs, server_count = sys.argv[1], int(sys.argv[2])
drs = client("drs")


def start(*numbers, **more):
    servers = [{"sourceServerID": f"s-{number:017d}"} for number in numbers]
    return drs.start_recovery(sourceServers=servers, **more)


CALLS = {
    "quota": lambda: start(*range(1, server_count + 1)),
    "conflict": lambda: [start(1), start(1)],
    "unknown": lambda: drs.get_launch_configuration(sourceServerID="s-99999999999999999"),
    "invalid": lambda: drs.describe_source_servers(maxResults=0),
    "uninitialized": lambda: client("drs", region_name=region_without_drs).describe_jobs(),
    "denied": lambda: drs.terminate_recovery_instances(recoveryInstanceIDs=["i-0123456789abcdef0"]),
    "throttled": lambda: drs.describe_job_log_items(jobID="drsjob-00000000000000001"),
    "broken": lambda: drs.describe_recovery_instances(filters={}),
}


def met(call):
    try:
        call()
    except ClientError as error:
        known = getattr(drs.exceptions, type(error).__name__, None)
        return {
            "class": type(error).__name__,
            "isModelled": known is not None,
            "code": error.response["Error"]["Code"],
            "status": error.response["ResponseMetadata"]["HTTPStatusCode"],
            "quotaCode": error.response.get("quotaCode"),
            "retryAfter": error.response["ResponseMetadata"]["HTTPHeaders"].get("retry-after"),
        }
    return None


report({name: met(call) for name, call in CALLS.items()})
