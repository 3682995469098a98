"""The C library: its structures and functions, errors, and calls that Control-C ends."""

from __future__ import annotations

import ctypes
import os
import threading
from ctypes import (
    CFUNCTYPE,
    POINTER,
    Structure,
    byref,
    c_char,
    c_char_p,
    c_double,
    c_int32,
    c_int64,
    c_size_t,
    c_uint8,
    c_uint32,
    c_uint64,
    c_void_p,
    sizeof,
)
from typing import Any, Callable, Optional

ABI_VERSION = 1
OK, BAD_ARGUMENT, BAD_SETTING, BAD_TEXT, BAD_ARROW, BAD_HANDLE, INTERRUPTED, FAILED = range(8)
REASONS = ("identical", "same-words", "near")
MATCHES = {"near": 0, "words": 1, "identical": 2}
STAGES = ("reading", "bucketing", "verifying")

#: Below so many bytes of texts a call is over before anybody could interrupt it.
SHORT_CALL = 1 << 20

class RefrainError(ValueError):
    """What the library refuses: a setting out of range, a text that is null, broken Arrow data.

    ``row`` is the row that it is about, counted from 0, or None.
    """

    def __init__(self, message: str, status: int = FAILED, row: Optional[int] = None) -> None:
        super().__init__(message)
        self.status = status
        self.row = row

class ArrowSchema(Structure):
    pass

class ArrowArray(Structure):
    pass

RELEASE_SCHEMA = CFUNCTYPE(None, POINTER(ArrowSchema))
RELEASE_ARRAY = CFUNCTYPE(None, POINTER(ArrowArray))

ArrowSchema._fields_ = [
    ("format", c_char_p),
    ("name", c_char_p),
    ("metadata", c_char_p),
    ("flags", c_int64),
    ("n_children", c_int64),
    ("children", POINTER(POINTER(ArrowSchema))),
    ("dictionary", POINTER(ArrowSchema)),
    ("release", c_void_p),
    ("private_data", c_void_p),
]
ArrowArray._fields_ = [
    ("length", c_int64),
    ("null_count", c_int64),
    ("offset", c_int64),
    ("n_buffers", c_int64),
    ("n_children", c_int64),
    ("buffers", POINTER(c_void_p)),
    ("children", POINTER(POINTER(ArrowArray))),
    ("dictionary", POINTER(ArrowArray)),
    ("release", c_void_p),
    ("private_data", c_void_p),
]

POLL = CFUNCTYPE(c_int32, c_void_p, c_int32, c_int64, c_int64)

class Options(Structure):
    """refrain_options."""

    _fields_ = [
        ("size", c_size_t),
        ("threshold", c_double),
        ("recall", c_double),
        ("ngram", c_int32),
        ("threads", c_int32),
        ("bands", c_int32),
        ("rows", c_int32),
        ("match", c_int32),
        ("exhaustive", c_int32),
        ("skip_bad_rows", c_int32),
        ("all_pairs", c_int32),
        ("memory", c_int64),
        ("keep", c_char_p),
        ("poll", POLL),
        ("context", c_void_p),
    ]

class CheckOptions(Structure):
    """refrain_check_options."""

    _fields_ = [
        ("size", c_size_t),
        ("scope", c_char_p),
        ("markup", c_char_p),
        ("report", c_char_p),
        ("min_words", c_int32),
        ("boilerplate", c_int32),
        ("all", c_int32),
        ("reserved", c_int32),
    ]

class Bytes(Structure):
    """refrain_bytes."""

    _fields_ = [("data", POINTER(c_uint8)), ("size", c_size_t)]

class Error(Structure):
    """refrain_error."""

    _fields_ = [
        ("status", c_int32),
        ("reserved", c_int32),
        ("row", c_int64),
        ("message", c_char * 1008),
    ]

