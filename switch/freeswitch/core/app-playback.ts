import type { Application } from './app-run.ts';
import type { Channel } from './channel.ts';
import { getVariable, setVariable } from './channel.ts';
import { fireChannel } from './channel-event.ts';
import type { SwitchNode } from './node.ts';
import type { Playing } from './playing.ts';
import { advance, playedMs, startPlaying, stopPlaying } from './playing.ts';
import { soundAt } from './sound.ts';

/** `playback path`: until it is over, or a digit of `playback_terminators` (default `*`) comes. */
export const playbackApp: Application = {
  needsMedia: true,
  start(node, channel, args) {
    setVariable(channel, 'playback_terminator_used');
    const playing = startFile(node, channel, args);
    if (playing === undefined) {
      setVariable(channel, 'current_application_response', 'FILE NOT FOUND');
      return undefined;
    }
    return { kind: 'playing', file: args, playing };
  },
  on(node, channel, run, input) {
    if (run.state?.kind !== 'playing') return false;
    const { file, playing } = run.state;
    switch (input.kind) {
      case 'play-ended': {
        if (input.ended.play !== playing.play || !advance(node, playing, input.ended)) return false;
        const failed = input.ended.why === 'not-playable';
        endFile(node, channel, { file, playing, status: 'done' });
        const response = failed ? 'PLAYBACK ERROR' : 'FILE PLAYED';
        setVariable(channel, 'current_application_response', response);
        return true;
      }
      case 'digit':
        if (!terminators(channel).includes(input.digit)) return false;
        setVariable(channel, 'playback_terminator_used', input.digit);
        breakFile(node, channel, file, playing);
        return true;
      case 'break':
        breakFile(node, channel, file, playing);
        return true;
      default:
        return false;
    }
  },
  abort(node, channel, run) {
    if (run.state?.kind === 'playing') cutFile(node, channel, run.state);
  },
};

/** A file that plays on a leg. */
export interface FilePlaying {
  readonly file: string;
  readonly playing: Playing;
}

/** The channel hangs up or goes elsewhere while a file plays. */
export function dropFile(node: SwitchNode, channel: Channel, { file, playing }: FilePlaying): void {
  stopPlaying(node, playing);
  endFile(node, channel, { file, playing, status: 'done' });
}

/** The same to a player: FreeSWITCH calls that an error. */
export function cutFile(node: SwitchNode, channel: Channel, played: FilePlaying): void {
  dropFile(node, channel, played);
  setVariable(channel, 'current_application_response', 'PLAYBACK ERROR');
}

/** Starts a file on one leg and says so; undefined where there is no such sound. */
export function startFile(node: SwitchNode, channel: Channel, file: string): Playing | undefined {
  const sound = soundAt(node, file);
  if (sound === undefined) return undefined;
  fireChannel(node, 'PLAYBACK_START', channel, fileHeaders(file));
  return startPlaying(node, { kind: 'leg', leg: channel.uuid }, sound);
}

/** A file on a leg is over: FreeSWITCH's variables and its event. */
export function endFile(
  node: SwitchNode,
  channel: Channel,
  end: { readonly file: string; readonly playing: Playing; readonly status: 'done' | 'break' },
): void {
  const ms = playedMs(end.playing);
  setVariable(channel, 'playback_seconds', String(Math.floor(ms / 1000)));
  setVariable(channel, 'playback_ms', String(ms));
  setVariable(channel, 'playback_samples', String(end.playing.samples));
  fireChannel(node, 'PLAYBACK_STOP', channel, [
    ...fileHeaders(end.file),
    { name: 'Playback-Status', value: end.status },
  ]);
}

function breakFile(node: SwitchNode, channel: Channel, file: string, playing: Playing): void {
  stopPlaying(node, playing);
  endFile(node, channel, { file, playing, status: 'break' });
  setVariable(channel, 'current_application_response', 'FILE PLAYED');
}

function fileHeaders(file: string) {
  const type = file.startsWith('tone_stream:') ? 'tone_stream' : undefined;
  return [
    ...(type === undefined ? [] : [{ name: 'Playback-File-Type', value: type }]),
    { name: 'Playback-File-Path', value: file },
  ];
}

/** The keys that end a playback or a recording: the variable's, or `*`. */
export function terminators(channel: Channel): string {
  const wished = getVariable(channel, 'playback_terminators') ?? '*';
  if (wished.toLowerCase() === 'any') return '1234567890*#';
  return wished.toLowerCase() === 'none' ? '' : wished;
}
