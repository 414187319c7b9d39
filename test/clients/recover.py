"""Lists, tags, launches, polls, terminates and pages, as any script around boto3 would."""

from emulated import client, let_pass, report

drs = client("drs")


def finished(job_id):
    polls = 0
    while True:
        job = drs.describe_jobs(filters={"jobIDs": [job_id]})["items"][0]
        polls += 1
        if job["status"] == "COMPLETED":
            return job, polls
        let_pass(60)


pages = list(
    drs.get_paginator("describe_source_servers").paginate(PaginationConfig={"PageSize": 3})
)
servers = [server for page in pages for server in page["items"]]
first, second = servers[0], servers[1]
drs.tag_resource(resourceArn=first["arn"], tags={"Tier": "db", "odd/key é": "v"})
drs.untag_resource(resourceArn=first["arn"], tagKeys=["odd/key é", "app"])
tags = drs.list_tags_for_resource(resourceArn=first["arn"])["tags"]

ids = [{"sourceServerID": server["sourceServerID"]} for server in (first, second)]
started = drs.start_recovery(sourceServers=ids, isDrill=True, tags={"run": "1"})
launch, launch_polls = finished(started["job"]["jobID"])
log = [
    item["event"]
    for page in drs.get_paginator("describe_job_log_items").paginate(
        jobID=launch["jobID"], PaginationConfig={"PageSize": 2}
    )
    for item in page["items"]
]
instances = drs.describe_recovery_instances(filters={})["items"]
ended = drs.terminate_recovery_instances(
    recoveryInstanceIDs=[one["recoveryInstanceID"] for one in instances]
)
cleanup, _ = finished(ended["job"]["jobID"])
jobs = [
    job["type"]
    for page in drs.get_paginator("describe_jobs").paginate(PaginationConfig={"PageSize": 1})
    for job in page["items"]
]
snapshots = drs.describe_recovery_snapshots(
    sourceServerID=first["sourceServerID"], order="DESC", maxResults=2
)["items"]
report(
    {
        "pages": [len(page["items"]) for page in pages],
        "tags": tags,
        "started": [started["ResponseMetadata"]["HTTPStatusCode"], started["job"]["status"]],
        "launched": [one["launchStatus"] for one in launch["participatingServers"]],
        "polls": launch_polls,
        "log": log,
        "drills": [one["isDrill"] for one in instances],
        "terminated": [one["launchStatus"] for one in cleanup["participatingServers"]],
        "left": len(drs.describe_recovery_instances(filters={})["items"]),
        "jobs": jobs,
        "snapshots": len(snapshots),
    }
)
