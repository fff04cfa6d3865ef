#!/bin/sh
# The other side of the comparison: the newest PyPSA and HiGHS for Python that the package index has, in an environment of
# their own under build/bench/venv. Nothing else of the project needs it. A second call is instant.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
venv=$root/build/bench/venv
if [ -x "$venv/bin/python" ] && "$venv/bin/python" -c 'import pypsa, highspy' 2>/dev/null; then
  exit 0
fi
python3 -m venv "$venv" || {
  echo "bench/setup.sh: python3 cannot make a virtual environment (on Debian: apt-get install python3-venv)" >&2
  exit 1
}
echo "installing PyPSA and highspy into ${venv#"$root"/}"
"$venv/bin/pip" install --quiet --disable-pip-version-check pypsa highspy
