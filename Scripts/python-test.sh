#!/usr/bin/env bash
# Tests the Python package as users get it: the wheel, installed by pip in an environment of its own.
#
#   Scripts/python-test.sh                  types, answers against the program, the guide's outputs
#   Scripts/python-test.sh --bench FILE     the package beside the release build of the program on FILE
#
# pandas, polars, pyarrow, mypy, pytest and the program duckdb come from PyPI.
set -euo pipefail
cd "$(dirname "$0")/.."
environment=out/python/venv
[ "${1:-}" = --bench ] && [ ! -f "${2:-}" ] && { echo "FILE names a JSON Lines file" >&2; exit 2; }

Scripts/wheel.sh
rm -rf "$environment"
python3 -m venv "$environment"
"$environment/bin/python" -m pip install --quiet --disable-pip-version-check \
  dist/sidik-*.whl numpy pandas polars pyarrow tqdm mypy pytest duckdb-cli

if [ "${1:-}" = --bench ]; then
  shift
  SIDIK_CLI=.build/release/sidik "$environment/bin/python" Benchmarks/python.py "$@"
  exit
fi

"${SWIFT:-swift}" build --quiet --product sidik
# From a folder of their own, so that the installed package is what is tested.
cp -r Python/tests Python/pyproject.toml out/python/
echo "python: types" >&2
"$environment/bin/python" -m mypy --strict --config-file Python/pyproject.toml -p sidik \
  --python-executable "$environment/bin/python" --no-incremental
echo "python: tests" >&2
cd out/python
PATH=$PWD/venv/bin:$PATH SIDIK_CLI=$PWD/../../.build/debug/sidik SIDIK_ROOT=$PWD/../.. venv/bin/python -m pytest
