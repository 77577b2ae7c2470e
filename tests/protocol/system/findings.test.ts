import { describe, expect, test } from 'vitest';
import type { SystemFacts, SystemNode } from '../../../protocol/http/system.ts';
import { systemFindings } from '../../../protocol/system/findings.ts';

const GIB = 1024 ** 3;
const NODE: SystemNode = {
  ...{ id: 'fs1:8021', state: 'up', draining: false, people: 3, rooms: 1, embedded: false },
  ...{ idleCpu: 80, sessions: 3, maxSessions: 1_000, warnings: [] },
};
const WELL: SystemFacts = {
  at: '2026-11-22T09:00:00.000Z',
  process: {
    ...{ version: '0.1.0', node: '20.1.0', host: 'meet', pid: 7, processors: 2, load: 0.5 },
    startedAt: '2026-11-22T08:00:00.000Z',
    ...{ memoryBytes: GIB / 8, memoryTotalBytes: 4 * GIB, loopDelay: { p50: 1, p99: 4, max: 9 } },
  },
  now: { calls: 3, people: 3, rooms: 1, phones: 1, accounts: 2 },
  nodes: [NODE],
  sip: { embedded: false, joined: true, address: 'meet:5060', transports: ['udp'] },
  trunks: [{ name: 'telco', state: 'registered' }],
  store: { kind: 'redis', answersInMs: 1, clockOffMs: 12 },
  disks: [{ what: 'data', freeBytes: 20 * GIB, totalBytes: 40 * GIB }],
  web: {
    url: 'https://meet.example',
    certificate: {
      validFrom: '2026-11-01T00:00:00.000Z',
      validTo: '2027-01-30T00:00:00.000Z',
      fits: true,
    },
  },
};
const OTHER = { ...NODE, id: 'fs2:8021' };

test('where all is well, each thing that was looked at is said to be well', () => {
  const found = systemFindings(WELL);
  expect(found.map(({ mark }) => mark)).toEqual(found.map(() => 'ok'));
  expect(found.map(({ kind }) => kind)).toEqual([
    ...['nodes-up', 'sip-up', 'trunks-up', 'store-up', 'clock-right', 'disk-enough'],
    ...['memory-enough', 'loop-quick', 'certificate-good'],
  ]);
});

function node(part: Partial<SystemNode>): Partial<SystemFacts> {
  return { nodes: [{ ...NODE, ...part }] };
}

function certificate(part: Partial<NonNullable<SystemFacts['web']['certificate']>>) {
  const { web } = WELL;
  const whole = { validFrom: '', validTo: '', fits: true, ...web.certificate, ...part };
  return { web: { ...web, certificate: whole } };
}

const CASES: readonly (readonly [string, Partial<SystemFacts>, string, 'warning' | 'fault'])[] = [
  ['the one FreeSWITCH is dead', node({ state: 'dead' }), 'node-dead', 'fault'],
  [
    'one FreeSWITCH of two is dead',
    { nodes: [OTHER, { ...NODE, state: 'dead' }] },
    'node-dead',
    'warning',
  ],
  ['a FreeSWITCH takes commands alone', node({ state: 'doubted' }), 'node-doubted', 'warning'],
  ['our calls are turned away', node({ refusesCalls: true }), 'node-refuses-calls', 'fault'],
  ['a module is missing', node({ warnings: ['no mod_opus'] }), 'node-warning', 'warning'],
  ['processors are nearly used up', node({ idleCpu: 4 }), 'node-busy', 'warning'],
  ['sessions are nearly used up', node({ sessions: 900 }), 'node-full', 'warning'],
  ['the one that is up is emptied', node({ draining: true }), 'no-node-open', 'fault'],
  [
    'one of two is emptied',
    { nodes: [OTHER, { ...NODE, draining: true }] },
    'node-draining',
    'warning',
  ],
  ['drachtio is away', { sip: { ...WELL.sip, joined: false } }, 'sip-away', 'fault'],
  [
    'a trunk is refused',
    { trunks: [{ name: 'telco', state: 'refused' }] },
    'trunk-down',
    'warning',
  ],
  ['the store is silent', { store: { kind: 'redis' } }, 'store-away', 'fault'],
  ['the store is slow', { store: { kind: 'lmdb', answersInMs: 150 } }, 'store-slow', 'warning'],
  ['the clock is off', { store: { ...WELL.store, clockOffMs: -3_000 } }, 'clock-off', 'warning'],
  ['it is far off', { store: { ...WELL.store, clockOffMs: 31_000 } }, 'clock-off', 'fault'],
  [
    'little is free',
    { disks: [{ what: 'recordings', freeBytes: GIB, totalBytes: 40 * GIB }] },
    'disk-little',
    'warning',
  ],
  [
    'nothing is free',
    { disks: [{ what: 'data', freeBytes: 0, totalBytes: 40 * GIB }] },
    'disk-little',
    'fault',
  ],
  [
    'memory runs out',
    { process: { ...WELL.process, memoryBytes: 3.5 * GIB } },
    'memory-little',
    'warning',
  ],
  [
    'the event loop is late',
    { process: { ...WELL.process, loopDelay: { p50: 1, p99: 60, max: 90 } } },
    'loop-slow',
    'warning',
  ],
  [
    'it stands still',
    { process: { ...WELL.process, loopDelay: { p50: 1, p99: 400, max: 900 } } },
    'loop-slow',
    'fault',
  ],
  [
    'the certificate ends soon',
    certificate({ validTo: '2026-12-01T00:00:00.000Z' }),
    'certificate-ends',
    'warning',
  ],
  [
    'it has ended',
    certificate({ validTo: '2026-11-22T08:59:59.000Z' }),
    'certificate-over',
    'fault',
  ],
  [
    'it is not valid yet',
    certificate({ validFrom: '2026-11-23T00:00:00.000Z' }),
    'certificate-early',
    'fault',
  ],
  ['it is for another name', certificate({ fits: false }), 'certificate-other', 'fault'],
  ['pages come by HTTP', { web: { url: 'http://meet.example' } }, 'web-plain', 'fault'],
];

describe.each(CASES)('%s', (_name, part, kind, mark) => {
  const found = systemFindings({ ...WELL, ...part });

  test('is found, first of all, with what to do', () => {
    expect(found[0]).toMatchObject({ kind, mark });
    expect(found[0]?.remedy).toMatch(/\S/);
  });

  test('leaves all else as it was', () => {
    expect(found.filter((each) => each.kind === kind)).toHaveLength(1);
  });
});

test.each(['http://localhost:8080', 'http://127.0.0.1:8080', 'https://proxy.example'])(
  '%s needs no certificate of ours',
  (url) => {
    const found = systemFindings({ ...WELL, web: { url } });
    expect(found.find(({ kind }) => kind === 'web-elsewhere')?.mark).toBe('ok');
  },
);

test('without trunks nothing is said of them', () => {
  const kinds = systemFindings({ ...WELL, trunks: [] }).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind.startsWith('trunk'))).toEqual([]);
});
