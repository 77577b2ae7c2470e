import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AuditLog } from '../../meetings/audit-log.ts';
import type { AuditAct, AuditEntry, Seal } from '../../meetings/rules/audit.ts';
import { openLmdb } from '../../meetings/store/lmdb.ts';
import { openRedis } from '../../meetings/store/redis.ts';
import type { Store } from '../../meetings/store/store.ts';
import { bundled } from '../support/bundled.ts';
import { openAudit } from '../support/audit.ts';
import { seeded, TestClock } from '../support/meetings.ts';
import { hasRedis, startRedis } from '../support/redis-server.ts';

const DAY_MS = 86_400_000;

const act = (name: string): AuditAct => ({
  who: 'key',
  from: '192.0.2.7',
  act: name,
  outcome: 'done',
});
const placeOf = (seq: number) => `audit:${String(seq).padStart(12, '0')}`;

describe('on one machine', () => {
  let directory: string;
  let store: Store;
  let clock: TestClock;
  let audit: AuditLog;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'partyline-audit-'));
    clock = new TestClock();
    store = openLmdb(directory, clock.now);
    audit = await openAudit(store, clock.now, 30);
    for (const name of ['one', 'two', 'three', 'four']) await audit.record(act(name));
  });
  afterEach(async () => {
    await audit.stop();
    await store.close();
    rmSync(directory, { recursive: true });
  });

  const change = async (seq: number, how: (entry: AuditEntry) => AuditEntry) =>
    store.update<AuditEntry>(placeOf(seq), (entry) => entry && { value: how(entry) });

  test('what was done is read in its order, each linked to the one before', async () => {
    const entries = await audit.read(1, 10);
    expect(entries.map((entry) => entry.act)).toEqual(['one', 'two', 'three', 'four']);
    expect(entries.map(({ before }) => before).slice(1)).toEqual(
      entries.map(({ hash }) => hash).slice(0, -1),
    );
    expect(await audit.verify()).toEqual({ ok: true, first: 1, last: 4, hash: entries[3]?.hash });
  });

  test('a changed entry is found, its hash made anew or not', async () => {
    await change(2, (entry) => ({ ...entry, who: 'somebody else' }));
    expect(await audit.verify()).toEqual({ ok: false, seq: 2, fault: 'changed' });
    await change(2, (entry) => ({ ...entry, before: 'f'.repeat(64) }));
    expect(await audit.verify()).toEqual({ ok: false, seq: 2, fault: 'not-linked' });
  });

  test('an entry taken from the middle, the front or the tail is found', async () => {
    for (const seq of [2, 1]) {
      await store.delete(placeOf(seq));
      expect(await audit.verify()).toEqual({ ok: false, seq, fault: 'missing' });
    }
  });

  test('a cut tail is found, and also after somebody went on from there', async () => {
    await store.delete(placeOf(4));
    await store.delete(placeOf(3));
    expect(await audit.verify()).toEqual({ ok: false, seq: 3, fault: 'missing' });
    await audit.record(act('five'));
    expect(await audit.verify()).toEqual({ ok: false, seq: 3, fault: 'missing' });
  });

  test('a seal that was set back is found out by its signature', async () => {
    const [first] = await audit.read(1, 1);
    await store.update<Seal>('audit-seal:head', (seal) => ({
      value: { mac: seal?.mac ?? '', seq: 1, hash: first?.hash ?? '' },
    }));
    expect(await audit.verify()).toEqual({ ok: false, seq: 1, fault: 'seal-forged' });
    await store.delete('audit-seal:head');
    expect(await audit.verify()).toMatchObject({ ok: false, fault: 'seal-forged' });
  });

  test('a seal that was taken away stays away, whoever acts then', async () => {
    await store.delete('audit-seal:head');
    await audit.record(act('five'));
    expect(await audit.verify()).toMatchObject({ ok: false, fault: 'seal-forged' });
  });

  test('acts of one moment are one write, in their order, and the seal stands behind them', async () => {
    const names = Array.from({ length: 50 }, (_, n) => `act ${n}`);
    const seals: number[] = [];
    const stop = store.watch('audit-seal:', () => seals.push(1));
    await Promise.all(names.map((name) => audit.record(act(name))));
    stop();
    expect((await audit.read(5, 54)).map((entry) => entry.act)).toEqual(names);
    expect(await store.get<Seal>('audit-seal:head')).toMatchObject({ seq: 54 });
    expect(seals.length).toBe(1);
    expect(await audit.verify()).toMatchObject({ ok: true, last: 54 });
  });

  test('a clock that is set back does not turn the order of times', async () => {
    clock.pass(-60_000);
    await audit.record(act('five'));
    const times = (await audit.read(1, 5)).map(({ atMs }) => atMs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  test('what is older than the retention goes, the rest stays a whole chain', async () => {
    clock.pass(20 * DAY_MS);
    await audit.record(act('five'));
    clock.pass(11 * DAY_MS);
    await audit.record(act('six'));
    await audit.stop();
    expect(await store.list('audit:')).toHaveLength(2);
    expect(await audit.range()).toEqual({ first: 5, last: 6 });
    expect(await audit.verify()).toMatchObject({ ok: true, first: 5, last: 6 });
  });

  test('a store opened again goes on where it was', async () => {
    const again = await openAudit(store, clock.now);
    await again.record(act('five'));
    await audit.record(act('six'));
    expect(await again.verify()).toMatchObject({ ok: true, first: 1, last: 6 });
  });
});

test('killed three times while it appends: nothing that was kept is lost, and the chain holds', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'partyline-audit-'));
  const dice = seeded(11);
  let kept = 0;
  for (let life = 0; life < 3; life++) kept += await appendAndDie(directory, 1 + (dice(1)[0] ?? 0));
  const store = openLmdb(directory, Date.now);
  const audit = await openAudit(store, Date.now);
  const checked = await audit.verify();
  expect(checked).toMatchObject({ ok: true, first: 1 });
  expect(checked.ok && checked.last).toBeGreaterThanOrEqual(kept);
  await audit.stop();
  await store.close();
  rmSync(directory, { recursive: true });
}, 30_000);

/** How many acts were promised before the kill. */
async function appendAndDie(directory: string, dieAfter: number): Promise<number> {
  const program = new URL('append-acts.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [await bundled(program), directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  let promised = 0;
  for await (const line of createInterface(child.stdout)) {
    promised = Number(line);
    if (promised >= dieAfter) child.kill('SIGKILL');
  }
  await exited;
  return promised;
}

test.skipIf(!hasRedis)('three processes on one Redis append to one chain', async () => {
  const redis = await startRedis();
  const open = () => openRedis({ url: redis.url, now: Date.now, onError: () => undefined });
  const stores = await Promise.all([open(), open(), open()]);
  const logs: AuditLog[] = [];
  for (const store of stores) logs.push(await openAudit(store, Date.now));
  const records = logs.flatMap((log, at) =>
    Array.from({ length: 30 }, (_, n) => log.record(act(`act ${n} of ${at}`))),
  );
  await Promise.all(records);
  const [log] = logs as [AuditLog];
  expect(await log.verify()).toMatchObject({ ok: true, first: 1, last: 90 });
  const names = (await log.read(1, 90)).map((entry) => entry.act);
  expect(new Set(names).size).toBe(90);
  for (const store of stores) await store.close();
  await redis.stop();
});
