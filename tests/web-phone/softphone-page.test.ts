import { describe, expect, test } from 'vitest';
import { person, ROOM } from './support/people.ts';
import { allowJoining } from './support/scenes.ts';
import { heard, row, useStage, WAIT } from './support/stage.ts';

const stage = useStage();
const own = person(1, { name: 'Ada Lovelace', via: 'browser', personId: 'person-1' });
const grace = person(2, { name: 'Grace Hopper' });

async function openDoor(part: Parameters<typeof allowJoining>[1] = {}): Promise<void> {
  allowJoining(stage.server, part);
  await stage.page.goto(`${stage.server.url}/join/t1`);
}

async function join(part: Parameters<typeof allowJoining>[1] = {}): Promise<void> {
  stage.server.put(ROOM, own);
  stage.server.put(ROOM, grace);
  await openDoor(part);
  await stage.page.getByLabel('Your name').fill('Ada Lovelace');
  await stage.page.getByRole('button', { name: 'Join the meeting' }).click();
  await stage.page.getByRole('button', { name: 'Leave' }).waitFor(WAIT);
  await stage.page.locator('.person').getByText('Grace Hopper').waitFor();
}

describe('the softphone', { timeout: 60_000 }, () => {
  test('shows the meeting, the way by phone, and a microphone that moves', async () => {
    await openDoor();
    await stage.page.getByRole('heading', { name: 'Monday round' }).waitFor();
    await stage.page.getByText('482 190 7735').waitFor();
    await stage.page.getByLabel('Microphone').waitFor(WAIT);
    const level = () =>
      stage.page
        .locator('.meter')
        .evaluate((bar) => Number((bar as HTMLElement).style.getPropertyValue('--level')));
    await expect.poll(level, WAIT).toBeGreaterThan(0.2);
  });

  test('joins by name: answers the challenge, calls the meeting, opens the feed by token', async () => {
    await join();
    expect(await heard(stage.server, 'POST', '/tickets/t1/softphone')).toEqual({
      name: 'Ada Lovelace',
    });
    const invites = stage.server.sip.requests.filter((text) => text.startsWith('INVITE'));
    expect(invites).toHaveLength(2);
    expect(invites[1]).toMatch(`INVITE sip:${ROOM}@127.0.0.1 SIP/2.0`);
    expect(invites[1]).toMatch(/Authorization: Digest .*username="w-1"/);
    expect(stage.server.sip.count('REGISTER')).toBe(0);
    expect(stage.server.feedProtocols).toEqual(['partyline.v1, bearer.feed-token']);
    await row(stage.page, 'Ada Lovelace').getByText('you', { exact: true }).waitFor();
  });

  test('remembers the name for the next visit', async () => {
    await join();
    await stage.page.getByRole('button', { name: 'Leave' }).click();
    await stage.page.reload();
    await expect.poll(() => stage.page.getByLabel('Your name').inputValue()).toBe('Ada Lovelace');
  });

  test('M asks the server to mute; the button says muted only when the fact comes', async () => {
    await join();
    const path = `/meetings/${ROOM}/participants/${own.id}`;
    stage.server.replies.set(`PATCH ${path}`, [202]);
    await stage.page.keyboard.press('m');
    expect(await heard(stage.server, 'PATCH', path)).toEqual({ muted: true });
    expect(stage.server.last('PATCH')?.authorization).toBe('Bearer feed-token');
    await stage.page.getByText('Muting …').waitFor();
    await expect.poll(() => row(stage.page, 'Ada Lovelace').getByText('muted').count()).toBe(0);
    stage.server.put(ROOM, { ...own, muted: true });
    await stage.page.getByText('Muted', { exact: true }).waitFor();
    await row(stage.page, 'Ada Lovelace').getByText('muted').waitFor();
    expect(await stage.page.getByText('A moderator muted you').count()).toBe(0);
  });

  test('a moderator’s mute is explained, and can be lifted from the notice', async () => {
    await join();
    const path = `/meetings/${ROOM}/participants/${own.id}`;
    stage.server.replies.set(`PATCH ${path}`, [202]);
    stage.server.put(ROOM, { ...own, muted: true });
    await stage.page.getByText('A moderator muted you').waitFor();
    await stage.page.locator('.banner').getByRole('button', { name: 'Unmute' }).click();
    expect(await heard(stage.server, 'PATCH', path)).toEqual({ muted: false });
  });

  test('a moderator who unmutes us right after our own mute is named', async () => {
    await join();
    const path = `/meetings/${ROOM}/participants/${own.id}`;
    stage.server.replies.set(`PATCH ${path}`, [202]);
    await stage.page.keyboard.press('m');
    await heard(stage.server, 'PATCH', path);
    stage.server.put(ROOM, { ...own, muted: true });
    await stage.page.getByText('Muted', { exact: true }).waitFor();
    stage.server.put(ROOM, own);
    await stage.page.getByText('A moderator unmuted you').waitFor();
  });

  test('who speaks and who leaves is shown, and said to screen readers', async () => {
    await join();
    stage.server.put(ROOM, { ...grace, talking: true });
    await row(stage.page, 'Grace Hopper').getByText('talking').waitFor();
    stage.server.fact({ kind: 'participant-left', room: ROOM, id: grace.id, reason: 'hung-up' });
    await stage.page.getByRole('log').getByText('Grace Hopper left.').waitFor();
    expect(await row(stage.page, 'Grace Hopper').count()).toBe(0);
  });

  test('the keypad sends INFO where telephone-events are not agreed', async () => {
    await join();
    await stage.page.getByRole('button', { name: 'Keypad' }).click();
    await stage.page.getByRole('button', { name: '5 JKL' }).click();
    await stage.page.keyboard.press('*');
    await expect.poll(() => stage.server.sip.count('INFO'), WAIT).toBe(2);
    const signals = stage.server.sip.requests
      .filter((text) => text.startsWith('INFO'))
      .map((text) => /Signal=(.)/.exec(text)?.[1]);
    expect(signals).toEqual(['5', '*']);
  });

  test('only moderators have buttons for the others, and removing asks first', async () => {
    await join();
    expect(await stage.page.getByRole('button', { name: 'Remove Grace Hopper' }).count()).toBe(0);
    await stage.page.getByRole('button', { name: 'Leave' }).click();
    await stage.page.getByText('You left the meeting').waitFor();
    await join({ role: 'moderator' });
    const path = `/meetings/${ROOM}/participants/${grace.id}`;
    stage.server.replies.set(`DELETE ${path}`, [202]);
    await stage.page.getByRole('button', { name: 'Remove Grace Hopper' }).click();
    await stage.page
      .getByRole('dialog')
      .getByRole('button', { name: 'Remove', exact: true })
      .click();
    await heard(stage.server, 'DELETE', path);
    expect(await row(stage.page, 'Grace Hopper').count()).toBe(1);
  });
});

