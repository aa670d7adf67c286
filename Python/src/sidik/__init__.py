"""Near-duplicate text: families of copies, deduplication, fingerprints.

Sketches only propose; what is called a copy was compared on its real text.
"""

from __future__ import annotations

from ._cluster import Clusters, Edges, Family, cluster
from ._compare import Comparison, Pairs, compare, compare_pairs
from ._dedup import Deduplication, dedup
from ._index import Index, Match, Matches
from ._library import (
    BusyError,
    Cancelled,
    DataError,
    FileError,
    ForkError,
    IncompatibleError,
    NoSpaceError,
    OptionError,
    SidikError,
    version,
)
from ._parquet import cluster_parquet, dedup_parquet
from ._sketch import BandKeys, MinHash, SimHash, Sketches, band_keys, sketch

__version__ = version()

__all__ = [
    "BandKeys",
    "BusyError",
    "Cancelled",
    "Clusters",
    "Comparison",
    "DataError",
    "Deduplication",
    "Edges",
    "Family",
    "FileError",
    "ForkError",
    "IncompatibleError",
    "Index",
    "Match",
    "Matches",
    "MinHash",
    "NoSpaceError",
    "OptionError",
    "Pairs",
    "SidikError",
    "SimHash",
    "Sketches",
    "band_keys",
    "cluster",
    "cluster_parquet",
    "compare",
    "compare_pairs",
    "dedup",
    "dedup_parquet",
    "sketch",
]
