"""What the scripts of this folder share: clients of the emulator, and a way to let its time pass."""

import json
import os
import sys
from urllib.request import urlopen

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


def control(path, body):
    """Posts to the control endpoint of `aws-dr emulate`."""
    url = f"{os.environ['AWS_ENDPOINT_URL']}/_dr{path}"
    with urlopen(url, json.dumps(body).encode()) as answer:
        return json.load(answer)


def report(result):
    print(json.dumps({"result": result}, default=str), flush=True)
