"""Makes a recovery plan of DRS's own, runs it, mends a step that fails, and reads what came of it."""

from botocore.exceptions import ClientError
from emulated import client, let_pass, report

drs = client("drs")
servers = sorted(server["arn"] for server in drs.describe_source_servers()["items"])


def polled(execution):
    arn = execution["recoveryPlanExecutionArn"]
    while True:
        execution = drs.get_recovery_plan_execution(recoveryPlanExecutionArn=arn)[
            "recoveryPlanExecution"
        ]
        if execution["status"] not in ("CREATED", "IN_PROGRESS"):
            return execution
        let_pass(120)


plan = drs.create_recovery_plan(name="Storefront", tags={"Owner": "shop"})["recoveryPlan"]
in_plan = {"recoveryPlanArn": plan["recoveryPlanArn"]}
steps = [
    ("Database", {"serverStepConfiguration": {"servers": [{"serverArn": servers[0]}]}}),
    ("Warm up", {"waitStepConfiguration": {"waitDurationMinutes": 10}}),
    ("Web", {"serverStepConfiguration": {"servers": [{"serverArn": arn} for arn in servers[1:]]}}),
]
for name, configuration in steps:
    drs.create_recovery_plan_step(**in_plan, stepName=name, configuration=configuration)

started = drs.start_recovery_plan_execution(**in_plan, mode="DRILL")
try:
    drs.start_recovery_plan_execution(**in_plan, mode="DRILL")
    second = None
except ClientError as error:
    second = error.response["Error"]["Code"]
failed = polled(started["recoveryPlanExecution"])
in_execution = {"recoveryPlanExecutionArn": failed["recoveryPlanExecutionArn"]}
listed = drs.list_recovery_plan_execution_steps(**in_execution)["recoveryPlanExecutionSteps"]
retried = drs.retry_recovery_plan_execution_step(
    recoveryPlanExecutionStepArn=listed[2]["recoveryPlanExecutionStepArn"]
)["recoveryPlanExecutionStep"]
completed = polled(failed)
jobs = drs.describe_jobs()["items"]
drs.delete_recovery_plan_execution(**in_execution)
drs.delete_recovery_plan(**in_plan)
report(
    {
        "created": plan["status"],
        "started": [
            started["ResponseMetadata"]["HTTPStatusCode"],
            started["recoveryPlanExecution"]["status"],
        ],
        "second": second,
        "failed": [failed["status"], [step["status"] for step in listed]],
        "retried": [retried["status"], retried["attempt"]],
        "completed": completed["status"],
        "jobs": [[job["initiatedBy"], len(job["participatingServers"])] for job in reversed(jobs)],
        "instances": len(drs.describe_recovery_instances(filters={})["items"]),
        "left": len(drs.list_recovery_plans()["recoveryPlans"]),
    }
)
