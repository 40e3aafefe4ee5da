#!/bin/sh
# Judges aimock and prints what was found, one line each: outcome, check, reason.
# usage: findings.sh REPORTS_DIRECTORY
set -eu
here=$(CDPATH='' cd "$(dirname "$0")" && pwd)
home=$(dirname "$(dirname "$here")")
reports=$1

[ -d "$here/node_modules" ] || (cd "$here" && npm ci --silent --no-audit --no-fund)
port=$(node -e 's=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
log=$reports.aimock.log
mkdir -p "$(dirname "$log")"
# It ends by itself when this script is killed half way.
timeout 300 node "$here/node_modules/@copilotkit/aimock/dist/cli.js" \
  -h 127.0.0.1 -p "$port" -l 3 -c 8 -f "$here/fixtures.json" >"$log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || :' EXIT
tries=0
until grep -q listening "$log"; do
  tries=$((tries + 1))
  [ "$tries" -lt 100 ] || { cat "$log" >&2; exit 5; }
  sleep 0.2
done

status=0
"$home/run.sh" verify --host "http://127.0.0.1:$port" --surface openai-compatible \
  --reports "$reports" >"$reports.log" 2>&1 || status=$?
[ "$status" -le 1 ] || { cat "$reports.log" >&2; exit "$status"; }
jq -r '.results[]
  | select(.outcome == "failed" or .outcome == "warned" or .outcome == "could-not-run")
  | [.outcome, .check, .reason] | @tsv' "$reports/latest/report.json"
