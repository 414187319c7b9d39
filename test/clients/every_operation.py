"""Calls every operation of boto3's model about something that lets it succeed, and reports each status.

Arguments: an account that lets this one extend its servers, and has one. The lane has four servers,
of which the one with the tag `from: ec2` came from EC2 in a Region where DRS is initialised.

Any refusal ends the script: an operation that nobody serves cannot be reported.
"""

import sys

from emulated import client, control, let_pass, report

STAGING = sys.argv[1]

drs = client("drs")
model = drs.meta.service_model
statuses = {}


def note(http_response, model, **_):
    statuses[model.name] = http_response.status_code


drs.meta.events.register("after-call.drs", note)


def launched(*servers, **more):
    """A job that recovered servers, and their instances."""
    job = drs.start_recovery(
        sourceServers=[{"sourceServerID": server} for server in servers], **more
    )["job"]
    let_pass(1200)
    drs.describe_job_log_items(jobID=job["jobID"])
    ended = drs.describe_jobs(filters={"jobIDs": [job["jobID"]]})["items"][0]
    assert {one["launchStatus"] for one in ended["participatingServers"]} == {"LAUNCHED"}, ended
    items = drs.describe_recovery_instances(filters={"sourceServerIDs": list(servers)})["items"]
    return job, {one["sourceServerID"]: one["recoveryInstanceID"] for one in items}


def settings_and_tags(server, arn):
    drs.get_launch_configuration(sourceServerID=server)
    drs.update_launch_configuration(sourceServerID=server, copyTags=True)
    drs.get_replication_configuration(sourceServerID=server)
    drs.update_replication_configuration(sourceServerID=server, bandwidthThrottling=100)
    drs.tag_resource(resourceArn=arn, tags={"Owner": "shop"})
    assert drs.list_tags_for_resource(resourceArn=arn)["tags"]["Owner"] == "shop"
    drs.untag_resource(resourceArn=arn, tagKeys=["Owner"])
    about = {"resourceId": server, "actionId": "00000000-0000-4000-8000-000000000001"}
    drs.put_launch_action(
        **about,
        actionCode="AWS-RunShellScript",
        order=2,
        optional=True,
        active=True,
        name="smoke",
        actionVersion="1",
        category="VALIDATION",
        description="",
        parameters={},
    )
    drs.list_launch_actions(resourceId=server)
    drs.delete_launch_action(**about)


def templates():
    made = drs.create_launch_configuration_template(exportBucketArn="arn:aws:s3:::templates")
    launch = made["launchConfigurationTemplate"]["launchConfigurationTemplateID"]
    drs.describe_launch_configuration_templates(launchConfigurationTemplateIDs=[launch])
    drs.update_launch_configuration_template(launchConfigurationTemplateID=launch, copyTags=True)
    replication = drs.create_replication_configuration_template(
        associateDefaultSecurityGroup=True,
        bandwidthThrottling=0,
        createPublicIP=False,
        dataPlaneRouting="PRIVATE_IP",
        defaultLargeStagingDiskType="GP3",
        ebsEncryption="DEFAULT",
        pitPolicy=[
            {"units": "MINUTE", "interval": 10, "retentionDuration": 60},
            {"units": "HOUR", "interval": 1, "retentionDuration": 24},
            {"units": "DAY", "interval": 1, "retentionDuration": 7},
        ],
        replicationServerInstanceType="t3.small",
        replicationServersSecurityGroupsIDs=[],
        stagingAreaSubnetId="subnet-0123456789abcdef0",
        stagingAreaTags={},
        useDedicatedReplicationServer=False,
    )["replicationConfigurationTemplateID"]
    which = {"replicationConfigurationTemplateID": replication}
    drs.describe_replication_configuration_templates(
        replicationConfigurationTemplateIDs=[replication]
    )
    drs.update_replication_configuration_template(**which, bandwidthThrottling=100)
    drs.delete_replication_configuration_template(**which)
    return launch


def source_network():
    """Exports into the bucket of the launch template, so that comes first."""
    network = drs.create_source_network(
        originAccountID=STAGING, originRegion="eu-west-1", vpcID="vpc-0123456789abcdef0"
    )["sourceNetworkID"]
    which = {"sourceNetworkID": network}
    drs.start_source_network_replication(**which)
    let_pass(600)
    drs.describe_source_networks(filters={"sourceNetworkIDs": [network]})
    drs.export_source_network_cfn_template(**which)
    drs.start_source_network_recovery(sourceNetworks=[which])
    let_pass(1200)
    drs.associate_source_network_stack(**which, cfnStackName="stack")
    let_pass(1200)
    drs.stop_source_network_replication(**which)
    drs.delete_source_network(**which)


