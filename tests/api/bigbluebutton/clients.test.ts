import { afterAll, beforeAll, expect, test } from 'vitest';
import { request } from 'node:http';
import type { BbbWorld } from '../../support/bigbluebutton.ts';
import { named, parseXml, startBigBlueButtonWorld } from '../../support/bigbluebutton.ts';

let world: BbbWorld;
beforeAll(async () => {
  world = await startBigBlueButtonWorld();
});
afterAll(() => world.stop());

/** What a client sent, recorded byte for byte, and what it looks for in the answer. */
type Exchange = readonly [query: string, expected: Readonly<Record<string, string>>];

const SUCCESS = { returncode: 'SUCCESS' };

/** bigbluebutton-js 0.2.0: what its own tests do, then names that its encoder leaves as they are. */
const BIGBLUEBUTTON_JS: readonly Exchange[] = [
  [
    'hooks/create?callbackURL=https%3A%2F%2Fmysite.com&checksum=a40307c8e5903c48db23ba410d5a4885b07fa59a',
    { ...SUCCESS, hookID: '1' },
  ],
  [
    'hooks/list?checksum=15e0d31c1b67ccc0bc9af5d714c6557f02b62cc5',
    { ...SUCCESS, 'hooks/hook/hookID': '1' },
  ],
  ['hooks/destroy?hookID=1&checksum=9b56c96adec0b1f9a9a6b5c28950d5e35287f10a', { removed: 'true' }],
  [
    'create?duration=1&name=Test%20Meeting&meetingID=42&checksum=59a4d3333e482f0d9ffbfc55179f766e2f7a6782',
    SUCCESS,
  ],
  [
    'getMeetingInfo?meetingID=42&checksum=732cdf435062f76f4a3d301a61f2abb7faa81b14',
    { ...SUCCESS, meetingName: 'Test Meeting', meetingID: '42', duration: '1' },
  ],
  ['end?meetingID=42&password=&checksum=4c2136483ad9628357040b6d5e3b492919e6d3f3', SUCCESS],
  [
    "create?record=true&attendeePW=ap&moderatorPW=mp&meta_a-b=%C3%BC%20%26%20%3Cx%3E&name=Maths%201%20%2B%202%20(%C3%9Cbung)&meetingID=js*!'1&checksum=4825972b242b22d6dd4db76e05f8b07cdc7f4440",
    { ...SUCCESS, meetingID: "js*!'1" },
  ],
  [
    "join?redirect=false&fullName=Zo%C3%AB%20O'Neil&meetingID=js*!'1&password=mp&checksum=8d564f520b4cbe5f9f79533c142123b1c464b569",
    { ...SUCCESS, messageKey: 'successfullyJoined' },
  ],
  // As a browser, or axios on Node, sends that very link.
  [
    'join?redirect=false&fullName=Zo%C3%AB%20O%27Neil&meetingID=js*!%271&password=mp&checksum=8d564f520b4cbe5f9f79533c142123b1c464b569',
    { ...SUCCESS, messageKey: 'successfullyJoined' },
  ],
  [
    'getMeetings?checksum=2027baa7771026e9e93392f55031535d1444c41f',
    {
      ...SUCCESS,
      'meetings/meeting/meetingName': 'Maths 1 + 2 (Übung)',
      'meetings/meeting/metadata/a-b': 'ü & <x>',
      'meetings/meeting/recording': 'true',
    },
  ],
];

