#!/bin/sh
# Make an environment of their own for the programs that the benchmark puts beside askretail:
# `sh eval/peers/setup.sh DIR`. About 2 GB; pip may pick a large torch (see README.md, TORCH_INDEX).
set -eu
[ $# = 1 ] || { echo "usage: sh eval/peers/setup.sh DIR" >&2; exit 2; }
mkdir -p "$1"
place=$(cd "$1" && pwd -P)
cd "$(dirname "$0")/../.."

# The model must be read by the same versions on both sides; the rest is the peers' own affair.
grep -E '^(torch|sentence-transformers|transformers|faiss-cpu|numpy)==' constraints.txt >"$place/constraints.txt"
"${PYTHON:-python3}" -m venv "$place"
pip="$place/bin/python -m pip --disable-pip-version-check --no-input"
if [ -n "${TORCH_INDEX:-}" ]; then
    $pip install --no-deps --index-url "$TORCH_INDEX" "$(grep '^torch==' constraints.txt)"
fi
$pip install -c "$place/constraints.txt" -r eval/peers/requirements.txt faiss-cpu
echo "done: python -m askretail_eval.bench FOLDER --peers $place/bin/python"
