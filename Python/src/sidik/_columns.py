"""Columns of strings out of whatever holds them; Arrow memory is used as it is."""

from __future__ import annotations

import ctypes
import datetime
from collections.abc import Iterable, Sequence
from ctypes import POINTER, c_char_p, c_int64, c_void_p
from typing import Any, Protocol, Union

import numpy as np

from . import _library
from ._library import Array, ColumnStruct


class ArrowArrayLike(Protocol):
    """What has `__arrow_c_array__`."""

    def __arrow_c_array__(self, requested_schema: Any = None) -> tuple[Any, Any]: ...


class ArrowStreamLike(Protocol):
    """What has `__arrow_c_stream__`."""

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...


Texts = Union[Sequence[Union[str, bytes, None]], ArrowArrayLike, ArrowStreamLike, Any]
"""A list or tuple of str or None, a numpy array, a pandas or polars Series, a pyarrow Array or
ChunkedArray, or anything with `__arrow_c_array__` or `__arrow_c_stream__`."""


class _Schema(ctypes.Structure):
    _fields_ = [
        ("format", c_char_p),
        ("name", c_char_p),
        ("metadata", c_void_p),
        ("flags", c_int64),
        ("n_children", c_int64),
        ("children", c_void_p),
        ("dictionary", c_void_p),
        ("release", c_void_p),
        ("private_data", c_void_p),
    ]


class _Chunk(ctypes.Structure):
    _fields_ = [
        ("length", c_int64),
        ("null_count", c_int64),
        ("offset", c_int64),
        ("n_buffers", c_int64),
        ("n_children", c_int64),
        ("buffers", POINTER(c_void_p)),
        ("children", c_void_p),
        ("dictionary", c_void_p),
        ("release", c_void_p),
        ("private_data", c_void_p),
    ]


class _Stream(ctypes.Structure):
    _fields_ = [
        ("get_schema", c_void_p),
        ("get_next", c_void_p),
        ("get_last_error", c_void_p),
        ("release", c_void_p),
        ("private_data", c_void_p),
    ]


_capsule = ctypes.pythonapi.PyCapsule_GetPointer
_capsule.restype, _capsule.argtypes = c_void_p, [ctypes.py_object, c_char_p]
_released = ctypes.CFUNCTYPE(None, c_void_p)
_asked = ctypes.CFUNCTYPE(ctypes.c_int, c_void_p, c_void_p)
_said = ctypes.CFUNCTYPE(c_char_p, c_void_p)

_WIDTHS = {b"u": 32, b"z": 32, b"U": 64, b"Z": 64, b"vu": 128, b"vz": 128}


class _NotStrings(TypeError):
    """An Arrow array of another type than strings."""


class _Owned:
    """A chunk of a stream, released when nobody refers to it any more."""

    def __init__(self) -> None:
        self.chunk = _Chunk()

    def __del__(self) -> None:
        if self.chunk.release:
            _released(self.chunk.release)(ctypes.addressof(self.chunk))


