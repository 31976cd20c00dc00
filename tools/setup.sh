#!/bin/sh
# Make .venv hold the project: `sh tools/setup.sh base` to use it, `dev` to change it.
# A second run does nothing until pyproject.toml or constraints.txt changes or the folder moves.
set -eu
cd "$(dirname "$0")/.."

want=${1:-base}
place=$(pwd -P)
key=$(cat pyproject.toml constraints.txt | cksum)

fail() {
    printf '%s\n' "$1" >&2
    exit 2
}

has() { # FILE of .venv, what it must say
    [ "$(cat ".venv/$1" 2>/dev/null)" = "$2" ]
}

# Some launchers exist and start nothing (a version manager's), so each candidate is run.
is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    for candidate in ${PYTHON:-python3.13 python3.12 python3.11 python3}; do
        if is_new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    if [ -n "${PYTHON:-}" ]; then
        fail "PYTHON=$PYTHON is no Python 3.11 or newer: name one that is, e.g. PYTHON=python3.12"
    fi
    fail "no Python 3.11 or newer found ($(python3 --version 2>&1 || true)): install one, or name it with PYTHON="
}

make_venv() {
    python=$(find_python)
    if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        fail "$python cannot make a virtual environment: install its venv module (Debian, Ubuntu: apt install python3-venv) and repeat"
    fi
    torch=$("$python" tools/own_torch.py)
    rm -rf .venv
    "$python" -m venv ${torch:+--system-site-packages} .venv
    echo "$torch" >.venv/own-torch
    echo "$place" >.venv/place
}

pip() {
    .venv/bin/python -m pip --disable-pip-version-check --no-input "$@"
}

install() {
    torch=$(cat .venv/own-torch)
    # A torch that is kept overrides the pin, else pip would put the pinned one in front of it.
    sed "s/^torch==.*/torch==${torch:-$(sed -n 's/^torch==//p' constraints.txt)}/" \
        constraints.txt >.venv/constraints.txt
    if [ -n "$torch" ]; then
        echo "keeping the torch $torch that is there"
    elif [ -n "${TORCH_INDEX:-}" ]; then
        # The rest comes from the usual index: this one may lack the pinned versions.
        pip install --no-deps --index-url "$TORCH_INDEX" "$(grep '^torch==' constraints.txt)"
    elif [ "$(uname -s)" = Linux ]; then
        echo "if pip picks a CUDA build of torch (several GB): README.md, TORCH_INDEX, has the small one"
    fi
    case $want in
        base) pip install -c .venv/constraints.txt -e . ;;
        dev) pip install -c .venv/constraints.txt -e '.[dev]' ;;
        *) fail "setup.sh takes base or dev, not $want" ;;
    esac
}

if has place "$place" && .venv/bin/python -c '' 2>/dev/null; then
    if has "installed-$want" "$key"; then
        exit 0
    fi
else
    make_venv
fi
echo "installing into .venv: about 2 GB and some minutes the first time"
install
echo "$key" >.venv/installed-base
echo "$key" >".venv/installed-$want"
