# https://www.npmjs.com/package/@copilotkit/aimock: one canned answer, streamed in pieces.
ready=listening
serve() {
  exec timeout 600 node "$peers/node_modules/@copilotkit/aimock/dist/cli.js" -h 127.0.0.1 -p "$1" -l 3 -c 8 -f "$peers/servers/aimock.json"
}
