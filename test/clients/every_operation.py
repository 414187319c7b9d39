"""Calls every operation of boto3's model once, about what exists, with the least that its shape requires.

Argument: an account that lets this one extend its servers, and has one. Operations that end
something come last.
"""

import sys

from botocore.exceptions import ClientError
from emulated import client, let_pass, report

# Patterns of the model that are no plain text, each with a value that holds to it.
BY_SHAPE = {
    "AccountID": sys.argv[1],
    "AwsRegion": "eu-west-1",
    "CfnStackName": "stack",
    "ISO8601DatetimeString": "2026-01-24T02:00:00Z",
    "LaunchActionId": "00000000-0000-4000-8000-000000000001",
    "LaunchActionName": "action",
    "LaunchActionVersion": "1",
    "RecoveryPlanStepConfiguration": {"waitStepConfiguration": {"waitDurationMinutes": 1}},
    "SsmDocumentName": "AWS-RunShellScript",
    "StrictDRSARN": "arn:aws:drs:eu-central-1:111122223333:recovery-plan/plan-00000000000000001",
    "SubnetID": "subnet-0123456789abcdef0",
    "VpcID": "vpc-0123456789abcdef0",
}


def least(shape):
    if shape.name in BY_SHAPE:
        return BY_SHAPE[shape.name]
    bounds = shape.metadata
    if shape.type_name == "structure":
        return {name: least(shape.members[name]) for name in shape.required_members}
    if shape.type_name == "list":
        return [least(shape.member) for _ in range(max(1, bounds.get("min", 1)))]
    if shape.type_name == "map":
        return {}
    if shape.type_name == "string":
        return bounds["enum"][0] if bounds.get("enum") else "x" * max(1, bounds.get("min", 1))
    if shape.type_name == "boolean":
        return False
    return max(1, bounds.get("min", 1))


drs = client("drs")
model = drs.meta.service_model


def call(operation, **more):
    method = next(m for m, name in drs.meta.method_to_api_mapping.items() if name == operation)
    shape = model.operation_model(operation).input_shape
    parameters = least(shape) if shape is not None else {}
    return getattr(drs, method)(**{**parameters, **more})


def prepare():
    """Makes one of everything that an operation can be about."""
    first, second = drs.describe_source_servers()["items"][:2]
    staged = drs.list_extensible_source_servers(stagingAccountID=BY_SHAPE["AccountID"])["items"]
    BY_SHAPE["SourceServerID"] = first["sourceServerID"]
    started = call("StartRecovery")["job"]
    let_pass(1000)
    instance = drs.describe_recovery_instances(filters={})["items"][0]
    launch_template = drs.create_launch_configuration_template()["launchConfigurationTemplate"]
    template = call(
        "CreateReplicationConfigurationTemplate",
        replicationServersSecurityGroupsIDs=[],
        ebsEncryption="DEFAULT",
        pitPolicy=[{"units": "DAY", "interval": 1, "retentionDuration": 1}] * 3,
    )
    BY_SHAPE.update(
        {
            "ARN": second["arn"],
            "JobID": started["jobID"],
            "LaunchActionResourceId": second["sourceServerID"],
            "LaunchConfigurationTemplateID": launch_template["launchConfigurationTemplateID"],
            "RecoveryInstanceID": instance["recoveryInstanceID"],
            "ReplicationConfigurationTemplateID": template["replicationConfigurationTemplateID"],
            "SourceNetworkID": call("CreateSourceNetwork")["sourceNetworkID"],
            "SourceServerARN": staged[0]["arn"],
            "SourceServerID": second["sourceServerID"],
        }
    )


def ends_something(operation):
    return operation.startswith(("Delete", "Disconnect", "Terminate", "Untag"))


prepare()
answers = {}
for operation in sorted(model.operation_names, key=lambda name: (ends_something(name), name)):
    try:
        answer = call(operation)
        answers[operation] = [answer["ResponseMetadata"]["HTTPStatusCode"], ""]
    except ClientError as error:
        status = error.response["ResponseMetadata"]["HTTPStatusCode"]
        answers[operation] = [status, error.response["Error"]["Code"]]
report(answers)
