import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { MeetingView } from '../../protocol/http/views.ts';
import { parseFeedMessage } from '../../protocol/room/feed.ts';
import { eventually } from '../support/eventually.ts';
import { RealFreeswitch } from '../support/freeswitch.ts';
import { Product } from '../support/product.ts';
import { hasRedis, startRedis } from '../support/redis-server.ts';
import { TonePhone } from '../support/tone-phone.ts';
import { TwoProcesses } from '../support/two-processes.ts';

/** They wait for one another and for Redis: so they wait together. */
const TOGETHER = { timeout: 120_000, concurrent: true };
const HEALED_WITHIN_MS = 5_000;
const [ADA_HZ, BOB_HZ] = [500, 900];

/** Whether each person is muted, as one process' feed says. */
class Watcher {
  readonly muted = new Map<string, boolean>();
  readonly #socket: WebSocket;

  constructor(product: Product, meeting: MeetingView) {
    const url = `${product.url.replace('http', 'ws')}/api/v1/events?meeting=${meeting.id}`;
    this.#socket = new WebSocket(url, ['partyline.v1', `bearer.${product.adminKey}`]);
    this.#socket.on('message', (data: Buffer) => this.#hear(data.toString()));
    this.#socket.on('error', () => undefined);
  }

  close(): void {
    this.#socket.close();
  }

  shows(id: string, muted: boolean): Promise<unknown> {
    return eventually(`the feed shows ${muted}`, () => this.muted.get(id) === muted);
  }

  #hear(text: string): void {
    const message = parseFeedMessage(text);
    if (message?.kind === 'snapshot')
      for (const { people } of message.rooms)
        for (const { id, muted } of people) this.muted.set(id, muted);
    if (message?.kind === 'event' && message.event.kind === 'participant-updated')
      this.muted.set(message.event.participant.id, message.event.participant.muted);
  }
}

const KINDS = [
  { kind: 'embedded switches', open: undefined },
  ...(RealFreeswitch.program() === ''
    ? []
    : [{ kind: 'real FreeSWITCHes', open: () => RealFreeswitch.start() }]),
];

describe.skipIf(!hasRedis).each(KINDS)(
  'two Partylines with one Redis and two $kind',
  TOGETHER,
  ({ open }) => {
    test(
      'are one: rooms are seen and commanded at both, whoever of them dies, and without Redis for a while',
      TOGETHER,
      async ({ onTestFinished }) => {
        const stage = await TwoProcesses.start(open);
        onTestFinished(() => stage.stop());
        const [a, b] = stage.both;
        const meeting = await a.createMeeting();
        const ada = await TonePhone.dial(a, meeting, ADA_HZ);
        const bob = await TonePhone.dial(b, meeting, BOB_HZ);
        onTestFinished(() => {
          for (const phone of [ada, bob]) {
            phone.media.close();
            phone.sip.close();
          }
        });
        await ada.media.hearsOnly(BOB_HZ);
        await bob.media.hearsOnly(ADA_HZ);
        const bothIn = (list: readonly unknown[]) => list.length === 2;
        const [person] = await a.participantsWhen(meeting, 'both at one', bothIn);
        await b.participantsWhen(meeting, 'both at the other', bothIn);
        const id = person?.id ?? '';
        const watchers = [new Watcher(a, meeting), new Watcher(b, meeting)];
        onTestFinished(() => watchers.forEach((watcher) => watcher.close()));
        const mute = (at: Product, muted: boolean) =>
          at.api('PATCH', `/meetings/${meeting.id}/participants/${id}`, { muted });
        const bothShow = (muted: boolean) =>
          Promise.all(watchers.map((watcher) => watcher.shows(id, muted)));

        for (const [at, muted] of [
          [a, true],
          [b, false],
          [b, true],
          [a, false],
        ] as const) {
          await mute(at, muted);
          await bothShow(muted);
        }

        const before = stage.drives();
        await stage.stopRedis();
        await Promise.all(
          [a, b].map(async (each) =>
            eventually('readiness says so', async () =>
              (await each.readiness()).text.includes('Redis'),
            ),
          ),
        );
        await wait(5_000);
        await ada.media.hearsOnly(BOB_HZ);
        await bob.media.hearsOnly(ADA_HZ);
        await stage.startRedis();
        const backAt = performance.now();
        const again = async (at: Product, muted: boolean) =>
          eventually('a command is taken', () =>
            mute(at, muted).then(
              () => true,
              () => false,
            ),
          );
        await again(a, true);
        await again(b, true);
        await bothShow(true);
        console.log(
          `after Redis was away: healed within ${Math.round(performance.now() - backAt)} ms`,
        );
        await eventually('both are ready', async () =>
          (await Promise.all([a, b].map((each) => each.readiness()))).every(
            ({ status }) => status === 200,
          ),
        );
        expect(stage.drives()).toEqual(before);

        const home = await stage.nodeWithRooms();
        const dead = stage.driverOf(home);
        const left = dead === a ? b : a;
        await stage.kill(dead);
        const diedAt = performance.now();
        await again(left, false);
        await (left === a ? watchers[0] : watchers[1])?.shows(id, false);
        const healedMs = performance.now() - diedAt;
        console.log(`after kill -9: commanded and shown again after ${Math.round(healedMs)} ms`);
        expect(healedMs).toBeLessThan(HEALED_WITHIN_MS);
        await ada.media.hearsOnly(BOB_HZ);
        expect(await left.participants(meeting)).toHaveLength(2);

        // Both nodes by the first, one given to the second, one followed after the death.
        expect(stage.drives().length).toBeGreaterThanOrEqual(4);
        for (const name of new Set(stage.drives().map(({ node }) => node))) {
          const drives = stage.drives().filter(({ node }) => node === name);
          const tokens = drives.map(({ token }) => token);
          expect(new Set(tokens).size).toBe(tokens.length);
          drives.slice(1).forEach((drive, at) => {
            expect(drives[at]?.untilMs).toBeLessThanOrEqual(drive.fromMs);
          });
        }
      },
    );
  },
);

test.skipIf(!hasRedis)(
  'two Partylines with one Redis and an embedded switch each: both command its rooms, which end with it',
  TOGETHER,
  async ({ onTestFinished }) => {
    const redis = await startRedis();
    onTestFinished(() => redis.stop());
    const start = async (): Promise<Product> => {
      const product = await Product.start({ REDIS_URL: redis.url });
      onTestFinished(() => product.stop());
      return product;
    };
    const [a, b] = await Promise.all([start(), start()]);
    const meeting = await b.createMeeting();
    const ada = await TonePhone.dial(a, meeting, ADA_HZ);
    onTestFinished(() => {
      ada.media.close();
      ada.sip.close();
    });
    const [person] = await b.participantsWhen(meeting, 'she is seen', (list) => list.length === 1);
    await b.api('PATCH', `/meetings/${meeting.id}/participants/${person?.id}`, { muted: true });
    await a.participantsWhen(meeting, 'she is muted', ([each]) => each?.muted === true);
    await b.participantsWhen(meeting, 'she is muted', ([each]) => each?.muted === true);
    await a.die();
    await b.participantsWhen(meeting, 'she is gone', (list) => list.length === 0);
  },
);
