#!/usr/bin/env bash
# Validates the reports of `refrain check` with the schemas and parsers of the tools that read them. It uses
# the fixture, hostile texts, and each named folder: Tests/Formats/validate.sh [FOLDER ...]
# It needs python3 and PyPI, from which it installs requirements.txt into a temporary folder. So it is not part
# of `make test`.
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

# Each file is named, because a walk does not take a file with a NUL for a text.
mkdir "$work/hostile"
"$python" -B "$here/hostile_texts.py" "$work/hostile"
(cd "$work/hostile" && find . -type f -print0 | sort -z \
  | xargs -0 "$python" -B "$here/validate.py" "$refrain" .) || status=1

# Makes a repository in which one line of a paragraph changed and some files are new.
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
