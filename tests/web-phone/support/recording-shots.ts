import type { Page } from 'playwright-core';
import type { RecordingView } from '../../../protocol/http/recordings.ts';
import type { PageServer } from './page-server.ts';
import { ROOM } from './people.ts';
import { openConsole } from './scenes.ts';
import type { Shot } from './shot.ts';

/** What was recorded: a list, one that is heard, two that cannot be, and none. */
export const RECORDING_SHOTS: readonly Shot[] = [
  { name: 'recordings', play: list },
  { name: 'recordings-listening', play: listening },
  { name: 'recordings-unheard', play: unheard },
  { name: 'recordings-none', play: none },
];

/** One that has ended. */
export function recording(part: Partial<RecordingView> = {}): RecordingView {
  return {
    id: 'r-1',
    meeting: ROOM,
    name: 'Monday round',
    state: 'done',
    startedAt: '2026-11-22T08:05:00.000Z',
    endedAt: '2026-11-22T08:52:10.000Z',
    durationMs: 2_830_000,
    bytes: 45_280_044,
    published: false,
    meta: {},
    formats: ['wav', 'mp3', 'opus'],
    ...part,
  };
}

const GROWING: RecordingView = {
  ...{ id: 'r-2', meeting: ROOM, name: 'Monday round', state: 'recording', published: false },
  ...{ startedAt: '2026-11-22T09:00:00.000Z', durationMs: 0, bytes: 0, meta: {} },
  formats: ['wav', 'mp3', 'opus'],
};

const LIST: readonly RecordingView[] = [
  GROWING,
  recording(),
  recording({
    id: 'r-3',
    name: 'Parents’ evening of the upper school, with questions about the new timetable',
    startedAt: '2026-11-19T18:30:00.000Z',
    published: true,
    url: 'https://bridge.example/recordings/r-3?key=abc',
  }),
  recording({ id: 'r-4', name: '', startedAt: '2026-11-18T10:00:00.000Z', durationMs: 61_000 }),
];

export async function list(page: Page, server: PageServer): Promise<void> {
  openConsole(server);
  server.replies.set('GET /recordings', [200, LIST]);
  await page.goto(`${server.url}/console#/recordings`);
  await page.getByText('Parents’ evening').waitFor();
}

async function listening(page: Page, server: PageServer): Promise<void> {
  server.replies.set('GET /recordings/r-1/audio', [200, silence()]);
  await list(page, server);
  await page.getByRole('button', { name: /^Listen to “Monday round”/ }).click();
  await page.locator('audio').waitFor();
}

/** One is a file that nothing plays, one is gone since the list was looked at. */
async function unheard(page: Page, server: PageServer): Promise<void> {
  server.replies.set('GET /recordings/r-1', [200, recording()]);
  server.replies.set('GET /recordings/r-1/audio', [200, Buffer.from('no sound at all')]);
  await list(page, server);
  await page.getByRole('button', { name: /^Listen to “Monday round”/ }).click();
  await page.getByText('cannot play').waitFor();
  await page.getByRole('button', { name: /^Listen to “Parents/ }).click();
  await page.getByText('is gone').waitFor();
}

/** A second of a WAV file in which nobody says anything: 8 kHz, 16 bit, one channel. */
export function silence(): Buffer {
  const bytes = 16_000;
  const wav = Buffer.alloc(44 + bytes);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + bytes, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(8_000, 24);
  wav.writeUInt32LE(16_000, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(bytes, 40);
  return wav;
}

async function none(page: Page, server: PageServer): Promise<void> {
  openConsole(server);
  server.replies.set('GET /recordings', [200, []]);
  await page.goto(`${server.url}/console#/recordings`);
  await page.getByText('Nothing is recorded').waitFor();
}
