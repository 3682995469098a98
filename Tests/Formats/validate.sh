#!/usr/bin/env bash
# Validates the reports of `refrain check` with other people's schemas and parsers, on the fixture, on
# hostile texts, and on each folder that is named: Tests/Formats/validate.sh [FOLDER ...]
# Needs python3 and, to install what requirements.txt names into a temporary folder, PyPI; so it is no
# part of `make test`.
set -euo pipefail
cd "$(dirname "$0")/../.."
refrain=$PWD/.build/release/refrain
here=$PWD/Tests/Formats
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
python="$work/venv/bin/python"
status=0

cp -r Fixtures "$work/fixtures"
"$python" -B "$here/validate.py" "$refrain" "$work/fixtures" . || status=1

# Named one by one, for what a walk finds is no text where it holds a NUL.
mkdir "$work/hostile"
"$python" -B "$here/hostile_texts.py" "$work/hostile"
(cd "$work/hostile" && find . -type f -print0 | sort -z \
  | xargs -0 "$python" -B "$here/validate.py" "$refrain" .) || status=1

# As a repository in which one line of a paragraph changed, and some files are new.
git() { command git -c user.name=Test -c user.email=test@example.invalid -C "$work/hostile" "$@"; }
git init -q
git add plain.txt crlf.txt bom.txt page.md "a b, c: d 100%.txt"
git commit -q -m texts
sed -i '29s/.*/\U&/' "$work/hostile/plain.txt"
(cd "$work/hostile" && find . -name .git -prune -o -type f -print0 | sort -z \
  | xargs -0 "$python" -B "$here/validate.py" "$refrain" . --since HEAD) || status=1

for folder in "$@"; do
  "$python" -B "$here/validate.py" "$refrain" "$folder" . || status=1
done
exit $status
