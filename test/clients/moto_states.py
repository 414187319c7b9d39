"""Runs state machines in moto's interpreter, all in one process, each to its end.

Reads one case a line: `{"definition", "input", "functions"}`. Tells one line a case: how it ended,
its events, how often each function was called, and how long it would have waited. Nothing sleeps.

A function is named by the `key` of its payload. Of its outcomes, one an attempt, the last stays:
`{"value"}`, `{"error"}`, and for those that hold a task token `{"silent": true}`.
"""

import copy
import datetime
import functools
import json
import logging
import subprocess
import sys
import threading
import time
import types

import boto3
from moto import mock_aws
from moto.stepfunctions.parser import models
from moto.stepfunctions.parser.asl.component.common.retry import retrier_decl
from moto.stepfunctions.parser.asl.component.state.exec.state_task import lambda_eval_utils
from moto.stepfunctions.parser.asl.component.state.wait.wait_function import (
    timestamp,
    wait_function,
)
from moto.stepfunctions.parser.asl.eval.callback import callback
from moto.stepfunctions.parser.asl.jsonata import jsonata
from moto.stepfunctions.parser.asl.parse import asl_parser

# Where our virtual clock begins, and how long it takes a silence to count.
START = datetime.datetime(2026, 1, 24, 2)
SILENCE_SECONDS = 60

REGION = "eu-central-1"
ROLE = "arn:aws:iam::123456789012:role/workflows"


class Jsonata:
    """JSONata of npm: moto has none of its own."""

    def __init__(self, command):
        self.lock = threading.Lock()
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __call__(self, expression):
        with self.lock:
            self.process.stdin.write(json.dumps(expression) + "\n")
            self.process.stdin.flush()
            answer = json.loads(self.process.stdout.readline())
        if "problem" in answer:
            raise jsonata.JSONataException("UNKNOWN", answer["problem"])
        return answer.get("value")


class Run:
    """What one case does besides what moto records of it."""

    def __init__(self, functions):
        self.lock = threading.Lock()
        self.functions = functions
        self.calls = {}
        self.waited = 0.0
        self.silences = 0
        self.answers = []

    def wait(self, seconds):
        with self.lock:
            self.waited += seconds

    def now(self):
        with self.lock:
            seconds = self.waited + SILENCE_SECONDS * self.silences
        return START + datetime.timedelta(seconds=seconds)

    def invoke(self, parameters, region, state_credentials):
        payload = json.loads(parameters["Payload"])
        key = payload["key"]
        with self.lock:
            attempt = self.calls.get(key, 0)
            self.calls[key] = attempt + 1
        outcomes = self.functions[key]
        outcome = outcomes[min(attempt, len(outcomes) - 1)]
        token = payload.get("token")
        if token is not None:
            with self.lock:
                self.answers.append((token, outcome))
        elif "error" in outcome:
            problem = {"errorType": outcome["error"], "errorMessage": "told"}
            return {"StatusCode": 200, "FunctionError": "Unhandled", "Payload": problem}
        answer = {"StatusCode": 200, "ExecutedVersion": "$LATEST"}
        return {**answer, "Payload": outcome.get("value")}


    def answer_tokens(self):
        while True:
            with self.lock:
                if not self.answers:
                    return
                token, outcome = self.answers.pop()
            if "value" in outcome:
                client().send_task_success(taskToken=token, output=json.dumps(outcome["value"]))
            elif "error" in outcome:
                client().send_task_failure(
                    taskToken=token, error=outcome["error"], cause="told"
                )
            else:
                with self.lock:
                    self.silences += 1


class RunTime(datetime.datetime):
    """The moment at which the current case stands: nothing sleeps."""

    run = None

    @classmethod
    def now(cls, tz=None):
        return cls.run().now()


class AnsweredEvent(threading.Event):
    """Tokens are answered when a Task begins to wait; what is not said then is silence."""

    run = None

    def wait(self, timeout=None):
        AnsweredEvent.run().answer_tokens()
        return super().wait(0)


@functools.cache
def client():
    return boto3.client(
        "stepfunctions", region_name=REGION, aws_access_key_id="a", aws_secret_access_key="b"
    )


def patch(run, evaluate):
    # getmoto/moto#10077: without this, a second execution in one process is a 500.
    models.copy = types.SimpleNamespace(deepcopy=copy.copy)
    # Parsing takes most of the time, and moto does it when it creates and when it runs.
    parser = asl_parser.AmazonStateLanguageParser
    parser.parse = staticmethod(functools.lru_cache(maxsize=4)(parser.parse))
    jsonata._eval_jsonata = evaluate
    lambda_eval_utils._invoke_lambda_function = lambda **given: run().invoke(**given)
    retrier_decl.time = types.SimpleNamespace(sleep=lambda seconds: run().wait(seconds))
    wait_function.WaitFunction._wait_interval = lambda _, env, wait_seconds: run().wait(
        wait_seconds
    )
    RunTime.run = staticmethod(run)
    timestamp.datetime = types.SimpleNamespace(datetime=RunTime)
    # Moto cuts a wait for a moment to whole seconds. What has passed is not waited for.
    timestamp.int = lambda seconds: max(0.0, seconds)
    AnsweredEvent.run = staticmethod(run)
    callback.Event = AnsweredEvent


def run_case(number, case, run):
    name = f"m-{number}"
    machine = client().create_state_machine(
        name=name, definition=json.dumps(case["definition"]), roleArn=ROLE
    )["stateMachineArn"]
    execution = client().start_execution(
        stateMachineArn=machine, name=name, input=json.dumps(case["input"])
    )["executionArn"]
    deadline = time.monotonic() + 60
    while True:
        told = client().describe_execution(executionArn=execution)
        if told["status"] != "RUNNING" or time.monotonic() > deadline:
            break
        time.sleep(0.01)
    events = client().get_execution_history(executionArn=execution)["events"]
    return {
        "status": told["status"],
        "output": told.get("output"),
        "error": told.get("error"),
        "events": [event["type"] for event in events],
        "calls": run.calls,
        "waitedSeconds": run.waited,
    }


def main(jsonata_command):
    logging.disable(logging.CRITICAL)
    current = []
    patch(lambda: current[-1], Jsonata(jsonata_command))
    with mock_aws(config={"stepfunctions": {"execute_state_machine": True}}):
        for number, line in enumerate(sys.stdin):
            case = json.loads(line)
            current.append(Run(case["functions"]))
            try:
                result = run_case(number, case, current[-1])
            except Exception as problem:  # noqa: BLE001
                result = {"problem": f"{type(problem).__name__}: {problem}"}
            print(json.dumps(result), flush=True)


main(sys.argv[1:])
