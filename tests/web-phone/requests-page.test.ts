import { describe, expect, test } from 'vitest';
import type { TicketView } from '../../protocol/http/views.ts';
import { legId, person, ROOM, ticket } from './support/people.ts';
import { allowJoining } from './support/scenes.ts';
import { heard, row, useStage, WAIT } from './support/stage.ts';

const stage = useStage();
const own = person(1, { name: 'Ada Lovelace', via: 'browser', personId: 'person-1' });
const path = `/meetings/${ROOM}/participants/${own.id}`;
const calls = `/meetings/${ROOM}/calls`;

const button = (name: string) => stage.page.getByRole('button', { name, exact: true });

async function join(rules: Partial<TicketView['meeting']> = {}, who = own): Promise<void> {
  if (who.name !== '') stage.server.put(ROOM, who);
  stage.server.replies.set(`PATCH ${path}`, [202, {}]);
  const role = who.role;
  allowJoining(stage.server, { role, meeting: { ...ticket().meeting, ...rules } });
  await stage.page.goto(`${stage.server.url}/join/t1`);
  await stage.page.getByLabel('Your name').fill('Ada Lovelace');
  await button('Join the meeting').click();
  await button('Leave').waitFor(WAIT);
}

/** Nobody knows of somebody who waits before the meeting. */
const UNSEEN = { ...own, name: '' };

describe('before the meeting', { timeout: 60_000 }, () => {
  test('in the lobby one’s place is told, and one is inside when let in', async () => {
    stage.server.put(ROOM, person(9, { state: 'lobby', joinedAtMs: 1 }));
    await join({ lobby: true }, { ...own, state: 'lobby' });
    await stage.page.getByText('You are number 2 in the lobby').waitFor(WAIT);
    stage.server.fact({ kind: 'participant-left', room: ROOM, id: legId(9), reason: 'hung-up' });
    await stage.page.getByText('You are next').waitFor();
    stage.server.put(ROOM, own);
    await row(stage.page, 'Ada Lovelace').getByText('you', { exact: true }).waitFor();
  });

  test('who is not let in is told so', async () => {
    await join({ lobby: true }, { ...own, state: 'lobby' });
    await stage.page.getByText('You are next').waitFor(WAIT);
    stage.server.fact({ kind: 'participant-left', room: ROOM, id: own.id, reason: 'refused' });
    await stage.page.getByText('You were not let in').waitFor();
  });

  test('its time is told, and a moderator who comes opens it', async () => {
    await join({ state: 'planned', startsAt: '2036-01-01T09:00:00.000Z' }, UNSEEN);
    await stage.page.getByText('The meeting has not started yet').waitFor(WAIT);
    await stage.page.getByText('It starts').waitFor();
    stage.server.put(ROOM, person(2, { name: 'Grace', role: 'moderator' }));
    stage.server.put(ROOM, own);
    await row(stage.page, 'Grace').waitFor();
  });

  test('one waits for a moderator, and may leave', async () => {
    await join({ waitForModerator: true }, UNSEEN);
    await stage.page.getByText('Waiting for a moderator').waitFor(WAIT);
    await button('Leave').click();
    await stage.page.getByText('You left the meeting').waitFor();
  });
});

describe('asking, and being asked', { timeout: 60_000 }, () => {
  test('a hand goes up by the server’s word, with its place, and down again', async () => {
    await join();
    stage.server.put(ROOM, person(2, { hand: true, handAtMs: 1 }));
    await button('Raise your hand').click();
    expect(await heard(stage.server, 'PATCH', path)).toEqual({ hand: true });
    stage.server.put(ROOM, { ...own, hand: true, handAtMs: 2 });
    await button('Lower your hand, number 2 in the queue').click();
    await expect.poll(() => stage.server.last('PATCH')?.body, WAIT).toEqual({ hand: false });
  });

  test('help is asked for, seen, and taken back', async () => {
    await join();
    await button('Ask for help').click();
    expect(await heard(stage.server, 'PATCH', path)).toEqual({ help: true });
    stage.server.put(ROOM, { ...own, wantsHelp: true });
    await stage.page.getByText('The moderators see that you ask for help.').waitFor();
    await button('No longer needed').click();
    await expect.poll(() => stage.server.last('PATCH')?.body, WAIT).toEqual({ help: false });
  });

  test('one’s own name can be changed, and nobody else’s', async () => {
    stage.server.put(ROOM, person(2, { name: 'Grace' }));
    await join();
    expect(await button('Rename Grace').count()).toBe(0);
    await button('Change your name').click();
    await stage.page.keyboard.type('Countess Lovelace');
    await stage.page.keyboard.press('Enter');
    expect(await heard(stage.server, 'PATCH', path)).toEqual({ name: 'Countess Lovelace' });
  });

  const muted = { ...own, muted: true, mutedBy: 'self' } as const;

  test('a request to unmute is granted by one’s own hand alone', async () => {
    await join({}, { ...muted, askedToUnmute: true });
    await stage.page.getByText('A moderator asks you to unmute').waitFor(WAIT);
    expect(stage.server.last('PATCH')).toBeUndefined();
    await stage.page.locator('.banner').getByRole('button', { name: 'Unmute' }).click();
    expect(await heard(stage.server, 'PATCH', path)).toEqual({ muted: false });
    stage.server.put(ROOM, own);
    await stage.page.getByText('Microphone on').waitFor();
  });

  test('“Not now” leaves one muted, and the next request is shown again', async () => {
    const request = stage.page.getByText('A moderator asks you to unmute');
    await join({}, { ...muted, askedToUnmute: true });
    await request.waitFor(WAIT);
    await button('Not now').click();
    expect(await request.count()).toBe(0);
    stage.server.put(ROOM, muted);
    stage.server.put(ROOM, { ...muted, askedToUnmute: true });
    await request.waitFor();
    expect(stage.server.last('PATCH')).toBeUndefined();
  });

  test('where only moderators unmute, the button says why it does nothing', async () => {
    await join({ unmuteSelf: false }, muted);
    await stage.page.getByText('A moderator says who speaks').waitFor(WAIT);
    await stage.page.keyboard.press('m');
    await button('Unmute: only a moderator can in this meeting').waitFor();
    expect(stage.server.last('PATCH')).toBeUndefined();
  });
});

