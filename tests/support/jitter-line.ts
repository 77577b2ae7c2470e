import { JitterBuffer } from '../../switch/media/dsp/jitter-buffer.ts';
import type { JitterPacket } from '../../switch/media/dsp/jitter-buffer.ts';

/** A packet on its way: `n` is written into its payload. */
export interface OnTheWay extends JitterPacket {
  readonly arrivalMs: number;
}

export interface Heard {
  readonly atMs: number;
  readonly kind: 'frame' | 'lost' | 'empty';
  /** Of a frame, the number of its packet; of a loss, that of the packet offered for its FEC. */
  readonly n: number | undefined;
  readonly depthMs: number;
}

export const CLOCK_HZ = 8000;

export interface Talk {
  readonly packetMs?: number;
  /** How late packet `n` is. */
  readonly delayMs?: (n: number) => number;
  /** The numbers of packet 0. */
  readonly from?: { readonly sequence: number; readonly timestamp: number };
}

const AT_ZERO = { sequence: 0, timestamp: 0 };

/** Packets `first` to `last`, sent every `packetMs`, with the payload telling their number. */
export function talk(first: number, last: number, how: Talk = {}): OnTheWay[] {
  const { packetMs = 20, delayMs = () => 0, from = AT_ZERO } = how;
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const n = first + i;
    return {
      sequence: (from.sequence + n) & 0xffff,
      timestamp: (from.timestamp + (n * packetMs * CLOCK_HZ) / 1000) >>> 0,
      payload: Uint8Array.of(n >> 8, n, 0, 0),
      marker: n === 0,
      arrivalMs: n * packetMs + delayMs(n),
    };
  });
}

export interface Line {
  readonly packets: readonly OnTheWay[];
  readonly untilMs: number;
  readonly tickMs?: number;
  readonly quiet?: boolean;
  readonly clockTold?: boolean;
  /** The least delay aimed at; at 40 the beginning's is what stays. */
  readonly minMs?: number;
  readonly buffer?: JitterBuffer;
}

/** Plays a line in virtual time: what is heard at each tick, the first at 7 ms. */
export function listen(line: Line): { heard: readonly Heard[]; buffer: JitterBuffer } {
  const { tickMs = 20, quiet = false, clockTold = true } = line;
  const buffer = line.buffer ?? newBuffer(line.minMs);
  const queue = [...line.packets].sort((a, b) => a.arrivalMs - b.arrivalMs);
  const heard: Heard[] = [];
  for (let atMs = 7, next = 0; atMs < line.untilMs; atMs += tickMs) {
    for (; next < queue.length && queue[next]!.arrivalMs <= atMs; next++) {
      buffer.push(queue[next]!, queue[next]!.arrivalMs);
    }
    buffer.noteQuiet(quiet);
    const pulled = clockTold ? buffer.pull(atMs) : buffer.pull();
    const bytes =
      pulled.kind === 'frame' ? pulled.payload : pulled.kind === 'lost' ? pulled.next : undefined;
    const n = bytes === undefined ? undefined : (bytes[0]! << 8) | bytes[1]!;
    heard.push({ atMs, kind: pulled.kind, n, depthMs: buffer.depthMs });
  }
  return { heard, buffer };
}

function newBuffer(minMs = 20): JitterBuffer {
  return new JitterBuffer({ clockHz: CLOCK_HZ, minMs, maxMs: 200 });
}

/** The numbers of the packets played, in order. */
export function played(heard: readonly Heard[]): number[] {
  return heard.flatMap(({ kind, n }) => (kind === 'frame' ? [n!] : []));
}

/** Like `-- 0 1 ? 3`: `-` nothing, `?` made up, `!n` made up with packet n's help. */
export function asText(heard: readonly Heard[]): string {
  return heard
    .map(({ kind, n }) =>
      kind === 'empty' ? '-' : kind === 'lost' ? (n === undefined ? '?' : `!${n}`) : `${n}`,
    )
    .join(' ');
}
