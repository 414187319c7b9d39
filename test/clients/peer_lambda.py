"""Runs the Lambda function of drs-plan-automation, its file unchanged, turn by turn.

What its state machine does between two turns is wait; the emulator's time passes by each read.
Arguments: the input of its state machine for one application, as JSON.
"""

import importlib.util
import json
import pathlib
import sys
import types

from boto3.dynamodb.types import TypeDeserializer

from emulated import client, report

FILE = pathlib.Path(__file__).parent / "drs-plan-automation" / "drs_automation_plan.py"
MOST_TURNS = 200


def peer():
    spec = importlib.util.spec_from_file_location("drs_automation_plan", FILE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def plain(attributes):
    read = TypeDeserializer()
    return {name: read.deserialize(value) for name, value in attributes.items()}


function = peer()
event = json.loads(sys.argv[1])
actions = []
while event.get("status") not in ("completed", "failed", "timeout"):
    actions.append(event["action"])
    if len(actions) > MOST_TURNS:
        sys.exit(f"the plan must end within {MOST_TURNS} turns, got {actions[-5:]}")
    # Step Functions hands the payload over as JSON.
    event = json.loads(json.dumps(function.handler(event, types.SimpleNamespace())))

table = function.DRS_RESULTS_TABLE
(item,) = client("dynamodb").scan(TableName=table)["Items"]
result = plain(item)
waves = result["Waves"]
report(
    {
        "status": [event["status"], result["status"]],
        "log": result["log"],
        "waves": [wave["status"] for wave in waves],
        "jobs": [wave["drs"]["job"]["status"] for wave in waves],
        "launched": [
            [server["launchStatus"] for server in wave["drs"]["job"]["participatingServers"]]
            for wave in waves
        ],
        "lastEvents": [wave["drs"]["job"]["detail"][-1]["event"] for wave in waves],
        "actions": [
            [action["status"] for action in wave["PreWaveActions"] + wave["PostWaveActions"]]
            for wave in waves
        ],
        "turns": sorted(set(actions)),
    }
)