_TABLE = [POINTER(ArrowSchema), POINTER(ArrowArray), POINTER(Error)]
_OPTIONS = POINTER(Options)
_HANDLE = POINTER(c_uint64)
_SIGNATURES = {
    "refrain_options_init": [_OPTIONS, c_size_t],
    "refrain_texts_from_stream": [c_void_p, c_char_p, c_char_p, _HANDLE, POINTER(Error)],
    "refrain_texts_from_utf8": [c_char_p, c_void_p, c_char_p, c_int64, _HANDLE, POINTER(Error)],
    "refrain_texts_count": [c_uint64, POINTER(c_int64), POINTER(Error)],
    "refrain_bind": [c_uint64, c_void_p, POINTER(Error)],
    "refrain_dedup": [c_uint64, _OPTIONS, _HANDLE, POINTER(Error)],
    "refrain_dedup_removed": [c_uint64, c_double, _OPTIONS, *_TABLE],
    "refrain_dedup_skipped": [c_uint64, *_TABLE],
    "refrain_pairs": [c_uint64, _OPTIONS, *_TABLE],
    "refrain_similarity": [c_uint64, c_uint64, _OPTIONS, *_TABLE],
    "refrain_compare": [c_uint64, c_uint64, c_int64, _OPTIONS, *_TABLE],
    "refrain_check": [
        c_uint64,
        c_uint64,
        POINTER(CheckOptions),
        _OPTIONS,
        POINTER(Bytes),
        POINTER(Error),
    ],
    "refrain_index_new": [_OPTIONS, _HANDLE, POINTER(Error)],
    "refrain_index_count": [c_uint64, POINTER(c_int64), POINTER(Error)],
    "refrain_index_insert": [c_uint64, c_uint64, c_void_p, c_int64, POINTER(Error)],
    "refrain_index_remove": [c_uint64, c_void_p, c_int64, POINTER(c_int64), POINTER(Error)],
    "refrain_index_query": [c_uint64, c_uint64, c_int64, _OPTIONS, *_TABLE],
    "refrain_sketch": [c_uint64, _OPTIONS, *_TABLE],
    "refrain_candidates": [c_void_p, c_int64, c_int64, _OPTIONS, *_TABLE],
    "refrain_verify": [c_uint64, c_void_p, c_void_p, c_int64, _OPTIONS, *_TABLE],
    "refrain_passages": [c_uint64, c_int64, c_int64, _OPTIONS, *_TABLE],
    "refrain_seeds": [c_uint64, c_int64, _OPTIONS, *_TABLE],
    "refrain_compare_rows": [c_uint64, c_void_p, c_void_p, c_int64, c_int64, _OPTIONS, *_TABLE],
}

_loading = threading.Lock()
_loaded: Optional[ctypes.CDLL] = None

def folder() -> str:
    """Where the library and the program lie."""
    return os.path.dirname(os.path.abspath(__file__))

def library() -> ctypes.CDLL:
    """The library, which is loaded when it is first asked for."""
    global _loaded
    with _loading:
        if _loaded is None:
            path = os.environ.get("REFRAIN_LIBRARY") or os.path.join(folder(), "librefrain.so")
            loaded = ctypes.CDLL(path)
            loaded.refrain_abi_version.restype = c_uint32
            found = loaded.refrain_abi_version()
            if found != ABI_VERSION:
                raise ImportError(f"{path} has ABI {found}, and this package needs {ABI_VERSION}")
            for name in ("refrain_version", "refrain_scheme"):
                getattr(loaded, name).restype = c_char_p
            loaded.refrain_bytes_free.argtypes = [POINTER(Bytes)]
            loaded.refrain_bytes_free.restype = None
            loaded.refrain_free_bound.restype = None
            for name, arguments in _SIGNATURES.items():
                function = getattr(loaded, name)
                function.argtypes = arguments
                function.restype = c_int32
            _loaded = loaded
        return _loaded

_PyCapsule_New = ctypes.pythonapi.PyCapsule_New
_PyCapsule_New.restype = ctypes.py_object
_PyCapsule_New.argtypes = [c_void_p, c_char_p, c_void_p]

class Handle:
    """Something that the library holds, until nobody asks for it any more.

    It goes with a capsule, whose destructor is a function of the library. A `__del__` would run Python code, and a
    Control-C that comes in there is lost.
    """

    __slots__ = ("value", "_capsule", "__weakref__")

    def __init__(self, value: int) -> None:
        self.value = value
        destructor = ctypes.cast(library().refrain_free_bound, c_void_p)
        # A capsule's pointer may be anything but NULL.
        self._capsule = _PyCapsule_New(destructor, None, destructor)
        call("refrain_bind", value, id(self._capsule))

def raise_for(status: int, error: Error) -> None:
    """Raises what a status other than OK says."""
    if status == OK:
        return
    if status == INTERRUPTED:
        raise KeyboardInterrupt
    row = error.row if error.row >= 0 else None
    raise RefrainError(error.message.decode("utf-8", "replace"), status, row)

