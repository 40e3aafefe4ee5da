# Caddy in front of the gateway: nothing may be found.
. "$peers/servers/gateway.sh"
surface=serverless
before() { gateway; }
serve() {
  cat >"$work/Caddyfile" <<CONF
{
  admin off
  auto_https off
}
http://127.0.0.1:$1 {
  bind 127.0.0.1
  reverse_proxy $behind
}
CONF
  HOME=$work XDG_CONFIG_HOME=$work XDG_DATA_HOME=$work exec timeout 600 caddy run --config "$work/Caddyfile" --adapter caddyfile
}
