# The reference gateway, for the proxies to stand in front of; sets $behind.
gateway() {
  "$home/run.sh" gateway --surface serverless >"$work/gateway.log" 2>&1 &
  children="$children $!"
  wait_for 'Ctrl-C' "$work/gateway.log"
  behind=$(sed -n 's/.* at http:\/\/\(127\.0\.0\.1:[0-9]*\)$/\1/p' "$work/gateway.log" | head -n 1)
  key=$(sed -n 's/.*TENSORMESH_INFERENCE_API_KEY=//p' "$work/gateway.log")
}
