# HAProxy in front of the gateway: nothing may be found.
. "$peers/servers/gateway.sh"
surface=serverless
before() { gateway; }
serve() {
  cat >"$work/haproxy.cfg" <<CONF
global
  maxconn 200
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
frontend front
  bind 127.0.0.1:$1
  default_backend back
backend back
  server gateway $behind
CONF
  exec timeout 600 haproxy -q -f "$work/haproxy.cfg"
}
