# nginx in front of the gateway as it comes: proxy_buffering holds streams back.
. "$peers/servers/nginx.sh"
serve() { nginx_with '' "$1"; }
