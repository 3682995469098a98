"""The ``refrain`` command of the package: the program itself, and Parquet, which it does not read."""

from __future__ import annotations

import os
import sys
from typing import List, Optional

from ._library import folder


def program() -> str:
    """Where the program lies."""
    return os.environ.get("REFRAIN_PROGRAM") or os.path.join(folder(), "bin", "refrain")


def _is_parquet(argument: str) -> bool:
    """Whether an argument names Parquet: a file, or a folder that holds such files and no records."""
    if argument.startswith("-"):
        return False
    if argument.lower().endswith((".parquet", ".pq")):
        return True
    if not os.path.isdir(argument):
        return False
    names = [name for _, _, names in os.walk(argument) for name in names]
    has_records = any(name.endswith((".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")) for name in names)
    return not has_records and any(name.lower().endswith(".parquet") for name in names)


def main(arguments: Optional[List[str]] = None) -> int:
    """Runs the program in place of this process; Parquet is read and written here."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == ["dedup"]:
        from ._parquet import inputs_of

        inputs = inputs_of(arguments[1:])
        if any(_is_parquet(path) for path in inputs):
            from ._parquet import main as parquet

            return parquet(arguments[1:])
    path = program()
    try:
        os.execv(path, ["refrain", *arguments])
    except OSError as error:
        print(f"refrain: {path}: {error.strerror}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
