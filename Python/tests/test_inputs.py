"""Every kind of column gives the same sketches; wrong ones are refused with a reason."""

from __future__ import annotations

import gc
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import sidik

TEXTS = ["Harga beras naik lagi di pasar", None, "", "berita bohong " * 20, "新闻 🦊 é", "a\x00b"]


def forms() -> dict[str, Any]:
    array = pa.array(TEXTS)
    return {
        "tuple": tuple(TEXTS),
        "bytes": [text if text is None else text.encode() for text in TEXTS],
        "generator": (text for text in TEXTS),
        "numpy": np.array(TEXTS, dtype=object),
        "pandas": pd.Series(TEXTS),
        "pandas objects": pd.Series(TEXTS, dtype=object),
        "pandas arrow": pd.Series(TEXTS, dtype=pd.ArrowDtype(pa.large_string())),
        "pandas python": pd.Series(TEXTS, dtype=pd.StringDtype("python")),
        "pandas categories": pd.Series(TEXTS, dtype="category"),
        "pandas index": pd.Series(TEXTS, index=[5, 3, 1, 0, 9, 9]),
        "polars": pl.Series(TEXTS),
        "polars frame": pl.DataFrame({"text": TEXTS})["text"],
        "polars chunks": pl.Series(TEXTS[:2]).append(pl.Series(TEXTS[2:])),
        "polars slice": pl.Series(["x", *TEXTS, "y"]).slice(1, len(TEXTS)),
        "polars categories": pl.Series(TEXTS).cast(pl.Categorical),
        "arrow": array,
        "arrow large": array.cast(pa.large_string()),
        "arrow view": array.cast(pa.string_view()),
        "arrow binary": array.cast(pa.binary()),
        "arrow slice": pa.array(["x", *TEXTS, "y"]).slice(1, len(TEXTS)),
        "arrow view slice": pa.array(["x" * 40, *TEXTS], pa.string_view()).slice(1),
        "arrow chunks": pa.chunked_array([TEXTS[:1], TEXTS[1:1], TEXTS[1:]], pa.string()),
        "arrow dictionary": array.dictionary_encode(),
        "arrow column": pa.table({"text": TEXTS})["text"],
    }


@pytest.mark.parametrize("name", forms())
def test_equal_sketches(name: str) -> None:
    expected, found = sidik.sketch(TEXTS), sidik.sketch(forms()[name])
    assert found.characters.tolist()[1:3] == [-1, 0]
    for field in ("signatures", "band_keys", "simhashes", "digests", "characters"):
        assert (getattr(expected, field) == getattr(found, field)).all(), field


def test_arrow_memory_is_not_copied() -> None:
    from sidik._columns import column

    array = pa.array(TEXTS, pa.large_string())
    made = column(array, "texts")
    assert made._arrays[0].data == array.buffers()[2].address
    views = pa.array(TEXTS, pa.string_view())
    assert column(views, "texts")._arrays[0].offsets == views.buffers()[1].address
    series = pd.Series(TEXTS, dtype=pd.ArrowDtype(pa.string()))
    assert column(series, "texts")._arrays[0].offset_bits == 32
    assert column(pl.Series(TEXTS), "texts")._arrays[0].offset_bits == 128


def test_memory_lives_as_long_as_it_is_read() -> None:
    for _ in range(20):
        made = sidik.sketch(pl.Series(["berita bohong " * 50] * 2000))
        gc.collect()
        assert len(set(made.simhashes.tolist())) == 1


@pytest.mark.parametrize(
    ("texts", "reason"),
    [
        ("one text", "texts is str"),
        (b"one text", "texts is bytes"),
        (5, "texts is int"),
        (None, "texts is NoneType"),
        ({"a": "b"}, "texts is dict"),
        ([1], r"texts\[0\] is int"),
        (["a", 2.5], r"texts\[1\] is float"),
        ([["a"]], r"texts\[0\] is list"),
        (np.zeros((2, 2)), "2 dimensions"),
        (np.array([1, 2]), r"texts\[0\] is int"),
        (pa.array([1, 2]), r"texts\[0\] is int"),
        (pa.table({"a": ["b"]}), "name one of its columns"),
        (pd.DataFrame({"a": ["b"]}), "name one of its columns"),
        (pl.DataFrame({"a": ["b"]}), "name one of its columns"),
        (pd.Series([1, 2]), r"texts\[0\] is int"),
        (pl.Series([1, 2]), r"texts\[0\] is int"),
    ],
)
def test_wrong_types_are_refused(texts: Any, reason: str) -> None:
    for function in (sidik.cluster, sidik.dedup, sidik.sketch):
        with pytest.raises(TypeError, match=reason):
            function(texts)


def test_nothing_and_nulls() -> None:
    for nothing in ([], pa.array([], pa.string()), pl.Series([], dtype=pl.String), pd.Series([])):
        assert len(sidik.cluster(nothing)) == 0
        assert len(sidik.sketch(nothing)) == 0
        assert sidik.dedup(nothing).rows.tolist() == []
    for nulls in ([None, None], pa.nulls(2), pl.Series([None, None]), [float("nan"), pd.NA]):
        clusters = sidik.cluster(nulls)
        assert clusters.family.tolist() == [-1, -1]
        assert clusters.representative.tolist() == [0, 1]
        assert clusters.level.tolist() == ["", ""]


def test_broken_text() -> None:
    broken = ["\ud800 naik harga beras", "\udfff naik harga beras", "naik harga beras"]
    assert sidik.cluster(broken).family.tolist() == [0, 0, 0]
    assert sidik.compare(broken[0], broken[1]).level == "exact"
    assert sidik.compare(b"\xff\xfe", b"\x80").level is None
    assert not sidik.MinHash("\ud800 naik harga beras").is_empty


def test_fields() -> None:
    texts = ["Harga beras naik lagi di pasar induk hari ini"] * 3
    import datetime

    days = [datetime.date(2026, 1, day) for day in (3, 1, 2)]
    for times in (days, pd.Series(days), [str(day) for day in days], pl.Series(days)):
        assert sidik.cluster(texts, [30, 10, 20], times=times).representative.tolist() == [1] * 3
    assert sidik.cluster(texts, [30, 10, 20])[0].members == [1, 2, 0]
    assert sidik.cluster(texts, pa.array([30, 10, 20]))[0].members == [1, 2, 0]
    assert sidik.cluster(texts, np.array([30, 10, 20]))[0].members == [1, 2, 0]
    with pytest.raises(ValueError, match="ids has 2 values, there are 3 texts"):
        sidik.cluster(texts, ["a", "b"])
    with pytest.raises(TypeError, match=r"sources\[0\] is list"):
        sidik.cluster(texts, sources=[["a"], ["b"], ["c"]])
    best = sidik.dedup(texts, keep="best", scores=[1, 7.5, None])
    assert best.rows.tolist() == [1] and best.keeper.tolist() == [1, 1, 1]
    with pytest.raises(ValueError, match="scores"):
        sidik.dedup(texts, keep="best")
    with pytest.raises(ValueError, match="scores"):
        sidik.dedup(texts, scores=[1, 2, 3])
