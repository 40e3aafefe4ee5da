#!/usr/bin/env sh
# Meshcheck, straight from a clone: builds what is missing or out of date, then runs it.
# usage: ./run.sh [verify|nightly|init|diagnose|gateway|list|compare|accept] [options]; see ./run.sh --help
set -eu

say() { printf 'meshcheck: %s\n' "$*" >&2; }

# A number that compares like the version: 3.8.7 is 3008007.
version_number() {
  printf '%s\n' "$1" | sed 's/[^0-9.].*//' |
    awk -F. '{ printf "%d\n", $1 * 1000000 + $2 * 1000 + $3 }'
}

# What is closed would be given to the first file that Java opens, and be written into.
{ : <&0; } 2>/dev/null || exec </dev/null
{ : >&1; } 2>/dev/null || exec >/dev/null
{ : >&2; } 2>/dev/null || exec 2>/dev/null

# Without a locale, Java takes every path with more than ASCII in it for a mistake.
if [ "$(locale charmap 2>/dev/null)" = ANSI_X3.4-1968 ]; then
  LC_ALL=C.UTF-8
  export LC_ALL
fi

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

# Sets java and release, or explains what is missing.
find_java() {
  if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
    java=$JAVA_HOME/bin/java
  else
    # A JAVA_HOME without Java in it would only lead Maven astray.
    unset JAVA_HOME
    java=$(command -v java || :)
  fi
  if [ -n "$java" ]; then
    release=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9][0-9._]*\).*/\1/p' | head -n 1)
  fi
  if [ -z "$java" ] || [ -z "$release" ]; then
    say 'there is no Java here; install a JDK 17 or newer and put it on PATH, or set JAVA_HOME'
    exit 2
  fi
  if [ "${release%%.*}" -lt 17 ]; then
    say "$java is Java $release; Meshcheck needs 17 or newer: set JAVA_HOME to a JDK 17"
    exit 2
  fi
}

find_jar() {
  jar=
  for candidate in "$target"/suites-*.jar; do
    case $candidate in
      *-sources.jar | *-javadoc.jar | *-tests.jar) ;;
      *) [ -f "$candidate" ] && jar=$candidate ;;
    esac
  done
  [ -n "$jar" ]
}

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
  if ! (cd "$home" && mvn -q -B -ntp -Dmaven.test.skip=true -Dspotless.check.skip=true package) \
    </dev/null >"$log" 2>&1; then
    rm -f "$stamp" "$state/run.stamp"
    cat "$log" >&2
    say 'the build failed; Maven says why above'
    exit 5
  fi
  rm -f "$target"/*.jsa "$target"/*.jsa.*
  mv "$state/run.stamp" "$stamp" || exit 5
}

# Whether this run is worth an archive of the classes that it loads: a whole verify.
is_verify() {
  case ${1:-verify} in
    verify | -*) ;;
    *) return 1 ;;
  esac
  for argument; do
    case $argument in
      -h | --help | -V | --version | --show-settings) return 1 ;;
    esac
  done
}

# Runs Java as a child, and keeps the archive that it writes when it ends well. The archive gets its
# name only when it is whole, so that a second run never reads half of one.
run_and_archive() {
  # Drafts of runs that were killed.
  for draft in "$archive".*; do
    [ ! -f "$draft" ] || kill -0 "${draft##*.}" 2>/dev/null || rm -f "$draft"
  done
  draft=$archive.$$
  # Told its parent, Java ends when this script is killed.
  "$java" "-XX:ArchiveClassesAtExit=$draft" "-Dmeshcheck.parent=$$" "$@" <&0 &
  child=$!
  ended=
  # Children in the background do not hear Ctrl-C, so they are told.
  trap 'ended=130; kill -TERM "$child" 2>/dev/null || :' INT
  trap 'ended=143; kill -TERM "$child" 2>/dev/null || :' TERM HUP
  status=0
  wait "$child" || status=$?
  while [ -n "$ended" ] && kill -0 "$child" 2>/dev/null; do
    wait "$child" || status=$?
  done
  trap - INT TERM HUP
  case $ended$status in
    0 | 1 | 3) [ ! -f "$draft" ] || mv -f "$draft" "$archive" ;;
  esac
  rm -f "$draft"
  exit "$status"
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

archive=$target/meshcheck-$release.jsa
verify=no
if is_verify "$@"; then verify=yes; fi
# Java 17 cannot tell whether its output is a terminal.
terminal=false
columns=0
if [ -t 1 ]; then
  terminal=true
  exec 3<&1
  columns=$(stty size <&3 2>/dev/null | sed -n 's/^[0-9]* \([0-9]*\)$/\1/p')
  exec 3<&-
fi
set -- -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Xlog:disable \
  "-Dmeshcheck.home=$home" "-Dmeshcheck.terminal=$terminal" \
  "-Dmeshcheck.columns=${columns:-0}" -jar "$jar" "$@"

if [ -f "$archive" ] && [ -z "$(find "$jar" "$target/lib" -newer "$archive" | head -n 1)" ]; then
  exec "$java" "-XX:SharedArchiveFile=$archive" "$@"
fi
if [ "$verify" = yes ] && [ -w "$target" ]; then
  run_and_archive "$@"
fi
exec "$java" "$@"
