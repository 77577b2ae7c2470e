import type { Page } from 'playwright-core';
import type { MeetingBreakouts } from '../../../protocol/room/breakouts.ts';
import type { RoomId } from '../../../protocol/room/room.ts';
import type { PageServer } from './page-server.ts';
import { person, ROOM } from './people.ts';
import { allowJoining, openConsole } from './scenes.ts';
import type { Shot } from './shot.ts';

export const RED = 'm-redredredredredr' as RoomId;
export const BLUE = 'm-blueblueblueblue' as RoomId;

/** Two rooms, for another while. */
export function redAndBlue(part: Partial<MeetingBreakouts> = {}): MeetingBreakouts {
  return {
    meeting: ROOM,
    rooms: [
      { id: RED, name: 'Red', number: 1 },
      { id: BLUE, name: 'Blue, with a rather long name for a small screen', number: 2 },
    ],
    self: false,
    endsAtMs: Date.now() + 9 * 60_000,
    ...part,
  };
}

const since = (minutes: number) => ({ joinedAtMs: Date.now() - minutes * 60_000 });
const BROWSER = { via: 'browser', personId: 'person-1' } as const;
export const ada = person(1, { name: 'Ada Lovelace', ...BROWSER, ...since(5) });
export const grace = person(2, { name: 'Grace Hopper', role: 'moderator', ...since(4) });
export const tim = person(3, { name: 'Tim', ...since(3) });

export const BREAKOUT_SHOTS: readonly Shot[] = [
  { name: 'soft-breakout', play: inRed },
  { name: 'soft-breakout-choose', play: choosing },
  { name: 'room-breakouts', play: atConsole },
  { name: 'room-breakouts-open', whole: false, play: opening },
];

/** Ada is in Red, with Tim. */
export async function inRed(page: Page, server: PageServer): Promise<void> {
  server.breakouts = [redAndBlue({ self: true })];
  await join(page, server, RED);
}

async function choosing(page: Page, server: PageServer): Promise<void> {
  server.breakouts = [redAndBlue({ self: true })];
  await join(page, server, ROOM);
}

/** Ada joins with the page and is seen in that room, with Tim. */
export async function join(page: Page, server: PageServer, room: RoomId): Promise<void> {
  allowJoining(server);
  server.put(room, tim);
  await page.goto(`${server.url}/join/t1`);
  await page.getByLabel('Your name').fill('Ada');
  await page.getByRole('button', { name: 'Join the meeting' }).click();
  await page.getByRole('button', { name: 'Leave' }).waitFor();
  server.put(room, ada);
  await page.getByText('Ada Lovelace', { exact: true }).waitFor();
}

/** Grace is in the main room, Ada in Red, Tim in Blue with his hand up. */
export async function atConsole(page: Page, server: PageServer): Promise<void> {
  openConsole(server);
  server.breakouts = [redAndBlue()];
  server.put(ROOM, grace);
  server.put(RED, ada);
  server.put(BLUE, { ...tim, hand: true, handAtMs: 1 });
  await page.goto(`${server.url}/console#/meetings/${ROOM}`);
  await page.getByRole('region', { name: 'Breakout rooms' }).waitFor();
  const move = page.getByRole('button', { name: 'Move Tim' });
  await move.click();
}

async function opening(page: Page, server: PageServer): Promise<void> {
  openConsole(server);
  server.put(ROOM, grace);
  await page.goto(`${server.url}/console#/meetings/${ROOM}`);
  await page.getByRole('button', { name: 'Open breakout rooms' }).click();
  await page.getByRole('button', { name: 'One room more' }).click();
}
