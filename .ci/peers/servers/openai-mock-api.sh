# https://www.npmjs.com/package/openai-mock-api: canned conversations behind a key.
ready='server started on port'
key=ak-peer-4f9e1d7c2b
serve() {
  printf '%s\n' "apiKey: $key" 'responses:' '  - id: any' '    messages:' '      - role: user' '        matcher: any' \
    '      - role: assistant' '        content: Hello! I am a mock server with quite a long answer.' >"$work/config.yaml"
  exec timeout 600 node -r "$peers/loopback.cjs" "$peers/node_modules/openai-mock-api/dist/cli.js" -c "$work/config.yaml" -p "$1"
}
