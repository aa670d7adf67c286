"""The C interface (include/sidik.h) as ctypes has it: loading, types, errors."""

from __future__ import annotations

import ctypes
import os
from ctypes import POINTER, c_char_p, c_double, c_int32, c_int64, c_void_p
from pathlib import Path
from typing import Any

ABI = 1
SLOTS = 128
LEVELS = ("exact", "copy", "variant", "excerpt", "template", "related")
ORIGINS = ("equal", "leader", "sketch", "sample")
STAGES = ("sketch", "candidates", "verify", "cluster")


class SidikError(Exception):
    """Something that Sidik could not do; its subclasses say of what kind."""


class OptionError(SidikError, ValueError):
    """An option that there is not, or a value that it does not take."""


class DataError(SidikError, ValueError):
    """Input that is not what it claims to be."""


class FileError(SidikError, OSError):
    """A file or folder that cannot be opened, read or written."""


class NoSpaceError(SidikError, OSError):
    """No room left on disk."""


class IncompatibleError(SidikError, ValueError):
    """Things made with different parameters, or a damaged index."""


class BusyError(SidikError):
    """An index that another process is writing."""


class Cancelled(SidikError):
    """A run that was ended on purpose."""


class ForkError(SidikError, RuntimeError):
    """Threads in a process that was forked after its parent had used them."""


_ERRORS: dict[int, type[SidikError]] = {
    1: OptionError,
    2: DataError,
    3: FileError,
    4: NoSpaceError,
    5: IncompatibleError,
    6: BusyError,
    7: Cancelled,
    8: DataError,
    9: ForkError,
}


class Array(ctypes.Structure):
    """sidik_array: strings as Arrow has them."""

    _fields_ = [
        ("length", c_int64),
        ("offset", c_int64),
        ("offsets", c_void_p),
        ("offset_bits", c_int32),
        ("reserved", c_int32),
        ("data", c_void_p),
        ("data_length", c_int64),
        ("validity", c_void_p),
        ("buffers", c_void_p),
        ("buffer_lengths", c_void_p),
        ("buffer_count", c_int64),
    ]


class ColumnStruct(ctypes.Structure):
    """sidik_column."""

    _fields_ = [("arrays", POINTER(Array)), ("count", c_int64)]


class Fields(ctypes.Structure):
    """sidik_fields."""

    _fields_ = [
        ("ids", POINTER(ColumnStruct)),
        ("sources", POINTER(ColumnStruct)),
        ("authors", POINTER(ColumnStruct)),
        ("times", POINTER(ColumnStruct)),
    ]


class ComparisonStruct(ctypes.Structure):
    """sidik_comparison."""

    _fields_ = [
        ("level", c_int32),
        ("simhash_distance", c_int32),
        ("jaccard", c_double),
        ("containment_of_first", c_double),
        ("containment_of_second", c_double),
        ("coverage", c_double),
        ("estimated_jaccard", c_double),
        ("repeats_of_first", c_double),
        ("repeats_of_second", c_double),
    ]


class Edges(ctypes.Structure):
    """sidik_edges."""

    _fields_ = [("count", c_int64)] + [
        (name, c_void_p)
        for name in (
            "first",
            "second",
            "jaccard",
            "containment_of_first",
            "containment_of_second",
            "coverage",
            "levels",
            "strengths",
            "weights",
            "origins",
        )
    ]


class Documents(ctypes.Structure):
    """sidik_documents."""

    _fields_ = [
        ("count", c_int64),
        ("fields", POINTER(Fields)),
        ("characters", c_void_p),
        ("digests", c_void_p),
        ("crowded", c_void_p),
        ("repeats", c_void_p),
    ]


_handle = c_void_p
_out = POINTER(c_void_p)
_columns = POINTER(ColumnStruct)
_numbers = POINTER(c_int64)

