import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { MediaProbe, OPEN_MIX } from '../../support/media-probe.ts';

let media: MediaProbe;
let room: string;
let rooms = 0;

beforeAll(async () => {
  media = await MediaProbe.start();
});
afterAll(() => media.stop());
afterEach(() => {
  media.hangUp();
  media.events.length = 0;
});

function openRoom(): void {
  room = `m-${(rooms += 1)}`;
  media.command({ kind: 'open-room', room, sampleRateHz: 16_000 });
}
const MUTED = { canSpeak: false, muteDetect: true };
const detected = (leg: string, talking: boolean) =>
  media.event('mute-detected', (event) => event.leg === leg && event.talking === talking);
const toldOfTalking = (leg: string) =>
  media.events.some((event) => event.kind === 'talking' && event.leg === leg);

test('who talks while muted is told of, is not heard, and is not said to talk', async () => {
  openRoom();
  const listener = await media.join(room);
  const { leg, peer } = await media.join(room, { toneHz: 620 }, MUTED);
  await detected(leg, true);
  await listener.peer.hearsOnly();
  peer.hush();
  await detected(leg, false);
  expect(toldOfTalking(leg)).toBe(false);
});

test('who is muted in mid-word is told to have stopped, then that he goes on muted', async () => {
  openRoom();
  const { leg } = await media.join(room, { toneHz: 620 }, { muteDetect: true });
  await media.event('talking', (event) => event.leg === leg && event.talking);
  media.command({ kind: 'set-mix', leg, mix: { ...OPEN_MIX, ...MUTED } });
  await media.event('talking', (event) => event.leg === leg && !event.talking);
  await detected(leg, true);
});

test('who is unmuted while he talks is heard, and told to talk', async () => {
  openRoom();
  const listener = await media.join(room);
  const { leg } = await media.join(room, { toneHz: 620 }, MUTED);
  await detected(leg, true);
  media.command({ kind: 'set-mix', leg, mix: { ...OPEN_MIX, muteDetect: true } });
  await detected(leg, false);
  await media.event('talking', (event) => event.leg === leg && event.talking);
  await listener.peer.hearsOnly(620);
});

test('where nobody asks, the muted are not listened to', async () => {
  openRoom();
  const { leg, peer } = await media.join(room, { toneHz: 620 }, { canSpeak: false });
  await peer.hears();
  await peer.hears();
  expect(media.events.some((e) => e.kind === 'mute-detected' && e.leg === leg)).toBe(false);
});
