import type { SystemFacts } from '../../protocol/http/system.ts';

/** A server that is well. */
export const SYSTEM_FACTS: SystemFacts = {
  at: '2026-11-22T09:00:00.000Z',
  process: {
    version: '0.1.0',
    node: '20.19.2',
    host: 'meet',
    pid: 4_711,
    startedAt: '2026-11-20T08:00:00.000Z',
    memoryBytes: 190_000_000,
    memoryTotalBytes: 8_300_000_000,
    processors: 4,
    load: 0.42,
    loopDelay: { p50: 1, p99: 6, max: 14 },
  },
  now: { calls: 12, people: 12, rooms: 3, phones: 2, accounts: 5 },
  nodes: [
    {
      id: '10.0.0.5:8021',
      state: 'up',
      draining: false,
      people: 9,
      rooms: 2,
      idleCpu: 78,
      version: '1.11.1-release',
      embedded: false,
      sessions: 9,
      maxSessions: 1_000,
      upSince: '2026-11-19T21:00:00.000Z',
      seenAt: '2026-11-22T08:59:58.000Z',
      warnings: [],
    },
  ],
  sip: {
    embedded: false,
    joined: true,
    address: 'meet.example.org:5060',
    transports: ['udp', 'tcp', 'ws'],
  },
  trunks: [{ name: 'provider', state: 'registered' }],
  store: { kind: 'lmdb', answersInMs: 1, bytes: 12_400_000 },
  disks: [
    {
      what: 'data',
      freeBytes: 41_000_000_000,
      totalBytes: 80_000_000_000,
      usedBytes: 13_000_000,
    },
  ],
  web: {
    url: 'https://meet.example.org',
    certificate: {
      validFrom: '2026-10-01T00:00:00.000Z',
      validTo: '2026-12-30T00:00:00.000Z',
      fits: true,
    },
  },
};
