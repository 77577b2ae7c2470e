import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { openMeetings } from '../../meetings/open.ts';
import type { Meeting } from '../../meetings/rules/meeting.ts';
import { openLmdb } from '../../meetings/store/lmdb.ts';
import type { PersonalTicket } from '../../meetings/tickets.ts';
import { seeded } from '../support/meetings.ts';

const PROGRAM = new URL('make-meeting-and-wait.ts', import.meta.url).pathname;

test('what was promised before kill -9 is there after a restart', { timeout: 30_000 }, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'partyline-'));
  const child = spawn(process.execPath, ['--import', 'tsx', PROGRAM, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const line = await new Promise<string>((resolve) =>
    createInterface(child.stdout).once('line', resolve),
  );
  child.kill('SIGKILL');
  await exited;
  const { meeting, personal } = JSON.parse(line) as { meeting: Meeting; personal: PersonalTicket };

  const store = openLmdb(directory, Date.now);
  const parts = await openMeetings({
    store,
    now: Date.now,
    random: seeded(9),
    realm: 'partyline',
    adminKey: 'another-key-for-this-run',
    publicUrl: () => 'http://127.0.0.1',
    sipHost: '127.0.0.1',
    dialIn: [],
    isLocked: () => false,
  });
  expect(await parts.meetings.list()).toEqual([meeting]);
  const { id: room } = meeting;
  const byCode = await parts.directory.dialled(meeting.codes.moderator, '127.0.0.1');
  expect(byCode).toEqual({ kind: 'meeting', room, role: 'moderator', by: 'code' });
  expect(await parts.directory.dialled('4242', '')).toMatchObject({ room, by: 'extension' });
  expect(await parts.admissions.byCode(personal.personalCode, 'x')).toMatchObject({
    room,
    person: { id: personal.personId, name: 'Ada' },
  });
  expect(await parts.tickets.check(personal.joinUrl.split('/join/')[1] ?? '')).toMatchObject({
    ok: true,
    meeting: { id: room },
  });
  expect(await parts.accounts.get('desk')).toMatchObject({ name: 'Desk' });
  await store.close();
  rmSync(directory, { recursive: true });
});