/** bbb-promise 1.2.0. */
const BBB_PROMISE: readonly Exchange[] = [
  [
    'create?attendeePW=ap&moderatorPW=mp&welcome=Hello%20there&record=false&voiceBridge=71234&meta_course=Maths%201&name=Promise%20Meeting&meetingID=promise-1&checksum=bc011ba57ac0035401a0d7c7bc499aa68e62bf6d',
    { ...SUCCESS, voiceBridge: '71234', attendeePW: 'ap', moderatorPW: 'mp', messageKey: '' },
  ],
  [
    'create?attendeePW=ap&moderatorPW=mp&name=Promise%20Meeting&meetingID=promise-1&checksum=5b80e71f2d038cbd0ee65ee389c976f3af4e73a9',
    { ...SUCCESS, voiceBridge: '71234', messageKey: 'duplicateWarning' },
  ],
  [
    'getMeetingInfo?meetingID=promise-1&checksum=f1deddc62ed8e0396a94e0b73c77247e6be03d08',
    { ...SUCCESS, 'metadata/course': 'Maths 1', running: 'false', hasBeenForciblyEnded: 'false' },
  ],
  [
    'isMeetingRunning?meetingID=promise-1&checksum=3b3fb8a3962ed5321620da9807c47ad0cbb933b7',
    { ...SUCCESS, running: 'false' },
  ],
  [
    'getRecordings?meetingID=promise-1&checksum=4b71da8b3c24bd90f7652876248e514c5f7d6ddf',
    { ...SUCCESS, messageKey: 'noRecordings' },
  ],
  [
    'publishRecordings?recordID=x&publish=true&checksum=f964f1df40f7273191388d7340b6761f7aa0d8fc',
    { returncode: 'FAILED', messageKey: 'notFound' },
  ],
  [
    'deleteRecordings?recordID=x&checksum=376f517ee88f7da29d7d4f4593541ef267f48997',
    { returncode: 'FAILED', messageKey: 'notFound' },
  ],
  [
    'updateRecordings?meta_a=b&recordID=x&checksum=f3277ac03f1a6eec1bc86d3e982acd42effc289a',
    { returncode: 'FAILED', messageKey: 'notFound' },
  ],
  [
    'end?meetingID=promise-1&password=mp&checksum=1e814dc862700402ec89e0e325ef00dc0c70839e',
    { ...SUCCESS, messageKey: 'sentEndMeetingRequest' },
  ],
  [
    'getMeetingInfo?meetingID=promise-1&checksum=f1deddc62ed8e0396a94e0b73c77247e6be03d08',
    { ...SUCCESS, hasBeenForciblyEnded: 'true' },
  ],
];

test.each([
  ['bigbluebutton-js', BIGBLUEBUTTON_JS],
  ['bbb-promise', BBB_PROMISE],
])('%s gets what it looks for', async (_client, exchanges) => {
  for (const [query, expected] of exchanges) {
    const { status, body } = await raw(query);
    expect(status, query).toBe(200);
    expect(found(body, Object.keys(expected)), query).toEqual(expected);
  }
});

test('the join link of bbb-promise leads to our page', async () => {
  await raw(BBB_PROMISE[0]?.[0] ?? '');
  const { status, location } = await raw(
    'join?userID=ada&fullName=Ada%20Lovelace&meetingID=promise-1&password=mp&checksum=c1d9c9a3733884626fd39dad11059f9c6caca40c',
  );
  expect(status).toBe(302);
  expect(location).toMatch(/^http:\/\/127\.0\.0\.1:8080\/join\/t1\.[\w.-]+$/);
});

/** As it is: `fetch` would write some marks in another way. */
function raw(
  query: string,
): Promise<{ readonly status: number; readonly body: string; readonly location?: string }> {
  const { hostname, port } = new URL(world.url);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path: `/bigbluebutton/api/${query}` }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks).toString(),
          ...(response.headers.location !== undefined && { location: response.headers.location }),
        }),
      );
    })
      .on('error', reject)
      .end();
  });
}

function found(body: string, paths: readonly string[]): Record<string, string | undefined> {
  const root = parseXml(body);
  const at = (path: string) =>
    path.split('/').reduce((nodes, name) => nodes.flatMap((node) => named(node, name)), [root])[0];
  return Object.fromEntries(paths.map((path) => [path, at(path)?.text]));
}
