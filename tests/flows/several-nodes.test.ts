import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NodeView } from '../../protocol/http/nodes.ts';
import type { MeetingView } from '../../protocol/http/views.ts';
import { has } from '../runner/programs.ts';
import { Chromium } from '../support/chromium.ts';
import { isLockedAt, membersAt } from '../support/conference-at.ts';
import { eventually } from '../support/eventually.ts';
import { RealFreeswitch } from '../support/freeswitch.ts';
import { lock } from '../support/locked.ts';
import { MovedPhone } from '../support/moved-phone.ts';
import type { PersonView } from '../support/product.ts';
import { SoftphonePage } from '../support/softphone-page.ts';
import { startTwoNodes } from '../support/two-nodes.ts';
import type { TwoNodes } from '../support/two-nodes.ts';

const CALLERS = 20;
const TALKER_HZ = 400;
const WITHIN_MS = 10_000;

/** The node that has the room, and the other. */
async function nodesOf(stage: TwoNodes, meeting: MeetingView) {
  const [one, other] = stage.nodes;
  const isFirst = (await membersAt(one, meeting)) > 0;
  return isFirst ? { home: one, spare: other } : { home: other, spare: one };
}

function crowd(stage: TwoNodes, meeting: MeetingView): Promise<readonly MovedPhone[]> {
  const to = {
    port: stage.drachtio.sipPort,
    uri: `sip:${meeting.codes.join}@${stage.product.sip}`,
  };
  const names = Array.from({ length: CALLERS }, (_, n) => `caller${n}`);
  return names.reduce<Promise<readonly MovedPhone[]>>(async (before, name, n) => {
    const phones = await before;
    return [...phones, await MovedPhone.dial(name, to, n === 0 ? TALKER_HZ : undefined)];
  }, Promise.resolve([]));
}

const told = ({ id, name, muted, mutedBy, hand, role, joinedAt }: PersonView) =>
  JSON.stringify({ id, name, muted, mutedBy, hand, role, joinedAt });

const toldOfPerson = ({ name, personId, muted, hand, role, joinedAt }: PersonView) =>
  JSON.stringify({ name, personId, muted, hand, role, joinedAt });

/** All are in; one is muted with a hand up, one has another name and role, and the room is locked. */
async function noted({ product }: TwoNodes, meeting: MeetingView): Promise<readonly PersonView[]> {
  const everybody = (list: readonly PersonView[]) => list.length === CALLERS;
  const people = await product.participantsWhen(meeting, 'all are in', everybody);
  const change = (named: string, what: Partial<PersonView>) => {
    const id = people.find(({ name }) => name === named)?.id ?? '';
    return product.api('PATCH', `/meetings/${meeting.id}/participants/${id}`, what);
  };
  await change('caller3', { muted: true, hand: true });
  await change('caller4', { name: 'Ada', role: 'moderator' });
  await lock(product, meeting);
  return product.participantsWhen(
    meeting,
    'all is noted',
    (list) =>
      list.some(({ hand, muted }) => hand && muted) && list.some(({ name }) => name === 'Ada'),
  );
}

/** How many rows the list had, looked at four times a second from now on. */
function countRows(
  { product }: TwoNodes,
  meeting: MeetingView,
  atTheEnd: (undo: () => void) => void,
): () => readonly number[] {
  const rows: number[] = [];
  const look = () => void product.participants(meeting).then((list) => rows.push(list.length));
  const looking = setInterval(look, 250);
  atTheEnd(() => clearInterval(looking));
  return () => rows;
}

async function areUp({ product }: TwoNodes): Promise<boolean> {
  const nodes = await product.api<readonly NodeView[]>('GET', '/nodes');
  return nodes.every(({ state }) => state === 'up');
}

/** As `startTwoNodes` takes them. */
const KINDS = [
  { kind: 'an embedded switch', open: undefined },
  ...(RealFreeswitch.program() === ''
    ? []
    : [{ kind: 'a real FreeSWITCH', open: () => RealFreeswitch.start() }]),
];

