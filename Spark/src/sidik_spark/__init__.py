"""Families of near-duplicate texts in a Spark DataFrame, by the engine of the package `sidik`."""

from ._cluster import cluster

__all__ = ["cluster"]
