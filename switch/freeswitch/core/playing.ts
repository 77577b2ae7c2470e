import type { MediaEvent, PlayTarget } from '../../media/contract.ts';
import type { SwitchNode } from './node.ts';
import type { Sound } from './sound.ts';

/** A sound on its way to a leg or a room. The worker plays sources; the row of them is kept here. */
export interface Playing {
  readonly target: PlayTarget;
  readonly sound: Sound;
  /** To a member: in place of the room, not over it. */
  readonly replacesMix: boolean;
  /** The worker's name for the source that plays now. */
  play: string;
  /** Something else plays inside of it. */
  suspended: boolean;
  index: number;
  round: number;
  samples: number;
  sampleRateHz: number;
}

export type PlayEnded = Extract<MediaEvent, { kind: 'play-ended' }>;

export function startPlaying(
  node: SwitchNode,
  target: PlayTarget,
  sound: Sound,
  replacesMix = false,
): Playing {
  const begin = { play: '', suspended: false, index: 0, round: 1, samples: 0, sampleRateHz: 0 };
  const playing = { target, sound, replacesMix, ...begin };
  playNext(node, playing);
  return playing;
}

/** Takes the end of one source. True when the whole sound is over. */
export function advance(node: SwitchNode, playing: Playing, ended: PlayEnded): boolean {
  if (playing.suspended) return false;
  playing.samples += ended.samples;
  playing.sampleRateHz = ended.sampleRateHz;
  if (ended.why !== 'done') return true;
  const { sources, loops } = playing.sound;
  if (sources.length === 1) return true;
  playing.index = (playing.index + 1) % sources.length;
  if (playing.index === 0) playing.round += 1;
  if (loops >= 0 && playing.round > loops) return true;
  playNext(node, playing);
  return false;
}

export function stopPlaying(node: SwitchNode, playing: Playing): void {
  if (playing.suspended) return;
  node.media({ kind: 'stop-play', play: playing.play });
}

/** Falls silent while something plays inside of it. */
export function suspendPlaying(node: SwitchNode, playing: Playing): void {
  stopPlaying(node, playing);
  playing.suspended = true;
}

/** Goes on after that: the worker knows no middle of a sound, so its source begins anew. */
export function resumePlaying(node: SwitchNode, playing: Playing): void {
  if (!playing.suspended) return;
  playing.suspended = false;
  playNext(node, playing);
}

/** How long it played. */
export function playedMs(playing: Playing): number {
  if (playing.sampleRateHz === 0) return 0;
  return Math.floor((playing.samples * 1000) / playing.sampleRateHz);
}

function playNext(node: SwitchNode, playing: Playing): void {
  const { sources, loops } = playing.sound;
  const source = sources[playing.index];
  if (source === undefined) throw new Error('a sound without sources');
  playing.play = node.world.uuid();
  node.plays.set(playing.play, playing.target);
  node.media({
    kind: 'play',
    play: playing.play,
    target: playing.target,
    source,
    loops: sources.length === 1 ? loops : 1,
    ...(playing.replacesMix ? { replacesMix: true } : {}),
  });
}
