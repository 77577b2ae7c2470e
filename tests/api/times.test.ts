import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MeetingView } from '../../protocol/http/views.ts';
import { ask, startTestApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';

const WEEKLY = {
  name: 'Weekly',
  startsAt: '2026-11-23T09:00:00+01:00',
  durationMinutes: 30,
  timeZone: 'Europe/Berlin',
  recurrence: 'freq=weekly;count=4',
};

let world: TestApi;
beforeAll(async () => {
  world = await startTestApi();
});
afterAll(() => world.stop());

async function made(more: object = {}): Promise<{ view: MeetingView; path: string }> {
  const answer = await ask(world, 'post', '/meetings', { ...WEEKLY, ...more });
  const view = answer.body as MeetingView;
  return { view, path: `/meetings/${view.id}` };
}

test('a series is shown with its rule and its next time', async () => {
  const { view } = await made();
  expect(view).toMatchObject({
    state: 'planned',
    startsAt: '2026-11-23T08:00:00.000Z',
    durationMinutes: 30,
    timeZone: 'Europe/Berlin',
    recurrence: 'FREQ=WEEKLY;COUNT=4',
    next: { startsAt: '2026-11-23T08:00:00.000Z', endsAt: '2026-11-23T08:30:00.000Z' },
  });
});

test('its times are listed, one is skipped, one is moved, and both come back', async () => {
  const { path } = await made();
  const starts = async (more = '') =>
    ((await ask(world, 'get', `${path}/occurrences${more}`)).body as { startsAt: string }[]).map(
      ({ startsAt }) => startsAt.slice(5, 16),
    );
  expect(await starts()).toEqual(['11-23T08:00', '11-30T08:00', '12-07T08:00', '12-14T08:00']);
  expect(await starts('?from=2026-12-01T00:00:00Z&limit=1')).toEqual(['12-07T08:00']);
  const first = `${path}/occurrences/2026-11-23T08:00:00Z`;
  expect((await ask(world, 'patch', first, { skipped: true })).body).toMatchObject({
    next: { startsAt: '2026-11-30T08:00:00.000Z' },
    leftOut: ['2026-11-23T08:00:00.000Z'],
  });
  const moved = { startsAt: '2026-11-24T15:00:00Z' };
  expect((await ask(world, 'patch', first, moved)).body).toMatchObject({
    next: { ...moved, startsAt: '2026-11-24T15:00:00.000Z', moved: true },
  });
  const body = (await ask(world, 'patch', first, { startsAt: null })).body as MeetingView;
  expect(body).toMatchObject({ next: { startsAt: '2026-11-23T08:00:00.000Z' } });
  expect(body).not.toHaveProperty('leftOut');
});

const refusals = [
  [{ recurrence: 'FREQ=HOURLY' }, 'recurrence'],
  [{ timeZone: 'Mars/Olympus' }, 'timeZone'],
  [{ startsAt: undefined }, 'startsAt'],
  [{ timeZone: undefined }, 'timeZone'],
  [{ recurrence: 'FREQ=WEEKLY;BYDAY=TU' }, 'startsAt'],
  [{ durationMinutes: 0 }, 'durationMinutes'],
  [{ maxMinutes: -1 }, 'maxMinutes'],
] as const;
test.each(refusals)('%j is refused by the name of the field', async (more, field) => {
  const refused = await ask(world, 'post', '/meetings', { ...WEEKLY, ...more });
  expect([refused.status, refused.body]).toMatchObject([400, { field }]);
});

test('a change that leaves a rule without its start is refused; a time nobody knows is not found', async () => {
  const { path } = await made();
  const refused = await ask(world, 'patch', path, { startsAt: null });
  expect([refused.status, refused.body]).toMatchObject([400, { field: 'startsAt' }]);
  const gone = await ask(world, 'patch', `${path}/occurrences/2026-11-24T08:00:00Z`, {
    skipped: true,
  });
  expect(gone.status).toBe(404);
  for (const query of ['?from=soon', '?limit=0', '?limit=201', '?until=1'])
    expect((await ask(world, 'get', `${path}/occurrences${query}`)).status, query).toBe(400);
});

test('an invitation comes as text, HTML and for calendars, in either language', async () => {
  const { view, path } = await made();
  const text = await ask(world, 'get', `${path}/invitation`);
  expect(text.headers['content-type']).toBe('text/plain; charset=utf-8');
  expect(text.text).toContain(view.joinUrl);
  expect(text.text).toContain('In the browser:');
  const html = await ask(world, 'get', `${path}/invitation?format=html&language=de`);
  expect(html.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(html.text).toContain('Im Browser:');
  const ics = await ask(world, 'get', `${path}/invitation?format=ics`);
  expect(ics.headers['content-disposition']).toBe(`attachment; filename="${view.id}.ics"`);
  expect(ics.text).toMatch(/^BEGIN:VCALENDAR\r\n[^]*METHOD:PUBLISH[^]*END:VCALENDAR\s*$/);
});

test('with a person it has their own link and code; without their ticket there is none', async () => {
  const { path } = await made();
  expect((await ask(world, 'get', `${path}/invitation?person=ada`)).status).toBe(404);
  const ticket = await ask(world, 'post', `${path}/tickets`, {
    name: 'Ada',
    role: 'participant',
    personId: 'ada',
  });
  const { personalCode } = ticket.body as { personalCode: string };
  const { text } = await ask(world, 'get', `${path}/invitation?person=ada`);
  expect(text.replace(/(\d) (?=\d)/g, '$1')).toContain(personalCode);
});

test('changes count; a deleted meeting is cancelled in calendars, without its codes, and one had back is in them again', async () => {
  const { view, path } = await made();
  await ask(world, 'patch', path, { name: 'Weekly round' });
  const ics = async () => (await ask(world, 'get', `${path}/invitation?format=ics`)).text;
  expect(await ics()).toContain('SEQUENCE:1\r\n');
  await ask(world, 'delete', path);
  const cancelled = await ics();
  expect(cancelled).toContain('METHOD:CANCEL');
  expect(cancelled).toContain('SEQUENCE:2\r\n');
  expect(cancelled).not.toContain(view.codes.join);
  await ask(world, 'post', `${path}/restore`);
  const again = await ics();
  expect(again).toContain('METHOD:PUBLISH');
  expect(again).toContain('SEQUENCE:3\r\n');
});

test('a permanent meeting is in no calendar, and what is not offered is refused', async () => {
  const always = await ask(world, 'post', '/meetings', { name: 'Always' });
  const path = `/meetings/${(always.body as MeetingView).id}/invitation`;
  expect((await ask(world, 'get', `${path}?format=ics`)).status).toBe(409);
  expect((await ask(world, 'get', `${path}?format=pdf`)).status).toBe(400);
  expect((await ask(world, 'get', `${path}?language=fr`)).status).toBe(400);
});