class Column:
    """Strings as the library reads them."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._arrays: list[Array] = []
        self._keep: list[object] = []
        self._struct: ColumnStruct | None = None

    def __len__(self) -> int:
        return sum(array.length for array in self._arrays)

    @property
    def pointer(self) -> object:
        """The column for a call; valid while this object lives."""
        if self._struct is None:
            arrays = (Array * len(self._arrays))(*self._arrays)
            self._struct = ColumnStruct(arrays, len(self._arrays))
        return ctypes.pointer(self._struct)

    def add_strings(self, strings: Sequence[object]) -> None:
        """Adds strings that are copied."""
        parts = [self._encoded(value, row) for row, value in enumerate(strings)]
        lengths = np.fromiter((len(part or b"") for part in parts), np.int64, len(parts))
        offsets = np.zeros(len(parts) + 1, np.int64)
        np.cumsum(lengths, out=offsets[1:])
        data = b"".join(part for part in parts if part)
        array = Array(length=len(parts), offsets=offsets.ctypes.data, offset_bits=64)
        array.data = ctypes.cast(c_char_p(data), c_void_p).value
        array.data_length = len(data)
        if any(part is None for part in parts):
            present = np.fromiter((part is not None for part in parts), np.bool_, len(parts))
            validity = np.packbits(present, bitorder="little")
            array.validity = validity.ctypes.data
            self._keep.append(validity)
        self._keep += [offsets, data]
        self._arrays.append(array)

    def _encoded(self, value: object, row: int) -> bytes | None:
        if isinstance(value, str):
            try:
                return value.encode()
            except UnicodeEncodeError:
                # Lone surrogates are bytes that UTF-8 has not; they are taken as broken text.
                return value.encode("utf-8", "surrogatepass")
        if isinstance(value, bytes):
            return value
        if _is_missing(value):
            return None
        raise TypeError(
            f"{self.name}[{row}] is {_type_name(value)}, not str, bytes or None"
        )

    def add_arrow(self, schema_capsule: object, array_capsule: object) -> None:
        """Adds an Arrow array as it is."""
        schema = _Schema.from_address(_capsule(schema_capsule, b"arrow_schema"))
        chunk = _Chunk.from_address(_capsule(array_capsule, b"arrow_array"))
        self._keep += [schema_capsule, array_capsule]
        self._add_chunk(schema, chunk)

    def add_stream(self, stream_capsule: object) -> None:
        """Adds all chunks of an Arrow stream as they are."""
        stream = _Stream.from_address(_capsule(stream_capsule, b"arrow_array_stream"))
        self._keep.append(stream_capsule)
        place = ctypes.addressof(stream)
        schema = _Schema()
        self._ask(stream, _asked(stream.get_schema)(place, ctypes.addressof(schema)))
        try:
            while True:
                owned = _Owned()
                self._ask(
                    stream, _asked(stream.get_next)(place, ctypes.addressof(owned.chunk))
                )
                if not owned.chunk.release:
                    break
                self._keep.append(owned)
                self._add_chunk(schema, owned.chunk)
        finally:
            if schema.release:
                _released(schema.release)(ctypes.addressof(schema))

    def _ask(self, stream: _Stream, code: int) -> None:
        if code != 0:
            said = _said(stream.get_last_error)(ctypes.addressof(stream))
            raise TypeError(f"{self.name}: {(said or b'the Arrow stream failed').decode()}")

    def _add_chunk(self, schema: _Schema, chunk: _Chunk) -> None:
        kind: bytes = schema.format
        array = Array(length=chunk.length, offset=chunk.offset, offset_bits=64)
        if kind == b"n" and not schema.dictionary:
            self.add_strings([None] * chunk.length)
            return
        width = _WIDTHS.get(kind)
        if width is None or schema.dictionary:
            raise _NotStrings(f"{self.name} has the Arrow type {kind.decode()!r}")
        array.offset_bits = width
        array.validity = chunk.buffers[0]
        array.offsets = chunk.buffers[1]
        if width == 128:
            count = chunk.n_buffers - 3
            array.buffer_count = count
            array.buffers = ctypes.addressof(chunk.buffers.contents) + 16 if count else None
            array.buffer_lengths = chunk.buffers[chunk.n_buffers - 1] if count else None
        elif chunk.length > 0:
            array.data = chunk.buffers[2]
            end = chunk.offset + chunk.length
            number = ctypes.c_int32 if width == 32 else c_int64
            place = chunk.buffers[1] + end * ctypes.sizeof(number)
            array.data_length = number.from_address(place).value
            if array.data_length == 0:
                array.data = None
        self._arrays.append(array)


def _is_missing(value: object) -> bool:
    if value is None or (isinstance(value, float) and value != value):
        return True
    # pandas.NA, pandas.NaT, numpy.datetime64("NaT") and their like.
    return type(value).__name__ in ("NAType", "NaTType") or (
        isinstance(value, np.datetime64) and bool(np.isnat(value))
    )


def _type_name(value: object) -> str:
    kind = type(value)
    return kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"


def _sequence(values: object, name: str) -> Sequence[object]:
    """The values one by one."""
    if isinstance(values, (str, bytes, bytearray, dict, set, frozenset)):
        raise TypeError(f"{name} is {_type_name(values)}; a list or column of strings is wanted")
    if isinstance(values, (list, tuple)):
        return values
    for method in ("to_pylist", "to_list", "tolist"):
        if hasattr(values, method):
            listed = getattr(values, method)()
            if isinstance(listed, list):
                if getattr(values, "ndim", 1) != 1:
                    raise TypeError(f"{name} has {getattr(values, 'ndim', 0)} dimensions, not 1")
                return listed
    if hasattr(values, "columns"):
        raise TypeError(f"{name} is {_type_name(values)}; name one of its columns")
    if isinstance(values, Iterable):
        return list(values)
    raise TypeError(f"{name} is {_type_name(values)}; a list or column of strings is wanted")


def _arrow_of(values: object) -> object:
    """What to read Arrow memory from; nothing where values have to be copied anyway."""
    if type(values).__module__.partition(".")[0] == "pandas":
        # Strings of pandas are in Arrow memory where their type says so; objects are not.
        inner = getattr(getattr(values, "array", values), "_pa_array", None)
        return inner if hasattr(values, "dtype") else None
    return values


def column(values: Texts, name: str) -> Column:
    """Strings as the library reads them; Arrow memory is not copied."""
    made = Column(name)
    arrow = _arrow_of(values)
    if hasattr(arrow, "columns") and hasattr(arrow, "shape"):
        raise TypeError(f"{name} is {_type_name(values)}; name one of its columns")
    try:
        if hasattr(arrow, "__arrow_c_array__"):
            made.add_arrow(*arrow.__arrow_c_array__())
            return made
        if hasattr(arrow, "__arrow_c_stream__"):
            made.add_stream(arrow.__arrow_c_stream__())
            return made
    except _NotStrings:
        # Such as dictionaries of strings, which are taken one by one.
        made = Column(name)
    made.add_strings(_sequence(values, name))
    return made


def field(values: object, name: str, count: int) -> Column | None:
    """Ids and their like: strings, or values that have a text."""
    if values is None:
        return None
    try:
        made = column(values, name)
    except TypeError:
        made = Column(name)
        made.add_strings([_text(value) for value in _sequence(values, name)])
    if len(made) != count:
        raise ValueError(f"{name} has {len(made)} values, there are {count} texts")
    return made


def _text(value: object) -> object:
    if isinstance(value, (str, bytes)) or _is_missing(value):
        return value
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.isoformat()
    if isinstance(value, (bool, list, dict, set, tuple)):
        return value  # refused by the column
    return str(value)


class FieldColumns:
    """The columns beside the texts."""

    def __init__(
        self, count: int, ids: object, sources: object, authors: object, times: object
    ) -> None:
        given = {"ids": ids, "sources": sources, "authors": authors, "times": times}
        self._columns = {
            name: made
            for name, values in given.items()
            if (made := field(values, name, count)) is not None
        }
        self._struct = _library.Fields(
            **{name: made.pointer for name, made in self._columns.items()}
        )

    @property
    def pointer(self) -> object:
        """The fields for a call; valid while this object lives."""
        return ctypes.byref(self._struct)
