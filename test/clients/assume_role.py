"""Takes a role in another account and looks there, as a hub does. Arguments: role ARN, external id."""

import sys

from emulated import client, report

role, external_id = sys.argv[1:]
keys = client("sts").assume_role(
    RoleArn=role, RoleSessionName="foreign", ExternalId=external_id, DurationSeconds=900
)["Credentials"]
there = {
    "aws_access_key_id": keys["AccessKeyId"],
    "aws_secret_access_key": keys["SecretAccessKey"],
    "aws_session_token": keys["SessionToken"],
}
report(
    {
        "identity": client("sts", **there).get_caller_identity()["Arn"],
        "here": [one["arn"] for one in client("drs").describe_source_servers()["items"]],
        "there": [one["arn"] for one in client("drs", **there).describe_source_servers()["items"]],
    }
)
