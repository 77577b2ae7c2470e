import { expect, test } from 'vitest';
import type { MeetingView } from '../../protocol/http/views.ts';
import { EslClient } from '../support/esl-client.ts';
import { eventually } from '../support/eventually.ts';
import { RealFreeswitch } from '../support/freeswitch.ts';
import type { MortalFreeswitch } from '../support/mortal-engines.ts';
import { MovedPhone } from '../support/moved-phone.ts';
import type { PersonView } from '../support/product.ts';
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