def recovery_plan(server):
    """Runs a plan whose server fails at first: the step is retried, and its wait is skipped."""
    plan = drs.create_recovery_plan(name="Storefront")["recoveryPlan"]["recoveryPlanArn"]
    drs.update_recovery_plan(recoveryPlanArn=plan, description="all of it")
    drs.get_recovery_plan(recoveryPlanArn=plan)
    drs.list_recovery_plans()
    configurations = (
        {"serverStepConfiguration": {"servers": [{"serverArn": server}]}},
        {"waitStepConfiguration": {"waitDurationMinutes": 60}},
        {"waitStepConfiguration": {"waitDurationMinutes": 1}},
    )
    steps = [
        drs.create_recovery_plan_step(
            recoveryPlanArn=plan, stepName=f"Step {number}", configuration=configuration
        )["recoveryPlanStep"]["recoveryPlanStepArn"]
        for number, configuration in enumerate(configurations)
    ]
    drs.get_recovery_plan_step(recoveryPlanStepArn=steps[0])
    drs.list_recovery_plan_steps(recoveryPlanArn=plan)
    drs.update_recovery_plan_step(recoveryPlanStepArn=steps[1], stepName="Warm up")
    order = [steps[0], steps[2], steps[1]]
    drs.reorder_recovery_plan_steps(recoveryPlanArn=plan, orderedStepArns=order)
    drs.delete_recovery_plan_step(recoveryPlanStepArn=steps[2])

    failing = {"server": server.split("/")[-1], "phase": "launch"}
    control("/faults", {"launches": [failing]})
    execution = drs.start_recovery_plan_execution(recoveryPlanArn=plan, mode="DRILL")[
        "recoveryPlanExecution"
    ]["recoveryPlanExecutionArn"]
    which = {"recoveryPlanExecutionArn": execution}
    let_pass(1200)
    first, wait = (
        one["recoveryPlanExecutionStepArn"]
        for one in drs.list_recovery_plan_execution_steps(**which)["recoveryPlanExecutionSteps"]
    )
    drs.get_recovery_plan_execution_step(recoveryPlanExecutionStepArn=first)
    drs.retry_recovery_plan_execution_step(recoveryPlanExecutionStepArn=first)
    drs.update_recovery_plan_execution_step(recoveryPlanExecutionStepArn=wait, status="SKIPPED")
    drs.cancel_recovery_plan_execution(**which)
    let_pass(1200)
    assert drs.get_recovery_plan_execution(**which)["recoveryPlanExecution"]["completedAt"]
    drs.list_recovery_plan_executions(recoveryPlanArn=plan)
    drs.delete_recovery_plan_execution(**which)
    drs.delete_recovery_plan(recoveryPlanArn=plan)


def extended():
    staged = drs.list_extensible_source_servers(stagingAccountID=STAGING)["items"]
    drs.create_extended_source_server(sourceServerArn=staged[0]["arn"])
    assert drs.list_staging_accounts()["accounts"]


def way_back(from_ec2, from_outside):
    """Of a server from EC2 by reversed replication, of another one by its failback client."""
    job, instances = launched(from_ec2, from_outside)
    there, here = instances[from_ec2], instances[from_outside]
    drs.get_failback_replication_configuration(recoveryInstanceID=there)
    drs.update_failback_replication_configuration(recoveryInstanceID=there, usePrivateIP=True)
    drs.reverse_replication(recoveryInstanceID=there)
    drs.stop_failback(recoveryInstanceID=there)
    control("/fleet", {"failbackClients": [{**lane_of(drs), "instance": here}]})
    let_pass(7200)
    drs.start_failback_launch(recoveryInstanceIDs=[here])
    let_pass(1200)
    drs.disconnect_recovery_instance(recoveryInstanceID=here)
    drs.delete_recovery_instance(recoveryInstanceID=here)
    drs.terminate_recovery_instances(recoveryInstanceIDs=[there])
    let_pass(600)
    drs.delete_job(jobID=job["jobID"])


def end_of_life(server):
    which = {"sourceServerID": server}
    drs.describe_recovery_snapshots(**which)
    drs.stop_replication(**which)
    drs.start_replication(**which)
    drs.stop_replication(**which)
    drs.retry_data_replication(**which)
    drs.disconnect_source_server(**which)
    drs.delete_source_server(**which)


def lane_of(lane):
    account = client("sts").get_caller_identity()["Account"]
    return {"account": account, "region": lane.meta.region_name}


drs.initialize_service()
servers = drs.describe_source_servers()["items"]
origin = next(one for one in servers if one["tags"].get("from") == "ec2")
first, second, third = [one for one in servers if one is not origin][:3]
settings_and_tags(first["sourceServerID"], first["arn"])
template = templates()
source_network()
drs.delete_launch_configuration_template(launchConfigurationTemplateID=template)
recovery_plan(second["arn"])
extended()
way_back(origin["sourceServerID"], first["sourceServerID"])
end_of_life(third["sourceServerID"])
report({name: statuses.get(name) for name in model.operation_names})
