#!/bin/sh
# Judges a server that nobody here wrote, or a proxy in front of the gateway, and prints what was found, one line
# each: outcome, check, reason; then how many checks ran, and the causes of verify and of diagnose. What is
# expected stands in expected/NAME.tsv, where each line has two more columns: a verdict by the contract, and why.
# usage: judge.sh NAME REPORTS_DIRECTORY   NAME is one of servers/*.sh
set -eu
peers=$(CDPATH='' cd "$(dirname "$0")" && pwd)
home=$(dirname "$(dirname "$peers")")
name=$1
mkdir -p "$2"
work=$(CDPATH='' cd "$2" && pwd)
children=
surface=openai-compatible key= ready=

stop() {
  for child in $children; do kill "$child" 2>/dev/null || :; done
}
trap stop EXIT

wait_for() {
  tries=0
  until grep -q "$1" "$2" 2>/dev/null; do
    tries=$((tries + 1))
    [ "$tries" -lt 300 ] || { echo "no '$1' in $2:" >&2; cat "$2" >&2; exit 5; }
    sleep 0.2
  done
}

answers() {
  tries=0
  until curl -s -o /dev/null "http://127.0.0.1:$1/"; do
    tries=$((tries + 1))
    [ "$tries" -lt 300 ] || { echo "nothing answers on port $1:" >&2; cat "$work/server.log" >&2; exit 5; }
    sleep 0.2
  done
}

before() { :; }
. "$peers/servers/$name.sh"
[ -d "$peers/node_modules" ] || (cd "$peers" && npm ci --silent --no-audit --no-fund)
before
port=$(node -e 's=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
(serve "$port") >"$work/server.log" 2>&1 &
children="$children $!"
[ -z "$ready" ] || wait_for "$ready" "$work/server.log"
answers "$port"

[ -z "$key" ] || export TENSORMESH_INFERENCE_API_KEY="$key"
status=0
"$home/run.sh" verify --host "http://127.0.0.1:$port" --surface "$surface" --pack full \
  --reports "$work/reports" >"$work/verify.log" 2>&1 || status=$?
[ "$status" -le 1 ] || [ "$status" -eq 3 ] || { cat "$work/verify.log" >&2; exit "$status"; }
jq -r '.results[]
  | select(.outcome == "failed" or .outcome == "warned" or .outcome == "could-not-run")
  | [.outcome, .check, .reason] | @tsv' "$work/reports/latest/report.json"
# Whether the pace of a short stream can be told at all depends on the machine of the day.
jq -r '["ran", "checks", ([.results[]
  | select(.outcome != "inapplicable" and .outcome != "could-not-run")
  | select(.check | endswith("-in-pieces") | not)] | length | tostring)] | @tsv' "$work/reports/latest/report.json"
jq -r '.causes[] | ["cause of verify", .cause, (.explains | length | tostring)] | @tsv' "$work/reports/latest/report.json"
"$home/run.sh" diagnose --host "http://127.0.0.1:$port" --surface "$surface" --json >"$work/diagnosis.json" || :
jq -r '.causes[] | ["cause of diagnose", .cause, ""] | @tsv' "$work/diagnosis.json"
