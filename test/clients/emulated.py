"""What the scripts of this folder share: clients of the emulator, and a way to let its time pass."""

import json
import sys

import boto3
from botocore.config import Config

# One attempt: what the service answers is what the test is told.
CONFIG = Config(retries={"max_attempts": 0, "mode": "standard"}, parameter_validation=False)


def client(service, **more):
    return boto3.client(service, config=CONFIG, **more)


def let_pass(seconds):
    """Asks the test to move the emulator's clock, and waits until it did."""
    print(json.dumps({"pass": seconds}), flush=True)
    sys.stdin.readline()


def report(result):
    print(json.dumps({"result": result}, default=str), flush=True)
