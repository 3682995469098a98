"""What the tests share: made-up texts, and the program to compare with."""

import json
import os
import pathlib
import subprocess

import pytest
from made_up import UGLY, prose

from refrain._command import program

ROOT = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def texts():
    return prose(600, 7) + UGLY


@pytest.fixture(scope="session")
def command():
    """Runs the program; returns what it wrote to standard output."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}

    def run(*arguments, status=0):
        done = subprocess.run([program(), *map(str, arguments)], capture_output=True, env=environment)
        assert done.returncode == status, done.stderr.decode()
        return done.stdout.decode()

    return run


def lines(path):
    return [json.loads(line) for line in pathlib.Path(path).read_text().splitlines()]


def write_records(path, rows):
    with open(path, "w") as file:
        for row in rows:
            file.write(json.dumps(row) + "\n")
