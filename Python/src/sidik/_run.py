"""Options, and runs that can be interrupted and watched."""

from __future__ import annotations

import ctypes
import os
import threading
from collections.abc import Callable
from ctypes import c_char_p, c_int32, c_int64
from typing import Any, Union

import numpy as np
from numpy.typing import NDArray

from ._columns import Column, FieldColumns
from ._library import STAGES, Handle, call, library

Progress = Union[bool, Callable[[str, int, Union[int, None]], None]]
"""True shows a bar by tqdm where that is installed; a function is called with stage, done, total."""


class Options:
    """Options by the names of the command line; None leaves the default."""

    def __init__(self, **values: object) -> None:
        self.values = {name: value for name, value in values.items() if value is not None}
        self._handle = Handle("options")
        call("sidik_options_create", self._handle.place())
        for name, value in self.values.items():
            call("sidik_options_set", self.pointer, name.replace("_", "-").encode(), _text(value))

    @property
    def pointer(self) -> object:
        """The options for a call."""
        return self._handle.pointer

    @property
    def parameters(self) -> str:
        """Everything that changes an answer of `cluster` and `dedup`, in one line."""
        length = c_int64()
        call("sidik_options_parameters", self.pointer, None, 0, ctypes.byref(length))
        text = ctypes.create_string_buffer(length.value + 1)
        call("sidik_options_parameters", self.pointer, text, length.value + 1, None)
        return text.value.decode()


def _text(value: object) -> bytes:
    if isinstance(value, bool):
        return b"true" if value else b"false"
    if isinstance(value, (str, os.PathLike)):
        return os.fsencode(value)
    if isinstance(value, (int, float, np.integer, np.floating)):
        return str(value).encode()
    raise TypeError(f"an option is {type(value).__name__}, not str, bool or a number")


def run(work: Callable[[object], None], progress: Progress) -> None:
    """Calls `work` with a control, on a thread of its own, so that Ctrl-C ends it."""
    control = Handle("control")
    call("sidik_control_create", control.place())
    failure: list[BaseException] = []
    done = threading.Event()

    def body() -> None:
        try:
            work(control.pointer)
        except BaseException as error:  # given to the caller
            failure.append(error)
        finally:
            done.set()

    thread = threading.Thread(target=body, name="sidik", daemon=True)
    thread.start()
    watch = _Watch(progress)
    try:
        while not done.wait(0.1 if watch.is_wanted else 0.5):
            watch.show(control.pointer)
    except BaseException:
        library.sidik_control_cancel(control.pointer)
        done.wait()
        raise
    finally:
        thread.join()
        watch.close()
    if failure:
        raise failure[0]


def batch(
    name: str,
    options: Options,
    rows: Column,
    fields: FieldColumns,
    progress: Progress,
    made: str,
) -> Handle:
    """Runs a function over columns of documents; gives what it made."""
    handle = Handle(made)
    run(
        lambda control: call(
            name, options.pointer, rows.pointer, fields.pointer, control, handle.place()
        ),
        progress,
    )
    return handle


class _Watch:
    """Shows how far a run is."""

    def __init__(self, progress: Progress) -> None:
        self._call = progress if callable(progress) else None
        self._bar: Any = None
        self.is_wanted = self._call is not None
        if progress is True:
            try:
                from tqdm.auto import tqdm
            except ImportError:
                return
            self._bar = tqdm(unit=" documents", leave=False)
            self.is_wanted = True

    def show(self, control: object) -> None:
        """Shows the moment."""
        if not self.is_wanted:
            return
        stage, done, total = c_int32(), c_int64(), c_int64()
        library.sidik_control_progress(
            control, ctypes.byref(stage), ctypes.byref(done), ctypes.byref(total)
        )
        if stage.value < 0:
            return
        name = STAGES[stage.value]
        if self._call is not None:
            self._call(name, done.value, total.value if total.value >= 0 else None)
        elif self._bar is not None:
            self._bar.set_description(name)
            self._bar.total = total.value if total.value >= 0 else None
            self._bar.n = done.value
            self._bar.refresh()

    def close(self) -> None:
        """Takes the bar away."""
        if self._bar is not None:
            self._bar.close()


def memory(array: NDArray[Any]) -> int:
    """Where an array's numbers stand."""
    return int(array.ctypes.data)


def addresses(*arrays: NDArray[Any]) -> list[int]:
    """Where the numbers of several arrays stand."""
    return [memory(array) for array in arrays]


def path_bytes(path: str | os.PathLike[str]) -> object:
    """A path for a call."""
    return c_char_p(os.fsencode(path))
