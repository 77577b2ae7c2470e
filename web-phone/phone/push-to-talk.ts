import { unreachable } from '../../protocol/unreachable.ts';

/**
 * A key that opens the microphone while it is held. The server mutes and unmutes, so that letting go may
 * come before its word on the holding: whoever let go is not heard, and is muted again as soon as can be.
 */
export type TalkKey =
  | { readonly kind: 'up' }
  /** Held; the server was asked to unmute us. */
  | { readonly kind: 'opening' }
  | { readonly kind: 'open' }
  /** Let go. `asked`: to be muted again; before that, the server's word on the unmuting is waited for. */
  | { readonly kind: 'closing'; readonly asked: boolean };

export type TalkInput =
  | { readonly kind: 'press' | 'release' }
  /** It was a click after all: the microphone stays as the click left it. */
  | { readonly kind: 'latch' }
  /** The server says whether we are muted. */
  | { readonly kind: 'told'; readonly muted: boolean }
  /** The server did not do as asked. */
  | { readonly kind: 'refused' };

/** `silence`: here at once, whatever the server says next. */
export type TalkEffect = 'unmute' | 'mute' | 'silence';
export type TalkStep = readonly [TalkKey, readonly TalkEffect[]];

export const KEY_UP: TalkKey = { kind: 'up' };

/** What does not fit, such as the repeats of a key that is held, changes nothing. */
export function talkStep(key: TalkKey, input: TalkInput): TalkStep {
  switch (input.kind) {
    case 'press':
      return onPress(key);
    case 'release':
      return onRelease(key);
    case 'latch':
      return [KEY_UP, []];
    case 'told':
      return onTold(key, input.muted);
    case 'refused':
      return [key.kind === 'opening' ? KEY_UP : key, []];
    default:
      return unreachable(input);
  }
}

function onPress(key: TalkKey): TalkStep {
  if (key.kind === 'opening' || key.kind === 'open') return [key, []];
  return [{ kind: 'opening' }, ['unmute']];
}

function onRelease(key: TalkKey): TalkStep {
  switch (key.kind) {
    case 'opening':
      return [{ kind: 'closing', asked: false }, ['silence']];
    case 'open':
      return [{ kind: 'closing', asked: true }, ['mute']];
    case 'up':
    case 'closing':
      return [key, []];
    default:
      return unreachable(key);
  }
}

function onTold(key: TalkKey, muted: boolean): TalkStep {
  switch (key.kind) {
    case 'up':
      return [key, []];
    case 'opening':
      return [muted ? key : { kind: 'open' }, []];
    // Somebody else muted us in the midst of it.
    case 'open':
      return [muted ? KEY_UP : key, []];
    case 'closing':
      if (!muted) return [{ kind: 'closing', asked: true }, ['mute']];
      return [key.asked ? KEY_UP : key, []];
    default:
      return unreachable(key);
  }
}

/** Whether the microphone stays silent here even where the server opens it. */
export function keepsSilent(key: TalkKey): boolean {
  return key.kind === 'closing';
}
