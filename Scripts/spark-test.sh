#!/usr/bin/env bash
# Tests the Spark package as users get it: two wheels, installed by pip in an environment of their own.
#
#   Scripts/spark-test.sh                        families against those of one local run
#   Scripts/spark-test.sh --bench [FILE | N]     CPU seconds beside the local run, on a Parquet or JSON Lines
#                                                file or on N generated texts (100,000)
#
# pyspark, pyarrow, pandas, mypy and pytest come from PyPI; Java 17 or later has to be there. SHARED=DIR is
# the folder with corpora/, ../shared if left out; what is not there is skipped with a message.
set -euo pipefail
cd "$(dirname "$0")/.."
environment=out/spark/venv
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
version=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -1) || true
if [ "${version:-0}" -lt 17 ]; then
  echo "spark: Java 17 or later is missing (Debian: apt-get install openjdk-17-jre-headless)" >&2
  exit 1
fi

Scripts/wheel.sh
cp Python/VERSION Spark/VERSION
cp LICENSE Spark/LICENSE
rm -rf Spark/build dist/sidik_spark-*.whl
python3 -m pip wheel --quiet --no-deps --wheel-dir dist ./Spark
[ -x "$environment/bin/python" ] || python3 -m venv "$environment"
# Spark 4.3 wants pandas for Arrow, and not yet its version 3; [connect] brings what Connect needs.
"$environment/bin/python" -m pip install --quiet --disable-pip-version-check \
  "pyspark[connect]>=4,<5" "pandas>=2.2,<3" pyarrow numpy zstandard mypy pytest
"$environment/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps \
  --force-reinstall dist/sidik-*.whl dist/sidik_spark-*.whl

# Workers take this Python, not the system's.
export PYSPARK_PYTHON=$PWD/$environment/bin/python SPARK_LOCAL_IP=127.0.0.1
if [ "${1:-}" = --bench ]; then
  shift
  exec "$PYSPARK_PYTHON" Benchmarks/spark.py "$@"
fi

shared=$(realpath -m "${SHARED:-../shared}")
# From a folder of their own, so that the installed package is what is tested.
rm -rf out/spark/tests
cp -r Spark/tests Spark/pyproject.toml out/spark/
echo "spark: types" >&2
"$PYSPARK_PYTHON" -m mypy --strict --config-file Spark/pyproject.toml -p sidik_spark --no-incremental
echo "spark: tests" >&2
cd out/spark
SHARED=$shared "$PYSPARK_PYTHON" -m pytest -rs
