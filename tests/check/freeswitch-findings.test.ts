import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { FreeswitchFacts } from '../../check/freeswitch-facts.ts';
import { freeswitchFindings } from '../../check/freeswitch-findings.ts';
import type { Mark } from '../../check/finding.ts';

/** What FreeSWITCH 1.11.1 said on our configuration. */
const RECORDED = JSON.parse(
  readFileSync(new URL('../data/freeswitch-1.11.1/check.json', import.meta.url), 'utf8'),
) as { readonly answers: Readonly<Record<string, string>>; readonly clockS: number };

const GOOD: FreeswitchFacts = {
  node: { host: '127.0.0.1', port: 8021, sip: { host: '127.0.0.1', port: 5080 } },
  login: { kind: 'in' },
  answers: new Map(Object.entries(RECORDED.answers)),
  options: 200,
  gateways: ['127.0.0.1'],
  publicIp: '127.0.0.1',
  prompt: '/prompts/en/welcome-enter-code.wav',
  nowMs: RECORDED.clockS * 1000,
  doors: [{ address: '192.0.2.10', open: false }],
};

const PROFILE = 'sofia xmlstatus profile partyline';
const conf = (name: string) => `xml_locate configuration configuration name ${name}.conf`;

/** The good one with one answer changed, or taken away. */
function saying(question: string, change: string | ((said: string) => string)): FreeswitchFacts {
  const said = GOOD.answers.get(question);
  if (said === undefined) throw new Error(`nobody recorded ${question}`);
  const answer = typeof change === 'string' ? change : change(said);
  if (answer === said) throw new Error(`that changes nothing in ${question}`);
  return { ...GOOD, answers: new Map(GOOD.answers).set(question, answer) };
}

const without = (question: string): FreeswitchFacts => ({
  ...GOOD,
  answers: new Map([...GOOD.answers].filter(([asked]) => asked !== question)),
});

/** A parameter as `xml_locate` writes it. */
const param = (name: string, value: string) => `<param name="${name}" value="${value}"></param>`;
const setting =
  (name: string, was: string, is: string) =>
  (said: string): string =>
    said.replace(param(name, was), param(name, is));

test('our configuration on 1.11.1 has nothing to mend, and its age to look at', () => {
  const findings = freeswitchFindings(GOOD);
  expect(findings.filter(({ mark }) => mark === 'fault')).toEqual([]);
  expect(findings.filter(({ mark }) => mark === 'warning').map(({ what }) => what)).toEqual([
    'version',
  ]);
});

test('from 1.11.2 on, with the list of interfaces, everything is right', () => {
  const answers = new Map(GOOD.answers)
    .set('version short', '1.11.2-release')
    .set('show api', 'name,description,syntax,ikey\nstatus,,,\n');
  const marks = freeswitchFindings({ ...GOOD, answers }).map(({ mark }) => mark);
  expect([...new Set(marks)]).toEqual(['ok']);
});

