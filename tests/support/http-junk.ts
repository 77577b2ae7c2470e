interface HttpCase {
  readonly name: string;
  readonly bytes: string;
  /** What may be heard before the connection is closed. */
  readonly answers: RegExp;
}

const CLIENT_ERROR = /^HTTP\/1\.1 4\d\d /;
const HARMLESS = /^HTTP\/1\.1 [34]\d\d /;
const HEAD = 'Host: x\r\nConnection: close\r\n';

/** Requests that no browser sends: refused, or answered as if they made sense where HTTP allows it. */
export const HTTP_JUNK: readonly HttpCase[] = [
  { name: 'noise', bytes: '\u0016\u0003\u0001\u0002\u0000\u0001', answers: CLIENT_ERROR },
  { name: 'no version', bytes: 'GET /\r\n\r\n', answers: HARMLESS },
  { name: 'another version', bytes: `GET / HTTP/7.7\r\n${HEAD}\r\n`, answers: CLIENT_ERROR },
  { name: 'no host', bytes: 'GET / HTTP/1.1\r\n\r\n', answers: CLIENT_ERROR },
  {
    name: 'a header of 20 kB',
    bytes: `GET / HTTP/1.1\r\n${HEAD}X: ${'a'.repeat(20_000)}\r\n\r\n`,
    answers: /^HTTP\/1\.1 431 /,
  },
  {
    name: '3,000 headers',
    bytes: `GET / HTTP/1.1\r\n${HEAD}${'X: a\r\n'.repeat(3_000)}\r\n`,
    answers: HARMLESS,
  },
  {
    name: 'a blank before the colon',
    bytes: `GET / HTTP/1.1\r\n${HEAD}X : a\r\n\r\n`,
    answers: CLIENT_ERROR,
  },
  {
    name: 'NUL in a header',
    bytes: `GET / HTTP/1.1\r\n${HEAD}X: a\0b\r\n\r\n`,
    answers: CLIENT_ERROR,
  },
  {
    name: 'two lengths',
    bytes: `POST /api/v1/meetings HTTP/1.1\r\n${HEAD}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
    answers: CLIENT_ERROR,
  },
  {
    name: 'length and chunks',
    bytes: `POST /api/v1/meetings HTTP/1.1\r\n${HEAD}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    answers: CLIENT_ERROR,
  },
  {
    name: 'a chunk that lies',
    bytes: `POST /api/v1/meetings HTTP/1.1\r\n${HEAD}Transfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n`,
    answers: CLIENT_ERROR,
  },
  {
    name: 'a negative length',
    bytes: `POST /api/v1/meetings HTTP/1.1\r\n${HEAD}Content-Length: -1\r\n\r\n`,
    answers: CLIENT_ERROR,
  },
  {
    name: 'an escape that ends',
    bytes: `GET /join/% HTTP/1.1\r\n${HEAD}\r\n`,
    answers: CLIENT_ERROR,
  },
  {
    name: 'an escape that is no UTF-8',
    bytes: `GET /recordings/%ff%fe HTTP/1.1\r\n${HEAD}\r\n`,
    answers: CLIENT_ERROR,
  },
  {
    name: 'NUL in the path',
    bytes: `GET /assets/%00.js HTTP/1.1\r\n${HEAD}\r\n`,
    answers: CLIENT_ERROR,
  },
  {
    name: 'out of the folder',
    bytes: `GET /assets/..%2f..%2f..%2fpackage.json HTTP/1.1\r\n${HEAD}\r\n`,
    answers: CLIENT_ERROR,
  },
  {
    name: 'out of the folder, plainly',
    bytes: `GET /../../package.json HTTP/1.1\r\n${HEAD}\r\n`,
    answers: CLIENT_ERROR,
  },
  { name: 'TRACE', bytes: `TRACE / HTTP/1.1\r\n${HEAD}\r\n`, answers: CLIENT_ERROR },
  {
    name: 'CONNECT',
    bytes: `CONNECT 127.0.0.1:22 HTTP/1.1\r\n${HEAD}\r\n`,
    answers: /^(HTTP\/1\.1 4|$)/,
  },
  {
    name: 'a proxy’s request',
    bytes: `GET http://127.0.0.1:22/ HTTP/1.1\r\n${HEAD}\r\n`,
    answers: HARMLESS,
  },
  {
    name: 'a parameter that stands twice',
    bytes: `GET /api/v1/meetings?a[]=1&a[__proto__]=2 HTTP/1.1\r\n${HEAD}\r\n`,
    answers: CLIENT_ERROR,
  },
  {
    name: 'a method written over',
    bytes: `POST /api/v1/meetings HTTP/1.1\r\n${HEAD}X-HTTP-Method-Override: DELETE\r\nContent-Length: 0\r\n\r\n`,
    answers: CLIENT_ERROR,
  },
  {
    name: 'an upgrade to nothing',
    bytes: `GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n`,
    answers: /^HTTP\/1\.1 4/,
  },
  {
    name: 'a handshake without key',
    bytes: `GET /sip HTTP/1.1\r\nHost: x\r\nOrigin: http://x\r\nSec-WebSocket-Protocol: sip\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    answers: CLIENT_ERROR,
  },
];

interface JsonCase {
  readonly name: string;
  readonly body: string;
  readonly type?: string;
}

/** Bodies that no route takes. */
export const JSON_JUNK: readonly JsonCase[] = [
  { name: 'nothing', body: '' },
  { name: 'half', body: '{"name":' },
  { name: 'a number', body: '7' },
  { name: 'null', body: 'null' },
  { name: 'an array', body: '[]' },
  { name: '70 kB', body: `{"name":"${'a'.repeat(70_000)}"}` },
  { name: '10,000 deep', body: `${'['.repeat(10_000)}${']'.repeat(10_000)}` },
  { name: 'a prototype', body: '{"__proto__":{"role":"moderator"},"name":"x"}' },
  { name: 'a constructor', body: '{"constructor":{"prototype":{"x":1}},"name":"x"}' },
  { name: 'names that are no names', body: '{"name":{"toString":1},"username":[],"role":7}' },
  { name: 'a line break in a name', body: '{"name":"a\\r\\nb","username":"a\\r\\nb","role":"x"}' },
  { name: 'a lone surrogate', body: '{"name":"\\ud800","username":"\\ud800","role":"x"}' },
  {
    name: 'more fields than there are',
    body: '{"name":"x","username":"x1","role":"participant","id":"m-1","admin":true}',
  },
  { name: 'no JSON', body: 'name=x', type: 'application/x-www-form-urlencoded' },
  { name: 'another character set', body: '{"name":"x"}', type: 'application/json; charset=utf-16' },
];
