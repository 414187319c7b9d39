"""The calls, in their order, by which aws-samples/drs-tools (drs-plan-automation) runs two waves.

Written anew from reading its source; its own records in DynamoDB are left out.
Arguments: ARN of the role that it takes, ARN of its topic.
"""

import sys

from emulated import client, report

role, topic = sys.argv[1:]
keys = client("sts").assume_role(RoleArn=role, RoleSessionName="plan-automation")["Credentials"]
there = {
    "aws_access_key_id": keys["AccessKeyId"],
    "aws_secret_access_key": keys["SecretAccessKey"],
    "aws_session_token": keys["SessionToken"],
}
drs, ssm = client("drs", **there), client("ssm", **there)
sns = client("sns")


def act(document):
    execution = ssm.start_automation_execution(DocumentName=document)["AutomationExecutionId"]
    by_id = [{"Key": "ExecutionId", "Values": [execution]}]
    while True:
        told = ssm.describe_automation_executions(Filters=by_id)["AutomationExecutionMetadataList"]
        if "ExecutionEndTime" in told[0]:
            took = told[0]["ExecutionEndTime"] - told[0]["ExecutionStartTime"]
            return [told[0]["AutomationExecutionStatus"], took.total_seconds() > 0]


def recover(wave):
    started = drs.start_recovery(isDrill=True, sourceServers=wave)["job"]
    while True:
        job = drs.describe_jobs(filters={"jobIDs": [started["jobID"]]})["items"][0]
        pages = drs.get_paginator("describe_job_log_items").paginate(jobID=job["jobID"])
        log = [item["event"] for page in pages for item in page["items"]]
        if job["status"] == "COMPLETED":
            return [[one["launchStatus"] for one in job["participatingServers"]], log[-1]]


servers = []
for page in drs.get_paginator("describe_source_servers").paginate(
    filters={}, maxResults=200, PaginationConfig={"MaxItems": 200, "PageSize": 200}
):
    servers += page["items"]
waves = [
    [{"sourceServerID": one["sourceServerID"]} for one in servers if one["tags"].get("Tier") == tier]
    for tier in ("database", "web")
]
results = []
for number, wave in enumerate(waves):
    sns.publish(TopicArn=topic, Subject="Update", Message=f"Wave {number} begins")
    results.append({"before": act("Approve"), "recovery": recover(wave), "after": act("Check")})
report({"servers": len(servers), "waves": results})
