import { terminators } from './app-playback.ts';
import type { AppRun, AppState, Application } from './app-run.ts';
import type { Channel } from './channel.ts';
import { setVariable } from './channel.ts';
import { fireChannel } from './channel-event.ts';
import { hangup } from './hangup.ts';
import type { SwitchNode } from './node.ts';
import { separateString } from './separate-string.ts';

type Recording = Extract<AppState, { kind: 'recording' }>;

/** Where no length of silence is given (mod_dptools.c). */
const SILENCE_SECONDS = 3;
/** A leg is recorded as telephones speak, whatever its codec. */
const RATE_HZ = 8000;

/**
 * `record path [seconds [threshold [silence seconds]]]`: the caller's voice into a WAV file, until
 * the limit, a key of `playback_terminators`, silence or a break.
 */
export const recordApp: Application = {
  needsMedia: true,
  start(node, channel, args) {
    const [path, limit, below, silence] = separateString(args, 5);
    if (path === undefined || !path.startsWith('/') || path.includes('\0')) {
      hangup(node, channel, 'DESTINATION_OUT_OF_ORDER');
      return undefined;
    }
    setVariable(channel, 'playback_terminator_used');
    setVariable(channel, 'silence_hits_exhausted', 'false');
    const limitMs = toMs(limit);
    const forMs = toMs(silence) || SILENCE_SECONDS * 1000;
    node.media({
      kind: 'record-leg',
      leg: channel.uuid,
      path,
      sampleRateHz: RATE_HZ,
      ...(limitMs > 0 ? { limitMs } : {}),
      ...(Number(below) > 0 ? { silence: { below: Number(below), forMs } } : {}),
    });
    return { kind: 'recording', path, open: false };
  },
  on(node, channel, run, input) {
    const state = stateOf(run);
    if (state === undefined) return false;
    switch (input.kind) {
      case 'recording-started':
        if (input.started.path !== state.path) return false;
        return begun(node, channel, state, input.started.error);
      case 'recording-stopped':
        if (input.stopped.path !== state.path) return false;
        noteLength(channel, input.stopped);
        if (input.stopped.why === 'silence') setVariable(channel, 'silence_hits_exhausted', 'true');
        fireChannel(node, 'RECORD_STOP', channel, pathOf(state));
        return true;
      case 'digit':
        if (!terminators(channel).includes(input.digit)) return false;
        setVariable(channel, 'playback_terminator_used', input.digit);
        stop(node, channel, state);
        return false;
      case 'break':
        stop(node, channel, state);
        return false;
      default:
        return false;
    }
  },
  abort(node, channel, run) {
    const state = stateOf(run);
    if (state?.open !== true) return;
    stop(node, channel, state);
    fireChannel(node, 'RECORD_STOP', channel, pathOf(state));
  },
};

function begun(node: SwitchNode, channel: Channel, state: Recording, error?: string): boolean {
  if (error === undefined) {
    state.open = true;
    fireChannel(node, 'RECORD_START', channel, pathOf(state));
    return false;
  }
  hangup(node, channel, 'DESTINATION_OUT_OF_ORDER');
  return true;
}

function stop(node: SwitchNode, channel: Channel, { path }: Recording): void {
  node.media({ kind: 'stop-leg-recording', leg: channel.uuid, path });
}

function noteLength(
  channel: Channel,
  { samples, sampleRateHz }: { readonly samples: number; readonly sampleRateHz: number },
): void {
  const ms = sampleRateHz === 0 ? 0 : Math.floor((samples * 1000) / sampleRateHz);
  setVariable(channel, 'record_seconds', String(Math.floor(ms / 1000)));
  setVariable(channel, 'record_ms', String(ms));
  setVariable(channel, 'record_samples', String(samples));
}

function pathOf({ path }: Recording) {
  return [{ name: 'Record-File-Path', value: path }];
}

function stateOf(run: AppRun): Recording | undefined {
  return run.state?.kind === 'recording' ? run.state : undefined;
}

function toMs(seconds: string | undefined): number {
  const value = Number(seconds);
  return Number.isFinite(value) && value > 0 ? value * 1000 : 0;
}