describe('a moderator’s softphone', { timeout: 60_000 }, () => {
  const path = `/meetings/${ROOM}/participants/${grace.id}`;

  test('mutes another with its own token; the button waits for the fact', async () => {
    await join({ role: 'moderator' });
    stage.server.replies.set(`PATCH ${path}`, [202]);
    const button = stage.page.getByRole('button', { name: 'Mute Grace Hopper', exact: true });
    await button.click();
    expect(await heard(stage.server, 'PATCH', path)).toEqual({ muted: true });
    expect(stage.server.last('PATCH')?.authorization).toBe('Bearer feed-token');
    expect(await button.getAttribute('aria-busy')).toBe('true');
    stage.server.put(ROOM, { ...grace, muted: true });
    await stage.page.getByRole('button', { name: 'Unmute Grace Hopper' }).click();
    await expect.poll(() => stage.server.last('PATCH')?.body, WAIT).toEqual({ muted: false });
  });

  test('mutes all and locks the room, and shows both when they are so', async () => {
    await join({ role: 'moderator' });
    for (const act of ['mute-all', 'lock'])
      stage.server.replies.set(`POST /meetings/${ROOM}/${act}`, [202]);
    const muteAll = stage.page.getByRole('button', { name: 'Mute all', exact: true });
    await muteAll.click();
    expect(await heard(stage.server, 'POST', `/meetings/${ROOM}/mute-all`)).toEqual({
      except: 'moderators',
    });
    stage.server.put(ROOM, { ...grace, muted: true });
    stage.server.put(ROOM, { ...own, role: 'moderator' });
    await expect.poll(() => muteAll.isDisabled(), WAIT).toBe(true);
    await stage.page.getByRole('button', { name: 'Lock', exact: true }).click();
    expect(await heard(stage.server, 'POST', `/meetings/${ROOM}/lock`)).toEqual({ locked: true });
    stage.server.fact({ kind: 'room-updated', room: ROOM, locked: true, recording: false });
    await stage.page.getByRole('button', { name: 'Unlock' }).waitFor();
  });

  test('says in the server’s words why it may not', async () => {
    await join({ role: 'moderator' });
    const detail = 'The switch is away. Try again in a moment.';
    const problem = { type: 'about:blank', title: 'Away', status: 503, detail };
    stage.server.replies.set(`PATCH ${path}`, [503, problem]);
    await stage.page.getByRole('button', { name: 'Mute Grace Hopper' }).click();
    await stage.page.getByText(detail).waitFor();
  });
});

