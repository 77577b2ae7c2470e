import { setTimeout as wait } from 'node:timers/promises';
import { muLawTone } from '../support/mu-law.ts';
import { cpuSeconds } from './cpu.ts';
import { onEachEngine, type BenchEngine } from './engine.ts';
import { BenchRoom } from './room.ts';

const SIZES = [10, 50, 100, 200];
const TALKING = 3;
const SETTLE_MS = 3000;
const MEASURE_MS = 10_000;

interface MixFigure {
  readonly members: number;
  /** Percent of one core that the whole switch used. */
  readonly corePercent: number;
  readonly corePercentPerMember: number;
  /** RTP packets each member heard a second; 50 is whole. */
  readonly packetsPerSecond: number;
}

/** CPU per member of one room of G.711 members, three of them talking. */
export function mix(): Promise<{ embedded: MixFigure[]; freeswitch?: MixFigure[] }> {
  return onEachEngine(measureSizes);
}

async function measureSizes(engine: BenchEngine): Promise<MixFigure[]> {
  const figures: MixFigure[] = [];
  const room = await BenchRoom.open(engine);
  for (const members of SIZES) {
    while (room.callers.length < members) await room.join();
    for (let talker = 0; talker < TALKING; talker++)
      room.speak(talker, muLawTone(400 + 150 * talker, 6000));
    await wait(SETTLE_MS);
    figures.push(await measure(engine, room, members));
  }
  room.close();
  return figures;
}

async function measure(engine: BenchEngine, room: BenchRoom, members: number): Promise<MixFigure> {
  const heardBefore = room.callers.reduce((sum, caller) => sum + caller.packetsIn, 0);
  const [cpuBefore, before] = [cpuSeconds(engine.pid), performance.now()];
  await wait(MEASURE_MS);
  const seconds = (performance.now() - before) / 1000;
  const corePercent = (100 * (cpuSeconds(engine.pid) - cpuBefore)) / seconds;
  const heard = room.callers.reduce((sum, caller) => sum + caller.packetsIn, 0) - heardBefore;
  return {
    members,
    corePercent: round(corePercent),
    corePercentPerMember: round(corePercent / members),
    packetsPerSecond: round(heard / seconds / members),
  };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
