import { expect, test } from 'vitest';
import type { NodeView } from '../../protocol/http/nodes.ts';
import type { MeetingView } from '../../protocol/http/views.ts';
import { has } from '../runner/programs.ts';
import { Chromium } from '../support/chromium.ts';
import { EslClient } from '../support/esl-client.ts';
import { eventually } from '../support/eventually.ts';
import { RealFreeswitch } from '../support/freeswitch.ts';
import type { MortalFreeswitch } from '../support/mortal-engines.ts';
import { MovedPhone } from '../support/moved-phone.ts';
import type { PersonView } from '../support/product.ts';
import { SoftphonePage } from '../support/softphone-page.ts';
import { startTwoNodes } from '../support/two-nodes.ts';
import type { TwoNodes } from '../support/two-nodes.ts';

const CALLERS = 20;
const TALKER_HZ = 400;
const WITHIN_MS = 10_000;

async function membersAt(node: MortalFreeswitch, meeting: MeetingView): Promise<number> {
  const esl = await EslClient.connect(node.eslPort, node.password);
  const listed = await esl.api(`conference ${meeting.id} list count`);
  esl.close();
  return /^\d+/.test(listed) ? Number.parseInt(listed, 10) : 0;
}

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

/** As `startTwoNodes` takes them. */
const KINDS = [
  { kind: 'an embedded switch', open: undefined },
  ...(RealFreeswitch.program() === ''
    ? []
    : [{ kind: 'a real FreeSWITCH', open: () => RealFreeswitch.start() }]),
];

for (const { kind, open } of KINDS)
  test(
    `${kind} dies with twenty in a room: all hear each other at the other within ten seconds, as they stood`,
    { timeout: 60_000 },
    async ({ onTestFinished }) => {
      const stage = await startTwoNodes(open);
      onTestFinished(() => stage.stop());
      const { product } = stage;
      const meeting = await product.createMeeting();
      const phones = await crowd(stage, meeting);
      onTestFinished(() => phones.forEach((phone) => phone.close()));
      const everybody = (list: readonly PersonView[]) => list.length === CALLERS;
      const people = await product.participantsWhen(meeting, 'all are in', everybody);
      const [muted, named] = [
        people.find(({ name }) => name === 'caller3'),
        people.find(({ name }) => name === 'caller4'),
      ];
      const change = (id = '', what: Partial<PersonView>) =>
        product.api('PATCH', `/meetings/${meeting.id}/participants/${id}`, what);
      await change(muted?.id, { muted: true, hand: true });
      await change(named?.id, { name: 'Ada', role: 'moderator' });
      await product.api('POST', `/meetings/${meeting.id}/lock`, { locked: true });
      const before = await product.participantsWhen(
        meeting,
        'all is noted',
        (list) =>
          list.some(({ hand, muted: is }) => hand && is) && list.some(({ name }) => name === 'Ada'),
      );

      const { home, spare } = await nodesOf(stage, meeting);
      const heard = Promise.all(phones.slice(1).map((phone) => phone.hearsAgain(0, WITHIN_MS)));
      const rows: number[] = [];
      const looking = setInterval(
        () => void product.participants(meeting).then((list) => rows.push(list.length)),
        250,
      );
      onTestFinished(() => clearInterval(looking));
      await home.die();
      const ms = [...(await heard)].sort((a, b) => a - b);
      clearInterval(looking);
      console.log(
        `heard again after ${ms.at(0)?.toFixed(0)} to ${ms.at(-1)?.toFixed(0)} ms, median ${ms.at(ms.length >> 1)?.toFixed(0)} ms`,
      );

      expect(new Set(rows)).toEqual(new Set([CALLERS]));
      const after = await product.participantsWhen(meeting, 'nobody is on the way', (list) =>
        list.every(({ moving }) => moving !== true),
      );
      expect(after.map(told).sort()).toEqual(before.map(told).sort());
      expect(await membersAt(spare, meeting)).toBe(CALLERS);
      expect(phones.map(({ moves, ends }) => `${moves} ${ends}`)).toEqual(phones.map(() => '1 0'));
      await eventually('the room is locked again', async () => {
        const esl = await EslClient.connect(spare.eslPort, spare.password);
        const list = await esl.api(`conference ${meeting.id} xml_list`);
        esl.close();
        return list.includes('locked="true"');
      });
      phones.forEach((phone) => phone.hangUp());
    },
  );

for (const { kind, open } of KINDS)
  test(
    `two of ${kind}: a caller at the reception of one is led to a room at the other, and a drained one is left`,
    { timeout: 60_000 },
    async ({ onTestFinished }) => {
      const stage = await startTwoNodes(open);
      onTestFinished(() => stage.stop());
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
    },
  );

for (const { kind, open } of KINDS)
  test.skipIf(!has('chromium'))(
    `${kind} dies under a browser: it calls the other by itself, and is the same participant`,
    { timeout: 60_000 },
    async ({ onTestFinished }) => {
      const stage = await startTwoNodes(open);
      onTestFinished(() => stage.stop());
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
      expect(after.map(told).sort()).toEqual(before.map(told).sort());
      expect(await carla.page.locator('.in-call').count()).toBe(1);
    },
  );