# Arguments of every function; those that give a code are checked by `call`.
_CODES: dict[str, list[Any]] = {
    "sidik_options_create": [_out],
    "sidik_options_set": [_handle, c_char_p, c_char_p],
    "sidik_options_parameters": [_handle, c_char_p, c_int64, _numbers],
    "sidik_control_create": [_out],
    "sidik_sketch_shape": [_handle, POINTER(c_int32), POINTER(c_int32), POINTER(c_int32)],
    "sidik_sketch": [_handle, _columns, c_int64, c_int64] + [c_void_p] * 5,
    "sidik_estimate": [c_void_p, c_void_p, c_int64, c_void_p],
    "sidik_compare": [_handle, c_char_p, c_int64, c_char_p, c_int64, POINTER(ComparisonStruct)],
    "sidik_compare_pairs": [_handle, _columns, c_void_p, c_void_p, c_int64, c_int32]
    + [c_void_p] * 7,
    "sidik_cluster": [_handle, _columns, POINTER(Fields), _handle, _out],
    "sidik_group": [_handle, POINTER(Documents), POINTER(Edges), _handle, _out],
    "sidik_clusters_counts": [_handle] + [_numbers] * 4,
    "sidik_clusters_copy_documents": [_handle, c_int64] + [c_void_p] * 6,
    "sidik_clusters_copy_families": [_handle, c_int64] + [c_void_p] * 7,
    "sidik_clusters_copy_members": [_handle, c_int64, c_void_p],
    "sidik_clusters_copy_edges": [_handle, c_int64] + [c_void_p] * 10,
    "sidik_clusters_write": [_handle, c_int32, c_char_p, c_int32],
    "sidik_dedup": [_handle, _columns, POINTER(Fields), _handle, _out],
    "sidik_decisions_count": [_handle, _numbers],
    "sidik_decisions_copy": [_handle, c_int64] + [c_void_p] * 6,
    "sidik_index_open": [c_char_p, _handle, _out],
    "sidik_index_counts": [_handle, _numbers, POINTER(c_int32)],
    "sidik_index_query": [_handle, _handle, _columns, c_int32, c_int64, _handle, _out],
    "sidik_matches_counts": [_handle] + [_numbers] * 3,
    "sidik_matches_copy": [_handle, c_int64] + [c_void_p] * 8,
    "sidik_matches_copy_ids": [_handle, c_int64, c_void_p, c_void_p],
    "sidik_matches_copy_sources": [_handle, c_int64, c_void_p, c_void_p],
}
_OTHERS: dict[str, tuple[Any, list[Any]]] = {
    "sidik_version": (c_char_p, []),
    "sidik_abi": (c_int32, []),
    "sidik_last_error": (c_char_p, []),
    "sidik_code_name": (c_char_p, [c_int32]),
    "sidik_level_name": (c_char_p, [c_int32]),
    "sidik_control_cancel": (None, [_handle]),
    "sidik_control_progress": (None, [_handle, POINTER(c_int32), _numbers, _numbers]),
}
for _name in ("options", "control", "clusters", "decisions", "index", "matches"):
    _OTHERS[f"sidik_{_name}_free"] = (None, [_handle])

def _load() -> ctypes.CDLL:
    path = os.environ.get("SIDIK_LIBRARY") or str(Path(__file__).with_name("libsidik_c.so"))
    try:
        library = ctypes.CDLL(path)
    except OSError as error:
        raise ImportError(f"sidik cannot load its library: {error}") from error
    for name, arguments in _CODES.items():
        function = getattr(library, name)
        function.restype, function.argtypes = c_int32, arguments
    for name, (result, arguments) in _OTHERS.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    if library.sidik_abi() != ABI:
        raise ImportError(f"{path} has interface {library.sidik_abi()}, sidik needs {ABI}")
    return library


library = _load()


def call(name: str, *arguments: object) -> None:
    """Calls a function that gives a code, and raises what it stands for."""
    code: int = getattr(library, name)(*arguments)
    if code != 0:
        message: bytes = library.sidik_last_error()
        raise _ERRORS.get(code, SidikError)(message.decode("utf-8", "replace"))


def version() -> str:
    """The version of the library."""
    text: bytes = library.sidik_version()
    return text.decode()


class Handle:
    """An object of the library; given back when nobody refers to it any more."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self.pointer = c_void_p()

    def place(self) -> object:
        """Where the library stores the object."""
        return ctypes.byref(self.pointer)

    def close(self) -> None:
        """Gives the object back."""
        if self.pointer:
            getattr(library, f"sidik_{self._kind}_free")(self.pointer)
            self.pointer = c_void_p()

    def __del__(self) -> None:
        # The interpreter may be ending, with the module half gone.
        if getattr(self, "pointer", None) and library is not None:
            self.close()
