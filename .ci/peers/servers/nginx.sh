# nginx in front of the gateway, set up as streams need it: nothing may be found.
. "$peers/servers/gateway.sh"
surface=serverless
before() { gateway; }
serve() { nginx_with 'proxy_http_version 1.1; proxy_set_header Connection ""; proxy_buffering off;' "$1"; }

# nginx with these directives for the proxied location.
nginx_with() {
  mkdir -p "$work/nginx"
  cat >"$work/nginx.conf" <<CONF
daemon off;
user $(id -un) $(id -gn);
pid $work/nginx/pid;
error_log stderr;
events {}
http {
  access_log off;
  client_body_temp_path $work/nginx/body;
  proxy_temp_path $work/nginx/proxy;
  fastcgi_temp_path $work/nginx/fastcgi;
  uwsgi_temp_path $work/nginx/uwsgi;
  scgi_temp_path $work/nginx/scgi;
  client_max_body_size 16m;
  server {
    listen 127.0.0.1:$2;
    location / { proxy_pass http://$behind; $1 }
  }
}
CONF
  exec timeout 600 nginx -e stderr -p "$work/nginx" -c "$work/nginx.conf"
}
