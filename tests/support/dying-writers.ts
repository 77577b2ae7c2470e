import { Child } from './child.ts';
import { Dice } from './dice.ts';

/** Processes that live at the same time. */
export const LANES = 4;
const SEED = 20_261_122;
/** `PARTYLINE_KILLS=all`: as often as it takes to meet what happens once in a hundred times. */
const IS_THOROUGH = process.env.PARTYLINE_KILLS === 'all';

/** How often programs are killed: so many times, or a fifth of it where nobody asks for all; a multiple of `LANES`. */
export function killsOf(all: number): number {
  return IS_THOROUGH ? all : LANES * Math.ceil(all / 5 / LANES);
}

/** The lives of one lane, where `kills` of them are shared out. */
export function livesOf(lane: number, kills: number): readonly number[] {
  return Array.from({ length: kills / LANES }, (_, n) => lane + n * LANES);
}

/**
 * One process after the other writes at `address`, as its program does, and is killed after some of its
 * lines: all lines that were told whole.
 */
export async function dieOften(
  program: string,
  address: string,
  lives: readonly number[],
): Promise<readonly string[]> {
  const dice = new Dice(SEED + (lives[0] ?? 0));
  const promised: string[] = [];
  for (const life of lives) {
    const child = new Child(process.execPath, [program]);
    child.process.stdin?.write(`${address} ${life}\n`);
    await child.prints(new RegExp(`([^\n]+\n){${1 + dice.below(24)}}`));
    await child.kill('SIGKILL');
    promised.push(...child.printed.split('\n').slice(0, -1));
  }
  return promised;
}
