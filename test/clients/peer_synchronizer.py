"""The calls of DRS by which aws-samples/drs-tools (drs-configuration-synchronizer) writes settings.

Written anew from reading its source. What it writes in EC2 (launch templates) is left out: the
emulator has none. Argument: ARN of the role that it takes.
"""

import sys

from emulated import client, report

keys = client("sts").assume_role(RoleArn=sys.argv[1], RoleSessionName="synchronizer")["Credentials"]
drs = client(
    "drs",
    aws_access_key_id=keys["AccessKeyId"],
    aws_secret_access_key=keys["SecretAccessKey"],
    aws_session_token=keys["SessionToken"],
)
written = []
for page in drs.get_paginator("describe_source_servers").paginate(filters={}):
    for server in page["items"]:
        of_server = {"sourceServerID": server["sourceServerID"]}
        launch = drs.get_launch_configuration(**of_server)
        launch = drs.update_launch_configuration(
            **of_server, copyTags=not launch["copyTags"], launchDisposition="STOPPED"
        )
        drs.tag_resource(resourceArn=server["arn"], tags={"synchronized": "true"})
        replication = drs.get_replication_configuration(**of_server)
        replication = drs.update_replication_configuration(
            **of_server, bandwidthThrottling=replication["bandwidthThrottling"] + 10
        )
        written.append([launch["launchDisposition"], replication["bandwidthThrottling"]])
tags = drs.describe_source_servers(filters={})["items"][0]["tags"]
report({"written": written, "tag": tags["synchronized"]})
