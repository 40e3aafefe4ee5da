#!/usr/bin/env sh
# How many round trips a diagnosis takes: the same command against a healthy gateway that answers at
# once and against one that waits 100 ms before each answer, by turns. The difference is round
# trips; what is left is the start of the JVM and this machine.
# usage: bench/diagnose.sh [runs]       exit 1 when the median takes more than 10 round trips
set -eu

home=$(CDPATH='' cd -P "$(dirname "$0")/.." && pwd)
runs=${1:-5}
latency=100
allowed=10
near=18480
far=18490
work=$(mktemp -d)
pids=

stop() {
  for pid in $pids; do kill "$pid" 2>/dev/null || :; done
  rm -rf "$work"
}
trap stop EXIT INT TERM

now_ms() { date +%s%3N; }

start() {
  "$home/run.sh" gateway --port "$1" --surface on-demand --latency "$2" >"$work/$1.log" 2>&1 &
  pids="$pids $!"
  tries=0
  until grep -q 'Ctrl-C ends it' "$work/$1.log" 2>/dev/null; do
    tries=$((tries + 1))
    [ "$tries" -lt 300 ] || { cat "$work/$1.log" >&2; exit 5; }
    sleep 0.2
  done
}

# One diagnosis; its wall time is added to a file.
measure() {
  from=$(now_ms)
  "$home/run.sh" diagnose --host "http://127.0.0.1:$1" >"$work/out" || { cat "$work/out"; exit 1; }
  echo $(($(now_ms) - from)) >>"$work/$2"
}

median() { sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

"$home/run.sh" --version >/dev/null
start "$near" 0
start "$far" "$latency"
# The first run of each warms the gateway, which is no part of the question.
measure "$near" warm
measure "$far" warm
run=0
while [ "$run" -lt "$runs" ]; do
  run=$((run + 1))
  measure "$near" near
  measure "$far" far
done

awk -v near="$(median "$work/near")" -v far="$(median "$work/far")" -v latency="$latency" \
  -v allowed="$allowed" -v runs="$runs" -v cost="$(tail -n 1 "$work/out")" 'BEGIN {
    trips = (far - near) / latency
    printf "diagnose, median of %d: %d ms at once, %d ms with %d ms latency\n", runs, near, far, latency
    printf "ratio %.2f, %.1f round trips (at most %d)\n", far / near, trips, allowed
    printf "last: %s\n", cost
    exit trips > allowed
  }'
