"""Marks the wheel as one of a platform: it carries a shared library, but nothing of Python's own."""

from __future__ import annotations

import os

from setuptools import Distribution, setup
from setuptools.command.bdist_wheel import bdist_wheel


class PlatformWheel(bdist_wheel):
    """A wheel for any Python 3 on one platform."""

    def finalize_options(self) -> None:
        super().finalize_options()
        self.root_is_pure = False

    def get_tag(self) -> tuple[str, str, str]:
        return "py3", "none", os.environ.get("SIDIK_PLATFORM", "linux_x86_64")


class LibraryDistribution(Distribution):
    """A distribution with files that depend on the platform."""

    def has_ext_modules(self) -> bool:
        return True


setup(cmdclass={"bdist_wheel": PlatformWheel}, distclass=LibraryDistribution)
