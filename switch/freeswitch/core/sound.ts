import type { PlaySource } from '../../media/contract.ts';
import type { SwitchNode } from './node.ts';

/** What a file argument of `playback`, `play_and_get_digits` or `conference … play` stands for. */
export interface Sound {
  /** One after the other. */
  readonly sources: readonly PlaySource[];
  /** How often the whole row is played; -1 for ever. */
  readonly loops: number;
}

export interface SoundPlaces {
  /** Where relative paths begin. */
  readonly soundsDir?: string;
  canRead(path: string): boolean;
}

/** The sound that a file argument means on this switch. */
export function soundAt(node: SwitchNode, text: string): Sound | undefined {
  const { soundsDir } = node.settings;
  const canRead = (path: string): boolean => node.world.canRead(path);
  return toSound(text, soundsDir === undefined ? { canRead } : { soundsDir, canRead });
}

/**
 * Reads FreeSWITCH's file syntax: `{loops=2}path`, `tone_stream://%(200,100,440);loops=3`,
 * `silence_stream://500`, `file_string://a.wav!b.wav`. Undefined where nothing there can be played.
 */
export function toSound(text: string, places: SoundPlaces): Sound | undefined {
  const { params, rest } = takeParams(text);
  const loops = toLoops(/(?:^|,)loops=(-?\d+)/.exec(params)?.[1]);
  const [, scheme, body = rest] = /^([a-z_]+):\/\/(.*)$/s.exec(rest) ?? [];
  switch (scheme) {
    case undefined:
      return withSources(fileSources(rest, places), loops);
    case 'tone_stream':
      return toTones(body, loops);
    case 'silence_stream':
      return silence(body);
    case 'file_string': {
      const parts = body.split('!').map((part) => toSound(part, places));
      const playable = parts.filter((part) => part !== undefined);
      return withSources(
        playable.flatMap((part) => part.sources),
        loops,
      );
    }
    default:
      return undefined;
  }
}

function takeParams(text: string): { params: string; rest: string } {
  const match = /^\{([^}]*)\}(.*)$/s.exec(text);
  return match ? { params: match[1]!, rest: match[2]!.trim() } : { params: '', rest: text };
}

function fileSources(text: string, places: SoundPlaces): PlaySource[] {
  const absolute = text.startsWith('/');
  if (!absolute && places.soundsDir === undefined) return [];
  const path = absolute ? text : `${places.soundsDir}/${text}`;
  if (path.includes('\0') || path.split('/').includes('..') || !places.canRead(path)) return [];
  return [{ kind: 'file', path }];
}

/** Tone Generation Markup: the `%(on,off,hz[,hz])` parts, `L=` and `loops=` (libteletone). */
function toTones(text: string, loops: number): Sound | undefined {
  const sources: PlaySource[] = [];
  for (const [, numbers = ''] of text.matchAll(/%\(([\d.,\s]+)\)/g)) {
    const [onMs, offMs, ...hz] = numbers.split(',').map(Number);
    if (onMs === undefined || offMs === undefined || hz.length === 0) return undefined;
    if ([onMs, offMs, ...hz].some((value) => !Number.isFinite(value))) return undefined;
    sources.push({ kind: 'tone', onMs, offMs, hz });
  }
  const own = /(?:^|;)\s*(?:loops|L)=(-?\d+)/.exec(text)?.[1];
  return withSources(sources, own === undefined ? loops : toLoops(own));
}

function silence(text: string): Sound | undefined {
  const ms = Number.parseInt(text, 10);
  if (!Number.isFinite(ms) || ms === 0) return undefined;
  const endless = ms < 0;
  return { sources: [{ kind: 'silence', ms: endless ? 1000 : ms }], loops: endless ? -1 : 1 };
}

function toLoops(text: string | undefined): number {
  const loops = text === undefined ? 1 : Number(text);
  if (loops < 0) return -1;
  return Math.max(1, loops);
}

function withSources(sources: readonly PlaySource[], loops: number): Sound | undefined {
  return sources.length === 0 ? undefined : { sources, loops };
}
