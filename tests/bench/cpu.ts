import { readFileSync } from 'node:fs';

/** Clock ticks a second, as Linux counts process time for user space. */
const TICKS_HZ = 100;

/** Seconds of processor time that a process has used so far, all its threads together. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The program's name stands in brackets and may hold blanks; utime and stime are the 12th and 13th after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_HZ;
}
