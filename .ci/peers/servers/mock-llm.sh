# https://www.npmjs.com/package/@dwmkerr/mock-llm: says what it was told.
ready='mock-llm'
serve() {
  cd "$work" && HOST=127.0.0.1 PORT="$1" exec timeout 600 node -r "$peers/loopback.cjs" "$peers/node_modules/@dwmkerr/mock-llm/dist/main.js"
}
