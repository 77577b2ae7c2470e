import fc from 'fast-check';
import { Agent, request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { meetingName, personName } from '../../../api/bigbluebutton/names.ts';
import { element, formatXml } from '../../../api/bigbluebutton/xml.ts';
import { isMeetingName, isPersonName } from '../../../meetings/rules/names.ts';
import { parseXml, signedQuery, startBigBlueButtonWorld } from '../../support/bigbluebutton.ts';
import type { BbbWorld } from '../../support/bigbluebutton.ts';

const SEED = 20_261_122;
const REQUESTS = 2_000;

const CALLS = [
  ...['create', 'create', 'join', 'join', 'end', 'isMeetingRunning', 'getMeetingInfo'],
  ...['getMeetings', 'getRecordings', 'publishRecordings', 'deleteRecordings', 'updateRecordings'],
  ...['hooks/create', 'hooks/destroy', 'hooks/list', 'getRecordingTextTracks', 'nonsense'],
];
const NAMES = [
  ...['meetingID', 'name', 'fullName', 'password', 'attendeePW', 'moderatorPW', 'voiceBridge'],
  ...['duration', 'maxParticipants', 'guestPolicy', 'role', 'userID', 'redirect', 'createTime'],
  ...['meta_a', 'meta_<b>', 'userdata-x', '__proto__', 'constructor', 'errorRedirectUrl', 'guest'],
  ...['callbackURL', 'hookID', 'eventID', 'recordID', 'publish', 'meetingEndedURL', 'checksum'],
];
const VALUES = [
  ...['', '1', 'ab', 'm-1', 'm-2', 'true', 'false', '-1', '99999', '1e9', 'MODERATOR', 'VIEWER'],
  ...['</x>', '<!--', ']]>', '&amp;', '"', "'", '\u0000', '\ud800', '\uffff', '\u202e', 'ü', '😀'],
  ...['ASK_MODERATOR', 'https://a.example/', 'http://127.0.0.1/', 'javascript:1', 'x'.repeat(300)],
];

let world: BbbWorld;
const agent = new Agent({ keepAlive: true, maxSockets: 8 });
beforeAll(async () => {
  world = await startBigBlueButtonWorld();
});
afterAll(async () => {
  agent.destroy();
  await world.stop();
});

const text = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...VALUES) },
  { weight: 1, arbitrary: fc.string({ maxLength: 40, unit: 'binary' }) },
);
const encoded = text.map((value) => encodeURIComponent(Buffer.from(value).toString()));
/** As it goes into an address: encoded, half encoded, or what no encoder writes. */
const piece = fc
  .tuple(
    fc.constantFrom(...NAMES),
    fc.oneof(
      { weight: 5, arbitrary: encoded },
      { weight: 1, arbitrary: fc.constantFrom('%', '%zz', '%ff%fe', '+', '=', '==', '%00', '?') },
    ),
  )
  .map(([name, value]) => `${encodeURIComponent(name)}=${value}`);
const asked = fc.record({
  call: fc.constantFrom(...CALLS),
  meeting: fc.constantFrom(
    '',
    'meetingID=m-1&name=N&fullName=F',
    'meetingID=m-2&name=N&role=VIEWER',
  ),
  pieces: fc.array(piece, { maxLength: 7 }),
  signed: fc.constantFrom('sha1', 'sha256', 'sha384', 'sha512', 'not'),
  posted: fc.boolean(),
});

test(
  `${REQUESTS} requests of all kinds are answered in well-formed XML or led somewhere, none fails`,
  { timeout: 60_000 },
  async () => {
    const samples = fc.sample(asked, { numRuns: REQUESTS, seed: SEED });
    const statuses = new Map<number, number>();
    const returned = new Map<string, number>();
    const one = async ({ call, meeting, pieces, signed, posted }: (typeof samples)[number]) => {
      const query = [meeting, ...pieces].filter((each) => each !== '').join('&');
      const target = signed === 'not' ? `${call}?${query}` : signedQuery(call, query, signed);
      const { status, body, type } = await send(target, posted);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (type.startsWith('text/xml')) {
        const code =
          parseXml(body).children.find(([name]) => name === 'returncode')?.[1].text ?? '';
        returned.set(code, (returned.get(code) ?? 0) + 1);
      }
    };
    for (let at = 0; at < samples.length; at += 8)
      await Promise.all(samples.slice(at, at + 8).map(one));
    expect([...statuses.keys()].sort()).toEqual([200, 302]);
    expect([...returned.keys()].sort()).toEqual(['FAILED', 'SUCCESS']);
    expect(returned.get('SUCCESS')).toBeGreaterThan(200);
    expect(world.lines.filter(({ level }) => level === 'error')).toEqual([]);
  },
);

test('whatever stands in an element comes out as it was, but for what XML forbids', () => {
  fc.assert(
    fc.property(text, (value) => {
      const [, node] = parseXml(formatXml(element('response', [element('a', value)])))
        .children[0] ?? ['', undefined];
      const allowed = /^[\u0009\u000a\u000d\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;
      expect(node?.text).toMatch(allowed);
      if (allowed.test(value)) expect(node?.text).toBe(value);
      expect(node?.children).toEqual([]);
    }),
    { numRuns: 500, seed: SEED },
  );
});

test('an element has a name that is one', () => {
  for (const name of ['', '1a', 'a b', '<a>', 'a>', 'é', '-a', 'a'.repeat(200)])
    expect(() => element(name, '')).toThrow();
});

test('every name becomes one that ours may have, and a good one stays', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200, unit: 'binary' }), (name) => {
      expect(isPersonName(personName(name))).toBe(true);
      expect(isMeetingName(meetingName(name))).toBe(true);
      if (isPersonName(name) && !/ {2}/.test(name)) expect(personName(name)).toBe(name);
    }),
    { numRuns: 300, seed: SEED },
  );
});

function send(
  target: string,
  posted: boolean,
): Promise<{ readonly status: number; readonly body: string; readonly type: string }> {
  const { hostname, port } = new URL(world.url);
  const [path = '', ...query] = target.split('?');
  const form = query.join('?');
  const shared = { hostname, port, agent };
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(form),
  };
  const sent = posted
    ? request({ ...shared, method: 'POST', path: `/bigbluebutton/api/${path}`, headers })
    : request({ ...shared, path: `/bigbluebutton/api/${target}` });
  return new Promise((resolve, reject) => {
    sent.on('error', reject).on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks).toString(),
          type: response.headers['content-type'] ?? '',
        }),
      );
    });
    sent.end(posted ? form : undefined);
  });
}
