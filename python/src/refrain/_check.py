"""What texts say more than once, within each and across all."""

from __future__ import annotations

import ctypes
import json
from ctypes import byref, sizeof
from typing import Any, Dict, List, NamedTuple, Optional

from . import _arrow, _library
from ._data import data as rows_of
from ._library import Bytes, CheckOptions, call_long, library


class Place(NamedTuple):
    """A place of a passage: whose text, where in it, and how it reads."""

    #: What the text is called.
    name: str
    #: Bytes of its UTF-8.
    start: int
    end: int
    #: Line and column of the start, from 1, in characters.
    line: int
    column: int
    text: str
    #: How alike it is to the first place.
    similarity: float


class Finding(NamedTuple):
    """A passage that is said more than once."""

    id: str
    #: ``exact-repeat``, ``near-repeat``, ``boilerplate``, ``quotation`` or ``duplicate-document``.
    kind: str
    #: ``error``, ``note`` or ``hint``.
    level: str
    #: ``within`` a text or ``across`` several.
    scope: str
    similarity: float
    words: int
    places: List[Place]


class CheckResult:
    """What a check found."""

    def __init__(self, document: Dict[str, Any], again: Any) -> None:
        #: The JSON report of ``refrain check``, parsed.
        self.document = document
        self._again = again
        #: The findings, the weightiest first.
        self.findings: List[Finding] = [_finding(found) for found in document["findings"]]

    @property
    def summary(self) -> Dict[str, Any]:
        """Counts: documents, words, findings, hints and others."""
        return self.document["summary"]

    def report(self, format: str) -> str:
        """A report in another format of ``refrain check``, such as ``html``; the check is done again."""
        return self._again(format)

    def __repr__(self) -> str:
        return f"<CheckResult: {len(self.findings)} findings>"


def _finding(found: Dict[str, Any]) -> Finding:
    places = [
        Place(
            place["path"],
            place["start"]["byte"],
            place["end"]["byte"],
            place["start"]["line"],
            place["start"]["column"],
            place["text"],
            place["similarity"],
        )
        for place in found["occurrences"]
    ]
    return Finding(
        found["id"],
        found["kind"],
        found["level"],
        found["scope"],
        found["similarity"],
        found["words"],
        places,
    )


def check(
    data: Any,
    text: str = "text",
    id: Any = None,
    *,
    scope: Optional[str] = None,
    min_words: int = 5,
    boilerplate: int = 10,
    all: bool = False,
    markup: Optional[str] = None,
    threads: Optional[int] = None,
) -> CheckResult:
    """Finds the passages that texts repeat.

    :param data: as for ``dedup``; a dict of texts by name, such as ``{"install.md": ...}``, is the usual one.
    :param scope: ``within`` or ``across``; both where None.
    :param min_words: the fewest words of a passage.
    :param boilerplate: a passage in so many texts is boilerplate.
    :param all: whether hints are told, too.
    :param markup: ``plain``, ``markdown``, ``mdx``, ``rst``, ``asciidoc``, ``org``, ``notebook`` or
        ``html``; what the extension of a text's name tells, else plain text, where None.
    :raises RefrainError: for settings out of range, texts that are null, markup that cannot be read.
    """
    source = rows_of(data, text, id)
    texts = source.texts(None)
    names = _arrow.from_list([str(name) for name in source.ids(range(texts.count))])
    options = _library.options(threads=threads)
    settings = dict(scope=scope, markup=markup)
    least = _library.integer("min_words", min_words)
    most = _library.integer("boilerplate", boilerplate)

    def run(report: str) -> str:
        asked = CheckOptions(size=sizeof(CheckOptions), min_words=least, boilerplate=most)
        asked.all = bool(all)
        asked.report = _library.encoded("report", report)
        for name, value in settings.items():
            setattr(asked, name, _library.encoded(name, value))
        result = Bytes()
        call_long(
            "refrain_check",
            texts.handle.value,
            names.handle.value,
            byref(asked),
            options,
            byref(result),
            options=options,
            size=texts.size,
        )
        try:
            return ctypes.string_at(result.data, result.size).decode() if result.size else ""
        finally:
            library().refrain_bytes_free(byref(result))

    return CheckResult(json.loads(run("json")), run)
