// Writes the requests of a report for other tools: a list, a Postman collection and a Bruno one.
// usage: node export.mjs report.json DIRECTORY; prints how many there are.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [report, out] = process.argv.slice(2)
const key = process.env.TENSORMESH_INFERENCE_API_KEY
const MASK = '‹redacted›'

const requests = Object.values(JSON.parse(readFileSync(report)).exchanges)
  // Whole ones that stand alone: what hangs up or goes behind another request, no peer can send.
  .filter(e => e.response && !e.request.truncated && !e.request.behind && !e.response.ending?.match(/hung/))
  .map(e => ({
    method: e.request.method,
    url: e.request.url,
    headers: e.request.headers
      .filter(h => !/^(content-length|transfer-encoding|connection|expect|upgrade|http2-settings)$/i.test(h.name))
      .map(h => [h.name, h.value.replace(MASK, key)]),
    body: e.request.body,
    status: e.response.status
  }))
  // A wrong key is redacted, too, and the right one would get another answer.
  .filter(r => r.status !== 401 && r.status !== 403 && ['GET', 'POST'].includes(r.method))
  .filter(r => !`${r.url}${r.headers.flat().join('')}${r.body ?? ''}`.includes(MASK))

mkdirSync(join(out, 'bruno'), { recursive: true })
writeFileSync(join(out, 'requests.json'), JSON.stringify(requests))

const item = (r, i) => ({
  name: `${i}`,
  event: [
    {
      listen: 'test',
      script: { exec: [`pm.test('status', () => pm.response.to.have.status(${r.status}))`] }
    }
  ],
  request: {
    method: r.method,
    url: r.url,
    header: r.headers.map(([k, value]) => ({ key: k, value })),
    ...(r.body === undefined ? {} : { body: { mode: 'raw', raw: r.body } })
  }
})
const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json'
writeFileSync(
  join(out, 'postman.json'),
  JSON.stringify({ info: { name: 'same', schema }, item: requests.map(item) })
)

writeFileSync(join(out, 'bruno', 'bruno.json'), '{"version":"1","name":"same","type":"collection"}')
requests.forEach((r, i) => {
  const headers = r.headers.map(([k, value]) => `  ${k}: ${value}`).join('\n')
  const indented = (r.body ?? '').replaceAll('\n', '\n  ')
  writeFileSync(
    join(out, 'bruno', `${i}.bru`),
    `meta {\n  name: ${i}\n  type: http\n  seq: ${i + 1}\n}\n\n` +
      `${r.method.toLowerCase()} {\n  url: ${r.url}\n  body: ${r.body === undefined ? 'none' : 'text'}\n  auth: none\n}\n\n` +
      `headers {\n${headers}\n}\n\n` +
      (r.body === undefined ? '' : `body:text {\n  ${indented}\n}\n\n`) +
      `assert {\n  res.status: eq ${r.status}\n}\n`
  )
})
console.log(requests.length)