def call(name: str, *arguments: Any) -> None:
    """Calls a function that is over at once."""
    error = Error()
    raise_for(getattr(library(), name)(*arguments, byref(error)), error)

Report = Callable[[str, int, int], None]

def call_long(
    name: str,
    *arguments: Any,
    options: Options,
    size: int,
    report: Optional[Report] = None,
) -> None:
    """Calls a function that may take long, on a thread of its own, so that Control-C ends it.

    ``size`` is how many bytes of texts it works on; ``report`` is told how far it is, by the thread that
    calls.
    """
    if size < SHORT_CALL:
        options.poll = POLL()
        call(name, *arguments)
        return
    position = (0, 0, 0)
    stop = False

    def poll(_: Any, stage: int, done: int, total: int) -> int:
        nonlocal position
        position = (stage, done, total)
        return 1 if stop else 0

    options.poll = POLL(poll)
    error = Error()
    status = FAILED
    over = threading.Event()
    function: Callable[..., int] = getattr(library(), name)

    def work() -> None:
        nonlocal status
        try:
            status = function(*arguments, byref(error))
        finally:
            over.set()

    thread = threading.Thread(target=work, name="refrain", daemon=True)
    thread.start()
    try:
        while not over.wait(0.1):
            if report:
                report(STAGES[position[0] if 0 <= position[0] < 3 else 0], *position[1:])
    except BaseException:
        stop = True
        over.wait()
        raise
    thread.join()
    options.poll = POLL()
    raise_for(status, error)

def integer(name: str, value: Any, least: int = -(1 << 31), most: int = (1 << 31) - 1) -> int:
    """A whole number that C can hold."""
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise TypeError(f"{name} must be an int, not {type(value).__name__}")
    value = value.__index__()
    if not least <= value <= most:
        raise RefrainError(f"{name}: {value} is not between {least} and {most}", BAD_SETTING)
    return value

def number(name: str, value: Any) -> float:
    """A floating-point number."""
    if isinstance(value, bool) or not (hasattr(value, "__float__") or hasattr(value, "__index__")):
        raise TypeError(f"{name} must be a float, not {type(value).__name__}")
    try:
        return float(value)
    except OverflowError:
        raise RefrainError(f"{name}: {value} is out of range", BAD_SETTING) from None

def encoded(name: str, value: Any, least: Optional[int] = None) -> Optional[bytes]:
    """A string as C takes it; None for None."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a str, not {type(value).__name__}")
    if "\0" in value:
        raise RefrainError(f"{name} contains a NUL", BAD_ARGUMENT)
    try:
        return value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise RefrainError(f"{name}: {error}", BAD_ARGUMENT) from None

def options(
    threshold: float = 0.8,
    recall: float = 0.99,
    ngram: int = 5,
    threads: Optional[int] = None,
    bands: Optional[int] = None,
    rows: Optional[int] = None,
    match: str = "near",
    exhaustive: bool = False,
    on_error: str = "fail",
    all_pairs: bool = False,
    memory: Optional[int] = None,
    keep: Optional[str] = None,
) -> Options:
    """Options as the library takes them; it checks their ranges."""
    result = Options()
    status = library().refrain_options_init(byref(result), sizeof(Options))
    if status != OK:
        raise RefrainError("the library does not know these options", status)
    result.threshold = number("threshold", threshold)
    result.recall = number("recall", recall)
    result.ngram = integer("ngram", ngram)
    result.threads = 0 if threads is None else integer("threads", threads, 1)
    result.bands = 0 if bands is None else integer("bands", bands, 1)
    result.rows = 0 if rows is None else integer("rows", rows, 1)
    if not isinstance(match, str) or match not in MATCHES:
        raise RefrainError(f"match: {match!r} is not near, words or identical", BAD_SETTING)
    result.match = MATCHES[match]
    result.exhaustive = bool(exhaustive)
    if on_error not in ("fail", "skip"):
        raise RefrainError(f"on_error: {on_error!r} is not fail or skip", BAD_SETTING)
    result.skip_bad_rows = on_error == "skip"
    result.all_pairs = bool(all_pairs)
    if memory is not None:
        result.memory = integer("memory", memory, 1, (1 << 62))
    result.keep = encoded("keep", keep)
    return result
