"""Texts into the library and tables out of it, by the Arrow C data interface."""

from __future__ import annotations

import ctypes
import itertools
from array import array
from ctypes import byref, c_char_p, c_int64, c_uint64, c_void_p
from typing import Any, Dict, Optional, Sequence, Tuple

from . import _library
from ._library import ArrowArray, ArrowSchema, Handle, RefrainError, call

_PyCapsule_GetPointer = ctypes.pythonapi.PyCapsule_GetPointer
_PyCapsule_GetPointer.restype = c_void_p
_PyCapsule_GetPointer.argtypes = [ctypes.py_object, c_char_p]
_PyMemoryView_FromMemory = ctypes.pythonapi.PyMemoryView_FromMemory
_PyMemoryView_FromMemory.restype = ctypes.py_object
_PyMemoryView_FromMemory.argtypes = [c_void_p, ctypes.c_ssize_t, ctypes.c_int]
_READ_ONLY = 0x100

#: Arrow format to array type code.
_CODES = {b"L": "Q", b"I": "I", b"C": "B", b"g": "d"}


class Texts:
    """Texts that the library holds: a handle, how many there are, and roughly how many bytes."""

    def __init__(self, handle: Handle, size: int) -> None:
        self.handle = handle
        count = c_int64()
        call("refrain_texts_count", handle.value, byref(count))
        self.count = count.value
        # Many rows of a small dictionary take their time, too.
        self.size = max(size, 64 * self.count)


def from_stream(source: Any, column: Optional[str], policy: Optional[str], size: int) -> Texts:
    """Imports what has ``__arrow_c_stream__``; nothing is copied."""
    capsule = source.__arrow_c_stream__()
    pointer = _PyCapsule_GetPointer(capsule, b"arrow_array_stream")
    handle = c_uint64()
    call(
        "refrain_texts_from_stream",
        pointer,
        _library.encoded("text", column),
        _library.encoded("keep", policy),
        byref(handle),
    )
    return Texts(Handle(handle.value), size)


def _utf8(texts: Sequence[Any]) -> Tuple[bytes, array]:
    """All texts as UTF-8, one behind the other, and where each begins, and the end."""
    try:
        joined = "".join(texts)
        if joined.isascii():
            return joined.encode(), array("q", itertools.accumulate(map(len, texts), initial=0))
        parts = [text.encode() for text in texts]
    except (TypeError, UnicodeEncodeError):
        parts = []
        for row, text in enumerate(texts):
            if not isinstance(text, str):
                kind = type(text).__name__
                raise TypeError(f"row {row}: the text is a {kind}, not a str") from None
            try:
                parts.append(text.encode())
            except UnicodeEncodeError as error:
                raise RefrainError(
                    f"row {row}: the text is not Unicode: {error.reason}", _library.BAD_TEXT, row
                ) from None
    return b"".join(parts), array("q", itertools.accumulate(map(len, parts), initial=0))


def from_list(texts: Sequence[Optional[str]]) -> Texts:
    """Imports strings; the library copies the UTF-8 that is made of them. None is a null."""
    validity: Optional[bytearray] = None
    if None in texts:
        validity = bytearray((len(texts) + 7) // 8)
        for row, text in enumerate(texts):
            if text is not None:
                validity[row >> 3] |= 1 << (row & 7)
        texts = ["" if text is None else text for text in texts]
    data, offsets = _utf8(texts)
    bits = None if validity is None else bytes(validity)
    handle = c_uint64()
    start = c_void_p(offsets.buffer_info()[0])
    call("refrain_texts_from_utf8", data, start, bits, len(texts), byref(handle))
    return Texts(Handle(handle.value), len(data))


class Table:
    """Where the library writes a table, whose columns are copied out of it."""

    def __init__(self) -> None:
        self._schema = ArrowSchema()
        self._array = ArrowArray()

    @property
    def target(self) -> Tuple[Any, Any]:
        """The arguments of a function that writes it."""
        return byref(self._schema), byref(self._array)

    def columns(self) -> Dict[str, array]:
        """The columns by name; the table is gone afterwards."""
        result: Dict[str, array] = {}
        try:
            rows = self._array.length
            for index in range(self._schema.n_children):
                schema = self._schema.children[index].contents
                values = array(_CODES[schema.format])
                address = self._array.children[index].contents.buffers[1]
                if rows:
                    size = rows * values.itemsize
                    values.frombytes(_PyMemoryView_FromMemory(address, size, _READ_ONLY))
                result[schema.name.decode()] = values
        finally:
            self.release()
        return result

    def batch(self) -> Any:
        """The table as a pyarrow record batch, which takes it over without a copy."""
        import pyarrow

        addresses = (ctypes.addressof(self._array), ctypes.addressof(self._schema))
        return pyarrow.RecordBatch._import_from_c(*addresses)

    def release(self) -> None:
        for struct, kind in (
            (self._array, _library.RELEASE_ARRAY),
            (self._schema, _library.RELEASE_SCHEMA),
        ):
            if struct.release:
                kind(struct.release)(byref(struct))
