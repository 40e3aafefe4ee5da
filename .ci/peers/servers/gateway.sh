# The reference gateway, for the proxies to stand in front of; sets $behind. It takes a few milliseconds, as every
# server does: Caddy 2.6 loses the end of some streams that begin before the request has been passed on whole.
gateway() {
  "$home/run.sh" gateway --surface serverless --latency 5 >"$work/gateway.log" 2>&1 &
  children="$children $!"
  wait_for 'Ctrl-C' "$work/gateway.log"
  behind=$(sed -n 's/.* at http:\/\/\(127\.0\.0\.1:[0-9]*\)$/\1/p' "$work/gateway.log" | head -n 1)
  key=$(sed -n 's/.*TENSORMESH_INFERENCE_API_KEY=//p' "$work/gateway.log")
}
