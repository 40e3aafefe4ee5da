# https://www.npmjs.com/package/mock-openai-api: predefined answers of several models.
ready='started successfully'
serve() {
  exec timeout 600 node "$peers/node_modules/mock-openai-api/dist/cli.js" -H 127.0.0.1 -p "$1"
}