describe.each(KINDS)('two nodes, each $kind', ({ open }) => {
  let stage: TwoNodes;
  beforeAll(async () => {
    stage = await startTwoNodes(open);
  }, 60_000);
  afterAll(() => stage.stop());

  test(
    'a caller at the reception of one is led to a room at the other, and a drained one is left',
    { timeout: 60_000 },
    async ({ onTestFinished }) => {
      const { product, drachtio } = stage;
      const meeting = await product.createMeeting();
      const dial = async (name: string, user: string, toneHz?: number): Promise<MovedPhone> => {
        const to = { port: drachtio.sipPort, uri: `sip:${user}@${product.sip}` };
        const phone = await MovedPhone.dial(name, to, toneHz);
        onTestFinished(() => phone.close());
        return phone;
      };
      const talker = await dial('talker', meeting.codes.join, TALKER_HZ);
      const listener = await dial('listener', meeting.codes.join);
      await product.participantsWhen(meeting, 'two are in', ({ length }) => length === 2);
      const { home, spare } = await nodesOf(stage, meeting);

      const guest = await dial('guest', '7000');
      const led = guest.hearsAgain(0, 30_000);
      await guest.press(`${meeting.codes.join}#`);
      await led;
      const list = await product.participantsWhen(
        meeting,
        'three are in',
        (all) => all.length === 3,
      );
      expect(await membersAt(home, meeting)).toBe(3);
      expect([guest.moves, guest.ends]).toEqual([1, 0]);

      const id = `127.0.0.1:${home.eslPort}`;
      const back = Promise.all([listener.hearsAgain(0, WITHIN_MS), guest.hearsAgain(1, WITHIN_MS)]);
      await product.api('POST', `/nodes/${id}/drain`, { move: true });
      console.log(
        `drained: heard again after ${(await back).map((ms) => ms.toFixed(0)).join(', ')} ms`,
      );
      const after = await product.participantsWhen(meeting, 'nobody is on the way', (all) =>
        all.every(({ moving }) => moving !== true),
      );
      expect(after.map(told).sort()).toEqual(list.map(told).sort());
      expect(await membersAt(spare, meeting)).toBe(3);
      expect([talker, listener, guest].map(({ ends }) => ends)).toEqual([0, 0, 0]);
      await eventually('nobody is left behind', async () => (await membersAt(home, meeting)) === 0);
      const nodes = await product.api<readonly NodeView[]>('GET', '/nodes');
      expect(nodes.map(({ draining, people }) => [draining, people]).sort()).toEqual([
        [false, 3],
        [true, 0],
      ]);
      for (const phone of [talker, listener, guest]) phone.hangUp();
      await product.api('POST', `/nodes/${id}/undrain`);
    },
  );

  test.skipIf(!has('chromium'))(
    'one dies under a browser: it calls the other by itself, and is the same participant',
    { timeout: 60_000 },
    async ({ onTestFinished }) => {
      const { product, drachtio } = stage;
      const meeting = await product.createMeeting();
      const to = { port: drachtio.sipPort, uri: `sip:${meeting.codes.join}@${product.sip}` };
      const phone = await MovedPhone.dial('desk', to);
      onTestFinished(() => phone.close());
      const chromium = await Chromium.start(TALKER_HZ);
      onTestFinished(() => chromium.stop());
      const carla = await SoftphonePage.join(chromium, meeting.joinUrl, 'Carla');
      const two = (all: readonly PersonView[]) => all.length === 2;
      const before = await product.participantsWhen(meeting, 'both are in', two);
      await phone.hearsAgain(-1, 10_000);
      const { home } = await nodesOf(stage, meeting);
      const heard = phone.hearsAgain(0, WITHIN_MS);
      await home.die();
      console.log(`a browser is heard again after ${(await heard).toFixed(0)} ms`);
      const after = await product.participantsWhen(meeting, 'nobody is on the way', (all) =>
        all.every(({ moving }) => moving !== true),
      );
      // The browser may have heard that it hears nothing before anybody found the node dead: then its leg is another.
      expect(after.map(toldOfPerson).sort()).toEqual(before.map(toldOfPerson).sort());
      expect(await carla.page.locator('.in-call').count()).toBe(1);
      phone.hangUp();
      await home.restart();
      await eventually('both are up', () => areUp(stage));
    },
  );

  test(
    'one dies with twenty in a room: all hear each other at the other within ten seconds, as they stood',
    { timeout: 60_000 },
    async ({ onTestFinished }) => {
      const { product } = stage;
      const meeting = await product.createMeeting();
      const phones = await crowd(stage, meeting);
      onTestFinished(() => phones.forEach((phone) => phone.close()));
      const before = await noted(stage, meeting);
      const { home, spare } = await nodesOf(stage, meeting);
      const heard = Promise.all(phones.slice(1).map((phone) => phone.hearsAgain(0, WITHIN_MS)));
      const rows = countRows(stage, meeting, onTestFinished);
      await home.die();
      const ms = [...(await heard)].sort((a, b) => a - b);
      console.log(
        `heard again after ${ms.at(0)?.toFixed(0)} to ${ms.at(-1)?.toFixed(0)} ms, median ${ms.at(ms.length >> 1)?.toFixed(0)} ms`,
      );

      expect(new Set(rows())).toEqual(new Set([CALLERS]));
      const after = await product.participantsWhen(meeting, 'nobody is on the way', (list) =>
        list.every(({ moving }) => moving !== true),
      );
      expect(after.map(told)).toEqual(before.map(told));
      expect(await membersAt(spare, meeting)).toBe(CALLERS);
      expect(phones.map(({ moves, ends }) => `${moves} ${ends}`)).toEqual(phones.map(() => '1 0'));
      await eventually('the room is locked again', () => isLockedAt(spare, meeting));
      phones.forEach((phone) => phone.hangUp());
    },
  );
});