const CASES: readonly {
  readonly name: string;
  readonly facts: FreeswitchFacts;
  readonly what: string;
  readonly mark: Mark;
  readonly says: RegExp;
}[] = [
  {
    name: 'nobody listens',
    facts: { ...GOOD, login: { kind: 'out', detail: 'connect ECONNREFUSED.' } },
    what: 'event socket',
    mark: 'fault',
    says: /ECONNREFUSED.*Start FreeSWITCH/s,
  },
  {
    name: 'the password is another',
    facts: {
      ...GOOD,
      login: { kind: 'out', detail: 'FreeSWITCH refuses the event socket password.' },
    },
    what: 'password',
    mark: 'fault',
    says: /refused.*PARTYLINE_ESL_PASSWORD/s,
  },
  {
    name: 'the event socket’s list refuses us',
    facts: {
      ...GOOD,
      login: { kind: 'out', detail: "FreeSWITCH's access list refuses this address." },
    },
    what: 'event socket',
    mark: 'fault',
    says: /refuses this address.*event_socket\.conf\.xml/s,
  },
  {
    name: 'the event socket is open to the network',
    facts: { ...GOOD, doors: [{ address: '192.0.2.10', open: true }] },
    what: 'event socket’s reach',
    mark: 'fault',
    says: /8021 is open at 192\.0\.2\.10.*listen-ip/s,
  },
  {
    name: 'FreeSWITCH is on another machine',
    facts: { ...GOOD, node: { ...GOOD.node, host: '192.0.2.20' }, doors: [] },
    what: 'event socket’s reach',
    mark: 'warning',
    says: /another machine.*tunnel/s,
  },
  {
    name: 'it is old',
    facts: saying('version short', '1.10.12-release\n'),
    what: 'version',
    mark: 'fault',
    says: /1\.10\.12.*Update to 1\.11\.1/s,
  },
  {
    name: 'a module is missing',
    facts: saying('module_exists mod_opus', 'false'),
    what: 'mod_opus',
    mark: 'fault',
    says: /not loaded: browsers' audio.*modules\.conf\.xml/s,
  },
  {
    name: 'a codec is missing',
    facts: saying('show codec', (said) => said.replace(/codec,OPUS.*\n/, '')),
    what: 'codecs',
    mark: 'fault',
    says: /without OPUS/,
  },
  {
    name: 'the profile is missing',
    facts: saying(PROFILE, 'Invalid Profile!'),
    what: 'SIP profile',
    mark: 'fault',
    says: /none called partyline.*partyline\.xml/s,
  },
  {
    name: 'calls go to another dialplan',
    facts: saying(PROFILE, (said) => said.replace('<context>partyline<', '<context>public<')),
    what: 'dialplan',
    mark: 'fault',
    says: /XML, public.*parked/s,
  },
  {
    name: 'the profile does not offer G.722',
    facts: saying(PROFILE, (said) =>
      said.replace('<inbound-codecs>OPUS,G722,', '<inbound-codecs>OPUS@48000h,'),
    ),
    what: 'codecs of the profile',
    mark: 'fault',
    says: /without G722\n/,
  },
  {
    name: 'digits come by INFO alone',
    facts: saying(PROFILE, (said) => said.replace('>rfc2833<', '>info<')),
    what: 'keypad tones',
    mark: 'fault',
    says: /info.*rfc2833/s,
  },
  {
    name: 'audio stays on loopback while phones are elsewhere',
    facts: { ...GOOD, publicIp: '192.0.2.10' },
    what: 'media address',
    mark: 'fault',
    says: /127\.0\.0\.1, while phones are told 192\.0\.2\.10.*PARTYLINE_MEDIA_IP/s,
  },
  {
    name: 'messages are taken',
    facts: saying(conf('sofia'), setting('enable-chat', 'false', 'true')),
    what: 'MESSAGE',
    mark: 'fault',
    says: /run commands.*enable-chat to false/s,
  },
  {
    name: 'registrations are taken',
    facts: saying(conf('sofia'), setting('disable-register', 'true', 'false')),
    what: 'REGISTER',
    mark: 'warning',
    says: /disable-register/,
  },
  {
    name: 'legs are named by FreeSWITCH',
    facts: saying(conf('sofia'), setting('inbound-use-callid-as-uuid', 'true', 'false')),
    what: 'names of legs',
    mark: 'warning',
    says: /inbound-use-callid-as-uuid/,
  },
  {
    name: 'there is a stock profile beside ours',
    facts: saying(conf('sofia'), (said) =>
      said.replace('<profiles>', '<profiles><profile name="internal"></profile>'),
    ),
    what: 'another SIP profile',
    mark: 'warning',
    says: /internal/,
  },
  {
    name: 'everybody may call',
    facts: saying(conf('sofia'), (said) => said.replace(param('apply-inbound-acl', 'gateway'), '')),
    what: 'who may call',
    mark: 'fault',
    says: /everybody.*apply-inbound-acl/s,
  },
  {
    name: 'our gateway may not call',
    facts: saying('acl 127.0.0.1 gateway', 'false'),
    what: 'who may call',
    mark: 'fault',
    says: /not our gateway, at 127\.0\.0\.1.*403.*PARTYLINE_GATEWAY_CIDR to 127\.0\.0\.1\/32/s,
  },
  {
    name: 'one of our two gateways may not call',
    facts: { ...GOOD, gateways: ['127.0.0.1', '192.0.2.10'] },
    what: 'who may call',
    mark: 'fault',
    says: /at 192\.0\.2\.10:.*PARTYLINE_GATEWAY_CIDR to 127\.0\.0\.1\/32,192\.0\.2\.10\/32 /s,
  },
  {
    name: 'strangers may call',
    facts: saying('acl 203.0.113.77 gateway', 'true'),
    what: 'who may not call',
    mark: 'fault',
    says: /203\.0\.113\.77.*Narrow PARTYLINE_GATEWAY_CIDR/s,
  },
  {
    name: 'its SIP port does not answer',
    facts: { ...GOOD, options: undefined },
    what: 'SIP',
    mark: 'fault',
    says: /127\.0\.0\.1:5080.*firewall/s,
  },
  {
    name: 'the conference profile is missing',
    facts: saying(conf('conference'), (said) =>
      said.replace('profile name="partyline"', 'profile name="default"'),
    ),
    what: 'conference profile',
    mark: 'fault',
    says: /none called partyline/,
  },
  {
    name: 'rooms are narrow',
    facts: saying(conf('conference'), setting('rate', '48000', '8000')),
    what: 'room’s rate',
    mark: 'warning',
    says: /8000 Hz/,
  },
  {
    name: 'an event is suppressed',
    facts: saying(conf('conference'), (said) =>
      said.replace(param('rate', '48000'), param('suppress-events', 'energy-level, add-member')),
    ),
    what: 'room’s events',
    mark: 'fault',
    says: /^add-member suppressed/,
  },
  {
    name: 'a key is bound',
    facts: saying(conf('conference'), (said) =>
      said.replace(
        '<group name="partyline"></group>',
        '<group name="partyline"><control action="hangup" digits="#"></control></group>',
      ),
    ),
    what: 'room’s keys',
    mark: 'fault',
    says: /^partyline binds keys/,
  },
  {
    name: 'stock keys are in force',
    facts: saying(conf('conference'), (said) =>
      said.replace(param('caller-controls', 'partyline'), ''),
    ),
    what: 'room’s keys',
    mark: 'fault',
    says: /^default binds keys/,
  },
  {
    name: 'variables run commands',
    facts: saying('fsctl api_expansion', '+OK api_expansion is on \n'),
    what: 'API expansion',
    mark: 'fault',
    says: /api-expansion to false/,
  },
  {
    name: 'XML may name entities',
    facts: saying('global_getvar xml_disable_dtd', ''),
    what: 'document types in XML',
    mark: 'warning',
    says: /not set.*xml_disable_dtd/s,
  },
  {
    name: 'few calls fit',
    facts: saying('status', (said) => said.replace('1000 session(s) max', '20 session(s) max')),
    what: 'calls at once',
    mark: 'warning',
    says: /^20\n.*max-sessions/s,
  },
  {
    name: 'a class would be turned away at the full hour',
    facts: saying('status', (said) => said.replace('out of max 100', 'out of max 10')),
    what: 'calls a second',
    mark: 'warning',
    says: /^10\n.*sessions-per-second/s,
  },
  {
    name: 'the ports are too few',
    facts: saying(conf('switch'), setting('rtp-end-port', '24999', '20099')),
    what: 'RTP ports',
    mark: 'warning',
    says: /20000-20099, for 50 calls where 1000 may come/,
  },
  {
    name: 'the ports are upside down',
    facts: saying(conf('switch'), setting('rtp-end-port', '24999', '1999')),
    what: 'RTP ports',
    mark: 'fault',
    says: /20000-1999/,
  },
  {
    name: 'the event socket is told to listen everywhere',
    facts: saying(conf('event_socket'), setting('listen-ip', '127.0.0.1', '::')),
    what: 'event socket’s address',
    mark: 'warning',
    says: /^::\n/,
  },
  {
    name: 'prompts cannot be read',
    facts: saying('file_exists /prompts/en/welcome-enter-code.wav', 'false'),
    what: 'prompts',
    mark: 'fault',
    says: /cannot see \/prompts.*user read that folder/s,
  },
  {
    name: 'its clock is wrong',
    facts: { ...GOOD, nowMs: GOOD.nowMs + 60_000 },
    what: 'clock',
    mark: 'warning',
    says: /60 s behind ours.*NTP/s,
  },
  {
    name: '1.11.2 offers a shell all the same',
    facts: saying('version short', '1.11.2\n'),
    what: 'shell commands',
    mark: 'warning',
    says: /system.*interface-allowlist/s,
  },
];

for (const { name, facts, what, mark, says } of CASES) {
  test(`${name}: told once, with what to do`, () => {
    const lines = freeswitchFindings(facts).filter((each) => each.what === what);
    expect(lines.map((each) => each.mark)).toEqual([mark]);
    expect(`${lines[0]?.found}\n${lines[0]?.remedy}`).toMatch(says);
    const faults = freeswitchFindings(facts).filter((each) => each.mark === 'fault');
    expect(faults.length).toBe(mark === 'fault' ? 1 : 0);
  });
}

test('what FreeSWITCH does not tell is not seen, and no fault', () => {
  for (const question of GOOD.answers.keys()) {
    const faults = freeswitchFindings(without(question)).filter(({ mark }) => mark === 'fault');
    // An access list that does not answer lets nobody in.
    expect(faults.map(({ what }) => what)).toEqual(
      question === 'acl 127.0.0.1 gateway' ? ['who may call'] : [],
    );
  }
});
