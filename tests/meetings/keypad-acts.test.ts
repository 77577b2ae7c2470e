import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keypadActs } from '../../meetings/keypad-acts.ts';
import { openLmdb } from '../../meetings/store/lmdb.ts';
import type { RoomId } from '../../protocol/room/room.ts';
import { openAudit } from '../support/audit.ts';
import { somebody } from '../support/scripted-rooms.ts';

const room = 'm-aaaaaaaaaaaaaaaa' as RoomId;

test('what a moderator presses is told by the leg, and not by the number', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'partyline-audit-'));
  const store = openLmdb(directory, Date.now);
  const audit = await openAudit(store, Date.now);
  const told = keypadActs(audit);
  const by = somebody(1);
  told({ room, command: { kind: 'set-locked', room, on: true }, by, ok: true });
  told({ room, command: { kind: 'admit', room, id: somebody(2).id }, by, ok: false });
  await audit.stop();
  const entries = await audit.read(1, 9);
  expect(entries).toMatchObject([
    {
      who: `phone ${by.id}`,
      act: 'keypad set-locked',
      meeting: room,
      detail: 'on=true',
      outcome: 'done',
    },
    { act: 'keypad admit', subject: somebody(2).id, outcome: 'refused' },
  ]);
  expect(JSON.stringify(entries)).not.toContain(by.number);
  await store.close();
  rmSync(directory, { recursive: true });
});
