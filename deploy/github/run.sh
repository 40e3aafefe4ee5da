#!/usr/bin/env bash
# What action.yml runs: inputs become options, the exit code and the reports become outputs.
set -euo pipefail

options=("$INPUT_COMMAND" "--reports=$INPUT_REPORTS" "--pack=$INPUT_PACK" "--fail-on=$INPUT_FAIL_ON")
if [ -n "$INPUT_HOST" ]; then options+=("--host=$INPUT_HOST"); fi
if [ -n "$INPUT_TARGETS" ]; then options+=("--targets=$INPUT_TARGETS"); fi
if [ -n "$INPUT_NAME" ]; then options+=("--name=$INPUT_NAME"); fi
if [ -n "$INPUT_BASELINE" ]; then options+=("--baseline=$INPUT_BASELINE"); fi
while IFS= read -r line; do
  if [ -n "$line" ]; then options+=("$line"); fi
done <<<"$INPUT_ARGUMENTS"

# A gate without a host would judge the reference gateway and be green.
if [ "$INPUT_COMMAND" = verify ] && [ -z "$INPUT_HOST" ]; then
  echo '::error::Meshcheck has no host; give the input host, or targets with the command nightly'
  exit 2
fi

code=0
"$(dirname "$0")/../../run.sh" "${options[@]}" || code=$?
latest=latest
if [ "$INPUT_COMMAND" = nightly ]; then latest=latest-night; fi
{
  echo "exit-code=$code"
  echo "report=$INPUT_REPORTS/$latest"
} >>"$GITHUB_OUTPUT"
exit "$code"