describe('one’s own phone', { timeout: 60_000 }, () => {
  const call = {
    id: legId(40),
    name: own.name,
    number: '+49…0137',
    personId: 'person-1',
    startedAtMs: 1,
  } as const;

  test('is called, carries the sound while this machine is silent, and gives it back', async () => {
    await join({ callMe: true });
    stage.server.replies.set(`POST ${calls}`, [202, { id: call.id }]);
    stage.server.replies.set(`PATCH /meetings/${ROOM}/participants/${call.id}`, [202, {}]);
    await button('Use a phone instead').click();
    await stage.page.getByLabel('Your phone’s number').fill('+49 30 5550137');
    await button('Call my phone').click();
    expect(await heard(stage.server, 'POST', calls)).toEqual({
      number: '+49 30 5550137',
      me: true,
    });
    stage.server.fact({ kind: 'call-updated', room: ROOM, call: { ...call, state: 'asked' } });
    await stage.page.getByText('Press 1 on the phone').waitFor();
    stage.server.put(ROOM, person(40, { name: own.name, personId: 'person-1' }));
    stage.server.fact({ kind: 'call-updated', room: ROOM, call: { ...call, state: 'joined' } });
    stage.server.put(ROOM, { ...own, muted: true, audioBy: call.id });
    await stage.page.getByText('Your sound is on your phone').waitFor();
    expect(await row(stage.page, own.name).count()).toBe(1);
    await button('Mute').click();
    await heard(stage.server, 'PATCH', `/meetings/${ROOM}/participants/${call.id}`);
    stage.server.fact({ kind: 'participant-left', room: ROOM, id: call.id, reason: 'hung-up' });
    stage.server.put(ROOM, own);
    await stage.page.getByText('Microphone on').waitFor();
    expect(await stage.page.getByText('unmuted you').count()).toBe(0);
  });

  test('that may not be called is explained in the server’s words', async () => {
    await join({ callMe: true });
    const detail = 'Only numbers that begin with +49 are called.';
    const problem = { type: 'about:blank', title: 'No', status: 403, detail, field: 'number' };
    stage.server.replies.set(`POST ${calls}`, [403, problem]);
    await button('Use a phone instead').click();
    await stage.page.getByLabel('Your phone’s number').fill('+1 900 1234567');
    await button('Call my phone').click();
    await stage.page.getByText(detail).waitFor();
  });

  test('is not offered where the meeting does not allow it', async () => {
    await join();
    await button('Use a phone instead').click();
    await stage.page.getByText('When asked, type the code').waitFor();
    expect(await button('Call my phone').count()).toBe(0);
  });
});

test('who is banned is told so, though the feed is cut before it can say why', async () => {
  await join();
  const detail = 'A moderator banned you from this meeting.';
  const problem = { type: 'about:blank', title: 'Not allowed', status: 403, detail };
  stage.server.replies.set('GET /tickets/t1', [403, problem]);
  stage.server.refuseFeed = true;
  stage.server.breakFeeds();
  stage.server.sip.bye();
  await stage.page.getByText('You are banned from this meeting').waitFor(WAIT);
  expect(await button('Join again').count()).toBe(0);
}, 60_000);

test('a moderator sees the lobby and lets somebody in', async () => {
  const alan = person(3, { name: 'Alan', state: 'lobby' });
  stage.server.put(ROOM, alan);
  stage.server.replies.set(`PATCH /meetings/${ROOM}/participants/${alan.id}`, [202, {}]);
  await join({}, { ...own, role: 'moderator' });
  await button('Admit Alan').click();
  const asked = await heard(stage.server, 'PATCH', `/meetings/${ROOM}/participants/${alan.id}`);
  expect(asked).toEqual({ admitted: true });
}, 60_000);
