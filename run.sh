#!/usr/bin/env sh
# Meshcheck, straight from a clone: builds what is missing or out of date, then runs it.
# usage: ./run.sh [COMMAND] [options]; see ./run.sh --help
set -eu

# A number that compares like the version: 3.8.7 is 3008007.
version_number() {
  printf '%s\n' "$1" | sed 's/[^0-9.].*//' |
    awk -F. '{ printf "%d\n", $1 * 1000000 + $2 * 1000 + $3 }'
}

# The directory of this file, through symbolic links.
self=$0
while [ -h "$self" ]; do
  link=$(readlink "$self")
  case $link in
    /*) self=$link ;;
    *) self=$(dirname "$self")/$link ;;
  esac
done
home=$(CDPATH='' cd -P "$(dirname "$self")" && pwd)

target=$home/suites/target
state=$home/.meshcheck
stamp=$target/run.stamp

. "$home/suites/src/main/sh/launcher.sh"

# Whether the jar of a module is younger than its sources. Directories count too, so that a deleted
# source is noticed. Maven leaves a jar alone whose content stays the same, hence the stamp.
is_current() {
  for reference in "$stamp" "$2"; do
    [ -f "$reference" ] || continue
    changed=$(find "$home/pom.xml" "$home/$1/pom.xml" "$home/$1/src/main" -newer "$reference" \
      2>/dev/null | head -n 1)
    [ -n "$changed" ] || return 0
  done
  return 1
}

is_stale() {
  find_jar || return 0
  # Maven's own tests call this script while Maven builds; it must not build beneath them.
  [ "${MESHCHECK_BUILD:-}" != never ] || return 1
  # Without sources beside it, as in an image, the jar is all there is.
  [ -f "$home/pom.xml" ] || return 1
  version=${jar##*/suites-}
  for module in fixtures reports; do
    is_current "$module" "$target/lib/$module-$version" || return 0
  done
  ! is_current suites "$jar"
}

check_build_tools() {
  if ! command -v javac >/dev/null 2>&1 && [ ! -x "${JAVA_HOME:-/nowhere}/bin/javac" ]; then
    say "$java has no compiler beside it; the first start needs a JDK 17 or newer, not a JRE"
    exit 2
  fi
  if ! command -v mvn >/dev/null 2>&1; then
    say 'there is no Maven here; the first start needs Maven 3.8.7 or newer on PATH'
    exit 2
  fi
  maven=$(mvn -B -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9][0-9.]*\).*/\1/p' | head -n 1)
  if [ -z "$maven" ] || [ "$(version_number "$maven")" -lt 3008007 ]; then
    say "Maven ${maven:-of unknown version} is too old; the first start needs 3.8.7 or newer"
    exit 2
  fi
}

# One build at a time; the lock of a process that died does not count.
lock() {
  mkdir -p "$state" 2>/dev/null || :
  if [ ! -w "$state" ]; then
    say "$state cannot be written, and the build needs it"
    exit 2
  fi
  waited=0
  until mkdir "$state/build.lock" 2>/dev/null; do
    holder=$(cat "$state/build.lock/pid" 2>/dev/null || :)
    if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; then
      rm -rf "$state/build.lock"
      continue
    fi
    # Its holder died before it could write its name.
    if [ -z "$holder" ] && [ -n "$(find "$state/build.lock" -prune -mmin +1 2>/dev/null)" ]; then
      rm -rf "$state/build.lock"
      continue
    fi
    waited=$((waited + 1))
    if [ "$waited" -gt 600 ]; then
      say "another build holds $state/build.lock; remove it if none runs"
      exit 5
    fi
    sleep 1
  done
  trap 'rm -rf "$state/build.lock"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  echo $$ >"$state/build.lock/pid"
}

unlock() {
  rm -rf "$state/build.lock"
  trap - EXIT INT TERM HUP
}

build() {
  echo 'Building Meshcheck (first start or changed sources) …' >&2
  log=$state/build.log
  # The stamp is older than the build, so that what changes meanwhile is built next time.
  : >"$state/run.stamp"
  # Class files of sources and resources that are gone must not end up in the jars.
  rm -rf "$home/fixtures/target/classes" "$home/reports/target/classes" "$target/classes"
  if ! (cd "$home" && mvn -q -B -ntp -Dmaven.test.skip=true -Dspotless.check.skip=true \
      -Dassembly.skipAssembly=true package) \
    </dev/null >"$log" 2>&1; then
    rm -f "$stamp" "$state/run.stamp"
    cat "$log" >&2
    say 'the build failed; Maven says why above'
    exit 5
  fi
  rm -f "$target"/*.jsa "$target"/*.jsa.*
  mv "$state/run.stamp" "$stamp" || exit 5
}

find_java
if is_stale; then
  check_build_tools
  lock
  # Somebody else may have built while this run waited.
  if is_stale; then build; fi
  unlock
  find_jar || { say "the build left no jar in $target"; exit 5; }
fi

launch "$target" "-Dmeshcheck.home=$home" "$@"
