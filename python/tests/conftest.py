"""What the tests share: made-up texts with planted copies, and the program to compare with."""

import json
import os
import pathlib
import random
import subprocess

import pytest

from refrain._command import program

ROOT = pathlib.Path(__file__).resolve().parents[2]


def prose(count, seed, words=60):
    """Texts of a made-up language, about a third of them copies with edits."""
    rng = random.Random(seed)
    parts = ["".join(rng.choice("bdfgklmnprst") + rng.choice("aeiou") for _ in range(3)) for _ in range(3000)]
    known, texts = [], []
    for _ in range(count):
        own = [rng.choice(parts) for _ in range(words + rng.randrange(40))]
        if known and rng.random() < 0.34:
            own = list(rng.choice(known))
            for _ in range(rng.choice([0, 0, 1, 1, 2, 3, 6])):
                own[rng.randrange(len(own))] = rng.choice(parts)
        known.append(own)
        sentences = [own[at : at + 12] for at in range(0, len(own), 12)]
        texts.append(" ".join(" ".join(s).capitalize() + "." for s in sentences))
    return texts


UGLY = ["", "...", "The ship sailed.", "the SHIP sailed", "The. Ship. Sailed.", "été 北京 \U0001f600", "a\0b", "x" * 70000]


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
