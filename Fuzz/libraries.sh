#!/usr/bin/env bash
# Builds md4c and gumbo with the address sanitizer and coverage, from the distribution's own sources,
# into .build-fuzz/lib. Nothing is installed and no apt setting is changed: apt-get gets a list of
# sources of its own.
#
# Where the sources cannot be had, the installed library is fuzzed, whose own reads and writes no
# sanitizer sees; sources that lie in .build-fuzz/sources/md4c and .../gumbo-parser are used as they
# are.
set -euo pipefail
cd "$(dirname "$0")/.."
build=$PWD/.build-fuzz
clang=$1
mkdir -p "$build/sources" "$build/lib" "$build/apt/lists/partial"

# fetch SOURCE-PACKAGE INSTALLED-PACKAGE: the sources of the version that is installed.
fetch() {
  local archive version
  archive=$(apt-cache policy "$2" | sed -nE 's|^ +[0-9]+ (https?://[^ ]+) ([^/ ]+)/([^ ]+) .*|deb-src \1 \2 \3|p')
  version=$(dpkg-query -W -f='${source:Version}' "$2")
  [ -n "$archive" ] || return 1
  echo "$archive" | sort -u > "$build/apt/sources.list"
  (
    cd "$build/apt"
    options=(-q -o Dir::Etc::SourceList="$PWD/sources.list" -o Dir::Etc::SourceParts=/dev/null
      -o Dir::State::Lists="$PWD/lists" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache=)
    apt-get "${options[@]}" update &&
      apt-get "${options[@]}" source --download-only "$1=$version" &&
      dpkg-source -x "$1"_*.dsc "$build/sources/$1"
  ) > "$build/apt/$1.log" 2>&1
}

# library SOURCE-PACKAGE INSTALLED-PACKAGE LIBRARY FOLDER-OF-C-FILES [FILE]
library() {
  local source=$build/sources/$1 objects=$build/objects/$3
  [ -f "$build/lib/lib$3.a" ] && return 0
  if ! [ -d "$source" ] && ! fetch "$1" "$2"; then
    rm -rf "$source"
    echo "no sources of $1 (why: .build-fuzz/apt/$1.log): the installed lib$3 is fuzzed, in which"
    echo "the sanitizer sees nothing. Put sources into .build-fuzz/sources/$1 to have them built."
    return 0
  fi
  echo "building $1 with the sanitizer"
  mkdir -p "$objects"
  for file in "$source/$4"/${5:-*}.c; do
    "$clang" -c -std=gnu99 -w -O1 -g -fno-omit-frame-pointer \
      -fsanitize=address,fuzzer-no-link "$file" -o "$objects/$(basename "$file" .c).o"
  done
  "$(dirname "$clang")/llvm-ar" rcs "$build/lib/lib$3.a" "$objects"/*.o
}

library md4c libmd4c-dev md4c src md4c
library gumbo-parser libgumbo-dev gumbo src
