import type { Page } from 'playwright-core';
import type { SystemFacts, SystemView } from '../../../protocol/http/system.ts';
import { systemFindings } from '../../../protocol/system/findings.ts';
import { SYSTEM_FACTS } from '../../support/system.ts';
import type { PageServer } from './page-server.ts';
import { openConsole } from './scenes.ts';
import type { Shot } from './shot.ts';

/** The page that says how the server is. */
export const SYSTEM_SHOTS: readonly Shot[] = [
  { name: 'system-well', play: (page, server) => openSystem(page, server, SYSTEM_FACTS) },
  { name: 'system-troubled', play: (page, server) => openSystem(page, server, TROUBLED) },
  { name: 'system-drain', whole: false, play: drain },
];

const [FIRST] = SYSTEM_FACTS.nodes;

/** Several of everything, and much of it not as it should be. */
export const TROUBLED: SystemFacts = {
  ...SYSTEM_FACTS,
  processes: [
    { id: 'b7c0a1d2-1', isThis: true, drives: ['10.0.0.5:8021'] },
    { id: 'e4f5a6b7-2', isThis: false, drives: ['10.0.0.6:8021', '10.0.0.7:8021'] },
  ],
  nodes: FIRST
    ? [
        FIRST,
        { ...FIRST, id: '10.0.0.6:8021', draining: true, people: 3, rooms: 1, idleCpu: 6 },
        { ...FIRST, id: '10.0.0.7:8021', state: 'dead', people: 0, rooms: 0 },
      ]
    : [],
  trunks: [
    { name: 'provider', state: 'registered' },
    {
      name: 'fallback',
      state: 'refused',
      trouble: { kind: 'login-refused', status: 401, reason: 'Unauthorized' },
      detail: 'The provider does not take the user name and password.',
    },
  ],
  store: { kind: 'redis', answersInMs: 140, clockOffMs: 2_400 },
  disks: [
    ...SYSTEM_FACTS.disks,
    { what: 'recordings', freeBytes: 900_000_000, totalBytes: 80_000_000_000, usedBytes: 61e9 },
  ],
  web: { url: 'http://meet.example.org' },
};

export function viewOf(facts: SystemFacts): SystemView {
  return { ...facts, findings: systemFindings(facts) };
}

export async function openSystem(
  page: Page,
  server: PageServer,
  facts: SystemFacts,
): Promise<void> {
  openConsole(server);
  server.replies.set('GET /system', [200, viewOf(facts)]);
  await page.goto(`${server.url}/console#/system`);
  await page.getByRole('heading', { name: 'This process' }).waitFor();
}

async function drain(page: Page, server: PageServer): Promise<void> {
  await openSystem(page, server, TROUBLED);
  await page.getByRole('button', { name: 'Empty 10.0.0.5:8021' }).click();
  await page.getByRole('dialog').waitFor();
}
