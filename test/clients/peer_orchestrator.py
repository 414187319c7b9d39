"""The calls by which johnjcousens/aws-elasticdrs-orchestrator recovers a group and cleans up.

Written anew from reading its source. It drills servers whose launch settings it has written, looks
at their instances in EC2, ends them, and then stops the replication of one.
"""

from botocore.exceptions import ClientError
from emulated import client, report

drs, ec2 = client("drs"), client("ec2")


def all_of(operation, **parameters):
    pages = drs.get_paginator(operation).paginate(**parameters)
    return [item for page in pages for item in page["items"]]


def active_jobs():
    return [job for job in all_of("describe_jobs") if job["status"] in ("PENDING", "STARTED")]


def ended(job_id):
    while True:
        job = drs.describe_jobs(filters={"jobIDs": [job_id]})["items"][0]
        if job["status"] == "COMPLETED":
            return job


ids = [server["sourceServerID"] for server in all_of("describe_source_servers", filters={})]
for server in ids:
    settings = drs.get_launch_configuration(sourceServerID=server)
    drs.update_launch_configuration(
        sourceServerID=server,
        copyTags=True,
        copyPrivateIp=False,
        launchDisposition="STARTED",
        targetInstanceTypeRightSizingMethod=settings["targetInstanceTypeRightSizingMethod"],
    )
before = len(active_jobs())
started = drs.start_recovery(
    sourceServers=[{"sourceServerID": server} for server in ids], isDrill=True
)["job"]
during = len(active_jobs())
job = ended(started["jobID"])
events = drs.describe_job_log_items(jobID=job["jobID"])["items"]
recovered = all_of("describe_recovery_instances", filters={"sourceServerIDs": ids})
instance_ids = [one["ec2InstanceID"] for one in recovered]
seen = [
    instance
    for reservation in ec2.describe_instances(InstanceIds=instance_ids)["Reservations"]
    for instance in reservation["Instances"]
]
terminated = drs.terminate_recovery_instances(
    recoveryInstanceIDs=[one["recoveryInstanceID"] for one in recovered]
)["job"]
ended(terminated["jobID"])
try:
    ec2.describe_instances(InstanceIds=instance_ids)
    gone = None
except ClientError as error:
    gone = error.response["Error"]["Code"]
drs.stop_replication(sourceServerID=ids[0])
report(
    {
        "jobs": [before, during],
        "launched": [one["launchStatus"] for one in job["participatingServers"]],
        "events": len(events) > 0,
        "states": [one["State"] for one in seen],
        "names": sorted(tag["Value"] for one in seen for tag in one["Tags"] if tag["Key"] == "Name"),
        "addresses": len({one["PrivateIpAddress"] for one in seen}),
        "gone": gone,
    }
)
