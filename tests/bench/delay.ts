import { setTimeout as wait } from 'node:timers/promises';
import { PhoneMedia } from '../support/caller-media.ts';
import { muLawTone } from '../support/mu-law.ts';
import { onEachEngine, type BenchEngine } from './engine.ts';
import { summary } from './percentile.ts';
import { BenchRoom } from './room.ts';
import { PHONE_VOICES } from './voices.ts';

const ROUNDS = 20;
/** A caller's frames may lie anyhow against the mixer's beat: what one meets is chance. */
const PHASES_MS = [0, 4, 8, 12, 16];
/** The switch learns what the path is like. */
const SETTLE_MS = 4000;
/** Keeps the talk gate open between the marks. */
const QUIET = [muLawTone(400, 1500)];
const LOUD = [muLawTone(400, 12_000)];

/** Milliseconds from a loud packet's leaving one phone to its coming out at another. */
export function delay(): Promise<{ embedded: unknown; freeswitch?: unknown }> {
  return onEachEngine(measureDelay);
}

async function measureDelay(
  engine: BenchEngine,
): Promise<{ p50: number; p99: number; max: number }> {
  const room = await BenchRoom.open(engine, {
    voices: PHONE_VOICES,
    openMedia: () => PhoneMedia.open(),
    beatMs: 1,
  });
  const listener = await room.join();
  const samples: number[] = [];
  for (const phaseMs of PHASES_MS) {
    const speaker = await room.join(phaseMs);
    room.speak(speaker, QUIET);
    await wait(SETTLE_MS);
    for (let round = 0; round < ROUNDS; round++) {
      await wait(200);
      samples.push(await oneMark(room, speaker, listener));
    }
    room.speak(speaker, PHONE_VOICES.quiet);
  }
  await room.close();
  return summary(samples);
}

async function oneMark(room: BenchRoom, speaker: number, listener: number): Promise<number> {
  const ear = room.callers[listener];
  const mouth = room.callers[speaker];
  if (ear === undefined || mouth === undefined) throw new Error('the room lost its callers');
  const heard = new Promise<bigint>((resolve) => {
    ear.media.onPacket = (payload, atNs) => {
      if (isLoud(payload)) resolve(atNs);
    };
  });
  const sentAt = mouth.nextFrameSent();
  room.speak(speaker, LOUD);
  const [sentNs, heardNs] = await Promise.all([sentAt, heard]);
  ear.media.onPacket = undefined;
  room.speak(speaker, QUIET);
  return Number(heardNs - sentNs) / 1e6;
}

/** µ-law bytes of large amplitude are stored inverted; 0x58 is about 5,000 of 32,767. */
function isLoud(payload: Uint8Array): boolean {
  const loud = payload.filter((byte) => (~byte & 0x7f) >= 0x58).length;
  return loud >= 8;
}
