"""Calls every operation of boto3's model once, with the least that its input shape requires."""

from botocore.exceptions import ClientError
from emulated import client, report

# Patterns of the model that are no plain text, each with a value that holds to it.
BY_SHAPE = {
    "ARN": "arn:aws:drs:eu-central-1:111122223333:source-server/s-00000000000000001",
    "AccountID": "111122223333",
    "CfnStackName": "stack",
    "ISO8601DatetimeString": "2026-01-24T02:00:00Z",
    "JobID": "drsjob-00000000000000001",
    "LaunchActionId": "00000000-0000-4000-8000-000000000001",
    "LaunchActionName": "action",
    "LaunchActionResourceId": "s-00000000000000001",
    "LaunchActionVersion": "1",
    "LaunchConfigurationTemplateID": "lct-00000000000000001",
    "RecoveryInstanceID": "i-0123456789abcdef0",
    "RecoveryPlanStepConfiguration": {"waitStepConfiguration": {"waitDurationMinutes": 1}},
    "ReplicationConfigurationTemplateID": "rct-00000000000000001",
    "SourceNetworkID": "sn-00000000000000001",
    "SourceServerARN": "arn:aws:drs:eu-central-1:111122223333:source-server/s-00000000000000001",
    "SourceServerID": "s-00000000000000001",
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
answers = {}
for method, operation in sorted(drs.meta.method_to_api_mapping.items()):
    shape = model.operation_model(operation).input_shape
    parameters = least(shape) if shape is not None else {}
    try:
        answer = getattr(drs, method)(**parameters)
        answers[operation] = [answer["ResponseMetadata"]["HTTPStatusCode"], ""]
    except ClientError as error:
        status = error.response["ResponseMetadata"]["HTTPStatusCode"]
        answers[operation] = [status, error.response["Error"]["Code"]]
report(answers)
