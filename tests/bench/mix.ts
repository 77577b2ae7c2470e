import { cpus } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { BrowserMedia } from '../support/browser-media.ts';
import { PhoneMedia } from '../support/caller-media.ts';
import { cpuSeconds } from './cpu.ts';
import { onEachEngine, type BenchEngine } from './engine.ts';
import { BenchRoom, type RoomKind } from './room.ts';
import { browserVoices, PHONE_VOICES } from './voices.ts';

const TALKING = 3;
const SETTLE_MS = 1500;
/** V8 compiles what runs often a second time, and better; a server has run for longer than this. */
const WARM_UP_MS = 8000;
const MEASURE_MS = 5000;
/** Fewer packets a second than this to each member: the machine carries no more. */
const WHOLE = 49;

interface MixFigure {
  readonly members: number;
  /** Percent of one core that the whole switch used. */
  readonly corePercent: number;
  readonly corePercentPerMember: number;
  /** RTP packets each member heard a second; 50 is whole. */
  readonly packetsPerSecond: number;
  /** Percent of all cores that everybody used, the callers too: near 100, the machine was the limit. */
  readonly machinePercent: number;
}

interface MixFigures {
  readonly phones: readonly MixFigure[];
  readonly browsers: readonly MixFigure[];
}

/** CPU per member of one room, three talking: of G.711 phones, and of Opus browsers (DTLS-SRTP). */
export function mix(): Promise<{ embedded: MixFigures; freeswitch?: MixFigures }> {
  return onEachEngine(async (engine) => ({
    phones: await measureSizes(engine, [10, 50, 100, 200], {
      voices: PHONE_VOICES,
      openMedia: () => PhoneMedia.open(),
    }),
    browsers: await measureSizes(engine, [10, 25, 50, 100], {
      voices: await browserVoices(),
      openMedia: () => BrowserMedia.open(),
    }),
  }));
}

/** A size that the machine could not carry is the last. */
async function measureSizes(
  engine: BenchEngine,
  sizes: readonly number[],
  kind: RoomKind,
): Promise<MixFigure[]> {
  const figures: MixFigure[] = [];
  const room = await BenchRoom.open(engine, kind);
  for (const members of sizes) {
    while (room.callers.length < members) await room.join();
    for (let talker = 0; talker < TALKING; talker++)
      room.speak(talker, kind.voices.tone(400 + 150 * talker));
    await wait(figures.length === 0 ? WARM_UP_MS : SETTLE_MS);
    const figure = await measure(engine, room, members);
    figures.push(figure);
    // A run takes minutes: whoever waits sees it go on, and stdout stays one document.
    console.error(`${engine.name}: ${JSON.stringify(figure)}`);
    if (figure.packetsPerSecond < WHOLE) break;
  }
  await room.close();
  return figures;
}

async function measure(engine: BenchEngine, room: BenchRoom, members: number): Promise<MixFigure> {
  const heardSoFar = () => room.callers.reduce((sum, { packetsIn }) => sum + packetsIn, 0);
  const [heardBefore, machineBefore] = [heardSoFar(), machineTimes()];
  const [cpuBefore, before] = [cpuSeconds(engine.pid), performance.now()];
  await wait(MEASURE_MS);
  const seconds = (performance.now() - before) / 1000;
  const corePercent = (100 * (cpuSeconds(engine.pid) - cpuBefore)) / seconds;
  const machine = machineTimes();
  const busyShare = (machine.busy - machineBefore.busy) / (machine.all - machineBefore.all);
  return {
    members,
    corePercent: round(corePercent),
    corePercentPerMember: round(corePercent / members),
    packetsPerSecond: round((heardSoFar() - heardBefore) / seconds / members),
    machinePercent: round(100 * busyShare),
  };
}

function machineTimes(): { readonly busy: number; readonly all: number } {
  const sums = { busy: 0, all: 0 };
  for (const { times } of cpus()) {
    const busy = times.user + times.nice + times.sys + times.irq;
    sums.busy += busy;
    sums.all += busy + times.idle;
  }
  return sums;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
