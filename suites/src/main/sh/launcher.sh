# What both launchers share: run.sh in a clone, bin/meshcheck in a release. Read with '.' after "target" is
# set to the directory of the jar, its libraries below it in lib/.

say() { printf 'meshcheck: %s\n' "$*" >&2; }

# What is closed would be given to the first file that Java opens, and be written into.
{ : <&0; } 2>/dev/null || exec </dev/null
{ : >&1; } 2>/dev/null || exec >/dev/null
{ : >&2; } 2>/dev/null || exec 2>/dev/null

# Java starts nowhere else, and says no word that helps.
[ -d "$(pwd -P 2>/dev/null)" ] || {
  say 'the directory that you are in is gone; change to one that exists'
  exit 2
}

# Without a locale, Java takes every path with more than ASCII in it for a mistake.
if [ "$(locale charmap 2>/dev/null)" = ANSI_X3.4-1968 ]; then
  LC_ALL=C.UTF-8
  export LC_ALL
fi

# Sets release to the version of java: as its own file says it, which takes no time, or as it says itself.
find_release() {
  release=
  told=$(readlink -f "$java" 2>/dev/null || :)
  told=${told%/bin/java}/release
  if [ -f "$told" ]; then
    release=$(sed -n 's/^JAVA_VERSION="\([0-9][0-9._]*\).*/\1/p' "$told" | head -n 1)
  fi
  [ -n "$release" ] ||
    release=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9][0-9._]*\).*/\1/p' | head -n 1)
}

# Sets java and release, or explains what is missing.
find_java() {
  if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
    java=$JAVA_HOME/bin/java
  else
    # A JAVA_HOME without Java in it would only lead Maven astray.
    unset JAVA_HOME
    java=$(command -v java || :)
  fi
  if [ -n "$java" ]; then find_release; fi
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

# Whether Java can write an archive here: with fewer open files it breaks, and the run with it.
may_open_many_files() {
  files=$(ulimit -n 2>/dev/null || echo unlimited)
  case $files in
    *[!0-9]*) return 0 ;;
    *) [ "$files" -ge 256 ] ;;
  esac
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

# Sets tuning to the flags of Java for a command. Java 17 would write a class for each method that is called
# by reflection 15 times.
tune() {
  case ${1:-} in
    # All of it runs once for each environment, a dozen of which are in memory at a time.
    nightly | exporter) tuning='-XX:C1MaxInlineSize=24 -Xmn96m' ;;
    # Most of a run's code runs a few times only: it is compiled simply, with little put inline. What one
    # exchange leaves behind is gone before 64 MB are.
    *) tuning='-XX:C1MaxInlineSize=8 -Xmn64m' ;;
  esac
  tuning="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dsun.reflect.inflationThreshold=10000 $tuning"
}

# Runs Meshcheck and does not come back.
# usage: launch DIRECTORY-FOR-ARCHIVES JAVA-OPTION [ARGUMENT...]
launch() {
  archives=$1
  archive=$archives/meshcheck-$release.jsa
  option=$2
  shift 2
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
  tune "$@"
  # Several words.
  set -- $tuning -Xshare:auto -Xlog:disable \
    "-Dmeshcheck.terminal=$terminal" "-Dmeshcheck.columns=${columns:-0}" "$option" -jar "$jar" "$@"

  if [ -f "$archive" ] && [ -z "$(find "$jar" "$target/lib" -newer "$archive" | head -n 1)" ]; then
    exec "$java" "-XX:SharedArchiveFile=$archive" "$@"
  fi
  if [ "$verify" = yes ] && [ -w "$archives" ] && may_open_many_files; then
    run_and_archive "$@"
  fi
  exec "$java" "$@"
}