describe('the end of a call, and calls that never begin', { timeout: 60_000 }, () => {
  test('leaving says BYE, and one click joins again', async () => {
    await join();
    await stage.page.getByRole('button', { name: 'Leave' }).click();
    await stage.page.getByText('You left the meeting').waitFor();
    await expect.poll(() => stage.server.sip.count('BYE'), WAIT).toBe(1);
    await stage.page.getByRole('button', { name: 'Join again' }).click();
    await stage.page.getByRole('button', { name: 'Leave' }).waitFor(WAIT);
  });

  test('a hang-up by the server gives the feed’s reason', async () => {
    await join();
    stage.server.fact({
      kind: 'participant-left',
      room: ROOM,
      id: own.id,
      reason: 'meeting-ended',
    });
    stage.server.sip.bye();
    await stage.page.getByText('The meeting is over').waitFor(WAIT);
  });

  test('a broken SIP connection is mended by a new call', async () => {
    await join();
    stage.server.sip.breakOff();
    await stage.page.getByText('The connection broke').waitFor(WAIT);
    await stage.page.getByText('The connection broke').waitFor({ state: 'detached', ...WAIT });
    expect(stage.server.heard.filter(({ path }) => path.endsWith('/softphone'))).toHaveLength(2);
    await stage.page.getByText('Microphone on').waitFor();
  });

  for (const [status, words] of [
    [486, 'The meeting is full'],
    [403, 'The meeting is locked'],
    [503, 'The phone system is not ready'],
  ] as const) {
    test(`a refusal with ${status} is explained at the door`, async () => {
      stage.server.sip.answer = status;
      await openDoor();
      await stage.page.getByLabel('Your name').fill('Ada');
      await stage.page.getByRole('button', { name: 'Join the meeting' }).click();
      await stage.page.getByRole('alert').getByText(words).waitFor(WAIT);
    });
  }

  test('a link that is no longer good says so', async () => {
    await stage.page.goto(`${stage.server.url}/join/t1`);
    await stage.page.getByText('This link does not work').waitFor();
  });

  for (const [name, words] of [
    ['NotAllowedError', 'The microphone is blocked'],
    ['NotFoundError', 'No microphone found'],
    ['NotReadableError', 'The microphone is in use'],
  ] as const) {
    test(`${name}: explained, and one may still listen`, async () => {
      await stage.page.addInitScript(
        `navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', '${name}'))`,
      );
      stage.server.put(ROOM, own);
      await openDoor();
      await stage.page.getByText(words).waitFor(WAIT);
      await stage.page.getByLabel('Your name').fill('Ada');
      await stage.page.getByRole('button', { name: 'Join and only listen' }).click();
      await stage.page.getByRole('button', { name: 'Leave' }).waitFor(WAIT);
    });
  }
});
