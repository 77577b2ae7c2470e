import { expect, test } from 'vitest';
import type { DrachtioFacts } from '../../check/drachtio-facts.ts';
import { readWelcome } from '../../check/drachtio-facts.ts';
import { drachtioFindings } from '../../check/drachtio-findings.ts';
import type { Mark } from '../../check/finding.ts';
import type { OptionsAnswer, SipTarget } from '../../check/sip-options.ts';

const NOW = Date.UTC(2030, 0, 1);
const DAY = 86_400_000;
const at = (transport: SipTarget['transport'], host = '127.0.0.1'): SipTarget => ({
  transport,
  host,
  port: 5060,
});
const CONTACTS = [at('udp'), at('tcp'), at('tls'), at('ws')];

function answering(
  contacts: readonly SipTarget[],
  answer: (contact: SipTarget) => OptionsAnswer | undefined,
): DrachtioFacts {
  return {
    ...{ host: '127.0.0.1', port: 9022, nowMs: NOW, doors: [] },
    login: { kind: 'in', version: 'v0.9.10-1-g9c2dd4cb6a', contacts },
    answers: new Map(contacts.map((contact) => [contact, answer(contact)])),
  };
}

function answer({ transport }: SipTarget): OptionsAnswer {
  return { status: 200, ...(transport === 'tls' ? { certificateEndsMs: NOW + 60 * DAY } : {}) };
}

const GOOD = answering(CONTACTS, answer);

test('a drachtio-server on our configuration with a certificate has nothing to mend', () => {
  expect([...new Set(drachtioFindings(GOOD).map(({ mark }) => mark))]).toEqual(['ok']);
});

const CASES: readonly {
  readonly name: string;
  readonly facts: DrachtioFacts;
  readonly what: string;
  readonly mark: Mark;
  readonly says: RegExp;
}[] = [
  {
    name: 'nobody listens',
    facts: { ...GOOD, login: { kind: 'lost', detail: 'connect ECONNREFUSED' } },
    what: 'port for applications',
    mark: 'fault',
    says: /ECONNREFUSED.*drachtio-conf\/start/s,
  },
  {
    name: 'the secret is another',
    facts: { ...GOOD, login: { kind: 'refused', known: false } },
    what: 'secret',
    mark: 'fault',
    says: /^refused.*DRACHTIO_SECRET/s,
  },
  {
    name: 'the server takes the secret of every example',
    facts: { ...GOOD, login: { kind: 'refused', known: true } },
    what: 'secret',
    mark: 'fault',
    says: /everybody knows.*the word admin/s,
  },
  {
    name: 'its port is open to the network',
    facts: { ...GOOD, doors: [{ address: '192.0.2.10', open: true }] },
    what: 'its reach',
    mark: 'fault',
    says: /9022 is open at 192\.0\.2\.10.*127\.0\.0\.1/s,
  },
  {
    name: 'it is on another machine',
    facts: { ...GOOD, host: '192.0.2.20' },
    what: 'its reach',
    mark: 'warning',
    says: /another machine.*tunnel/s,
  },
  {
    name: 'it is old',
    facts: { ...GOOD, login: { kind: 'in', version: 'v0.8.26', contacts: CONTACTS } },
    what: 'version',
    mark: 'warning',
    says: /v0\.8\.26/,
  },
  {
    name: 'browsers have no door',
    facts: answering([at('udp'), at('tcp'), at('tls')], answer),
    what: 'SIP over WS',
    mark: 'fault',
    says: /no contact, for browsers.*;transport=ws/s,
  },
  {
    name: 'a contact does not answer',
    facts: answering(CONTACTS, (each) => (each.transport === 'tcp' ? undefined : answer(each))),
    what: 'SIP over TCP',
    mark: 'fault',
    says: /no answer to OPTIONS at 127\.0\.0\.1:5060/,
  },
  {
    name: 'Partyline is away',
    facts: answering(CONTACTS, (each) => ({ ...answer(each), status: 503 })),
    what: 'SIP over UDP',
    mark: 'ok',
    says: /503: no Partyline has joined/,
  },
  {
    name: 'phones cannot encrypt',
    facts: answering([at('udp'), at('tcp'), at('ws')], answer),
    what: 'SIP over TLS',
    mark: 'warning',
    says: /not open.*DRACHTIO_TLS_CERT_FILE/s,
  },
  {
    name: 'the certificate ended',
    facts: answering(CONTACTS, (each) => ({
      ...answer(each),
      ...(each.transport === 'tls' ? { certificateEndsMs: NOW - DAY } : {}),
    })),
    what: 'certificate',
    mark: 'fault',
    says: /ended 1 days ago.*Renew/s,
  },
  {
    name: 'the certificate ends soon',
    facts: answering(CONTACTS, (each) => ({
      ...answer(each),
      ...(each.transport === 'tls' ? { certificateEndsMs: NOW + 3 * DAY } : {}),
    })),
    what: 'certificate',
    mark: 'warning',
    says: /ends in 3 days/,
  },
  {
    name: 'the browsers’ door is open to the network',
    facts: answering([at('udp'), at('tcp'), at('tls'), at('ws', '192.0.2.10')], answer),
    what: 'browsers’ door',
    mark: 'warning',
    says: /192\.0\.2\.10.*\/sip/s,
  },
];
for (const { name, facts, what, mark, says } of CASES) {
  test(`${name}: told once, with what to do`, () => {
    const lines = drachtioFindings(facts).filter((each) => each.what === what);
    expect(lines.map((each) => each.mark)).toEqual([mark]);
    expect(`${lines[0]?.found}\n${lines[0]?.remedy}`).toMatch(says);
    const faults = drachtioFindings(facts).filter((each) => each.mark === 'fault');
    expect(faults.length).toBe(mark === 'fault' ? 1 : 0);
  });
}

test('the contacts of this machine are read, not the public ones that phones are told', () => {
  const told = 'tls/198.51.100.7:5061,udp/198.51.100.7:5060';
  const here = 'tls/127.0.0.1:5061,udp/[::1]:5060,sctp/127.0.0.1:5060';
  expect(readWelcome(`x|response|1|OK|${told}|v0.9.10|${here}`)).toEqual({
    kind: 'in',
    version: 'v0.9.10',
    contacts: [
      { transport: 'tls', host: '127.0.0.1', port: 5061 },
      { transport: 'udp', host: '[::1]', port: 5060 },
    ],
  });
  expect(readWelcome('x|response|1|NO|incorrect secret')).toBeUndefined();
});
