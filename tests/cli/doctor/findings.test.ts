import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { certificateFinding } from '../../../cli/doctor/certificate.ts';
import { clockFinding, offOf } from '../../../cli/doctor/clock.ts';
import { diskFinding, keyFileFinding } from '../../../cli/doctor/disk.ts';
import { doctor } from '../../../cli/doctor/doctor.ts';
import { doorFinding } from '../../../cli/doctor/ports.ts';
import { promptFindings, wantedIn } from '../../../cli/doctor/prompts.ts';

const DAY = 86_400_000;
const good = { validFromMs: 0, validToMs: 100 * DAY, fitsHost: true, host: 'meet.example.org' };

test.each([
  [good, DAY, 'ok', /good until 1970-04-11/],
  [good, 80 * DAY, 'warning', /runs out in 20 days/],
  [good, 100 * DAY, 'fault', /ran out/],
  [{ ...good, validFromMs: 2 * DAY }, DAY, 'fault', /not valid yet/],
  [{ ...good, fitsHost: false }, DAY, 'fault', /not for meet.example.org/],
])('a certificate %j on day %i is %s', (facts, nowMs, mark, found) => {
  const finding = certificateFinding(facts, nowMs);
  expect(finding).toMatchObject({ mark, found });
  expect(finding.remedy === undefined).toBe(mark === 'ok');
});

test.each([
  [undefined, 'unknown'],
  [0, 'ok'],
  [-1_999, 'ok'],
  [2_000, 'warning'],
  [-30_000, 'fault'],
])('a clock %s ms off is %s', (offMs, mark) => {
  expect(clockFinding(offMs).mark).toBe(mark);
});

test('how far a clock is off is told by the middle of the look and of the second', () => {
  const at = Date.parse('2026-11-22T10:00:00Z');
  expect(offOf('Sun, 22 Nov 2026 10:00:00 GMT', at + 400, at + 600)).toBe(0);
  expect(offOf('Sun, 22 Nov 2026 10:00:00 GMT', at + 60_500, at + 60_500)).toBe(60_000);
  expect(offOf(null, 0, 0)).toBeUndefined();
  expect(offOf('soon', 0, 0)).toBeUndefined();
});

test('a disk that is nearly full is told before it is', () => {
  const MIB = 1024 * 1024;
  expect([4_000, 2_000, 100].map((free) => diskFinding('/data', free * MIB).mark)).toEqual([
    'ok',
    'warning',
    'fault',
  ]);
});

test('an admin key that others can read is a fault', () => {
  expect(keyFileFinding('/data/admin-key', 0o100600).mark).toBe('ok');
  expect(keyFileFinding('/data/admin-key', 0o100640)).toMatchObject({
    mark: 'fault',
    remedy: 'chmod 600 /data/admin-key',
  });
});

test('a language that cannot say all it has to is a fault that names what is missing', () => {
  const wanted = wantedIn(
    '# clip\tEnglish\tGerman\n# Reception\na\tA\tAh\nand\tand\t-\nb\tB\tBe\n',
  );
  expect(wanted).toEqual({ en: ['a', 'and', 'b'], de: ['a', 'b'] });
  const [first, second] = promptFindings(wanted, { en: ['a', 'b', 'and'], de: ['a'] });
  expect([first?.mark, second?.mark]).toEqual(['ok', 'fault']);
  expect(second?.found).toBe('de: 1 missing, such as b');
});

test('a port is free, or taken by the server that runs, or by something else', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const door = { transport: 'tcp', host: '127.0.0.1', port, setting: 'HTTP_PORT' } as const;
  expect((await doorFinding(door, true)).mark).toBe('ok');
  expect(await doorFinding(door, false)).toMatchObject({ mark: 'fault', found: /something else/ });
  await new Promise((resolve) => server.close(resolve));
  expect((await doorFinding(door, false)).mark).toBe('ok');
  expect((await doorFinding(door, true)).mark).toBe('fault');
  expect((await doorFinding({ ...door, host: '192.0.2.1' }, false)).found).toMatch(/no address/);
});

const asked = { server: 'http://127.0.0.1:1', nowMs: Date.now() };

test('the doctor looks at everything, whether a server runs or not', async () => {
  const env = { DATA_DIR: '/nonexistent', HTTP_PORT: '0', SIP_PORT: '0' };
  const [report] = await doctor({ ...asked, env });
  const seen = (report?.findings ?? []).map(({ what, mark }) => `${what} ${mark}`);
  expect(seen).not.toContain('Prompts fault');
  for (const line of ['Settings ok', 'Node ok', 'Server warning', 'Disk unknown', 'Prompts ok'])
    expect(seen).toContain(line);
});

test('wrong settings are told, each with its remedy, and no secret is', async () => {
  const env = { HTTP_PORT: 'x', ADMIN_KEY: 'too-short' };
  const [report] = await doctor({ ...asked, env });
  expect(report?.findings.map(({ mark }) => mark)).toEqual(['fault', 'fault']);
  expect(JSON.stringify(report)).not.toContain('too-short');
});
