import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AuditEntry } from '../../meetings/rules/audit.ts';
import { callOutside } from '../../meetings/rules/call-outside.ts';
import type { Trunk } from '../../protocol/call/trunk.ts';
import { startMeetings } from '../support/meetings.ts';
import type { TestMeetings } from '../support/meetings.ts';

const dialOut = { prefixes: ['+49'], concurrent: 2, perDay: 9, minutes: 10, country: '49' };
const TRUNK: Trunk = {
  name: 'telco',
  server: 'sip.example.org:5060',
  transport: 'udp',
  addresses: [],
  numbers: [],
  register: false,
  outbound: true,
  trustsCallerId: false,
};

let world: TestMeetings;
beforeEach(async () => {
  world = await startMeetings({ dialOut });
  await world.parts.accounts.create('anna', 'Anna');
});
afterEach(() => world.stop());

const plan = (number: string, source = '192.0.2.7') =>
  world.parts.directory.planNumber(`line-${number}`, number, { account: 'anna', source });

async function told(): Promise<readonly AuditEntry[]> {
  await world.parts.audit.stop();
  return world.parts.audit.read(1, 99);
}

test('a number that somebody’s telephone calls is written down by its last digits', async () => {
  await world.parts.trunks.create(TRUNK);
  expect(await plan('030901234')).toMatchObject({ kind: 'call' });
  const entries = await told();
  expect(entries).toMatchObject([
    {
      ...{ who: 'account anna', from: '192.0.…', act: 'call outside', subject: '+49…1234' },
      ...{ detail: 'trunk=telco', outcome: 'done' },
    },
  ]);
  expect(JSON.stringify(entries)).not.toContain('30901234');
});

test('whose phone it is, is named where it is somebody’s', async () => {
  await world.parts.trunks.create(TRUNK);
  await world.parts.accounts.change('anna', { personId: 'p-1' });
  await plan('+4930901234');
  expect(await told()).toMatchObject([{ who: 'person p-1' }]);
});

test('a browser, which comes by our own address, is given none', async () => {
  for (const own of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) await plan('+4930901234', own);
  expect((await told()).map(({ from }) => from)).toEqual(['', '', '']);
});

test.each([
  ['+33123456789', 'refused prefix'],
  ['+49900123456', 'refused premium'],
  ['+4930901234', 'refused no-trunk'],
])('a call to %s that is not made is told too', async (number, outcome) => {
  expect(await plan(number)).toMatchObject({ kind: 'refused' });
  expect(await told()).toMatchObject([{ act: 'call outside', outcome }]);
});

test('what is no number is in no log: it may be a code', async () => {
  await plan('0');
  expect(await told()).toEqual([]);
});

test('a meeting that calls an account calls nobody outside', async () => {
  const by = { who: 'person p-1', from: '' };
  await world.parts.dialOut.plan('c-1', { account: 'anna' }, by);
  expect(await told()).toEqual([]);
});

test.each([
  ['full', '+49…1234'],
  ['masked', '+49…1234'],
  ['hidden', undefined],
] as const)('where numbers are %s the log has %s', (policy, subject) => {
  const outcome = { kind: 'called', trunk: 'telco' } as const;
  const act = callOutside(
    { who: 'admin key', from: '' },
    { number: '+4930901234', outcome },
    policy,
  );
  expect(act.subject).toBe(subject);
});
