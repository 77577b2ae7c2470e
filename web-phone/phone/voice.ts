import type { Participant } from '../../protocol/room/room.ts';

/**
 * Whether our sound leaves this machine. A click on mute silences us here at once, before the
 * server confirms; sound flows again only when the server says that we are not muted.
 */
export interface Voice {
  /** Muted here by our own click, whatever the server says. */
  readonly held: boolean;
  /** The server's word on our leg; `undefined` before it is there. */
  readonly muted: boolean | undefined;
  /** Our phone speaks and hears for us: this machine does neither. */
  readonly carried: boolean;
}

export const FRESH_VOICE: Voice = { held: false, muted: undefined, carried: false };

export function transmits(voice: Voice): boolean {
  return !voice.held && voice.muted !== true && !voice.carried;
}

/** By anybody's mute; a phone that speaks for us mutes nobody. */
export function isSilent({ held, muted, carried }: Voice): boolean {
  return held || (muted === true && !carried);
}

export function clicked(voice: Voice, mute: boolean): Voice {
  return { ...voice, held: mute };
}

/** After a reload: as we were remembered. */
export function remembered(muted: boolean): Voice {
  return { ...FRESH_VOICE, held: muted };
}

/** After a break: who was not heard before is not heard again until they say so. */
export function resumed(voice: Voice): Voice {
  const silent = voice.held || voice.muted === true;
  return { held: silent && !voice.carried, muted: undefined, carried: false };
}

/** Whether our leg came up as not muted though we are: the server must be told. */
export function mustAsk(before: Voice, now: Voice): boolean {
  return now.held && before.muted === undefined && now.muted === false;
}

/** Why our own mute state changed without our doing. */
export type MuteNotice = 'muted-on-entry' | 'muted-by-moderator' | 'unmuted-by-moderator';

/** The server's word on our leg. `ourDoing`: we asked for a change a moment ago. */
export function told(
  voice: Voice,
  own: Participant | undefined,
  ourDoing: boolean,
): readonly [Voice, MuteNotice | undefined] {
  const muted = own?.muted;
  const carried = own?.audioBy !== undefined;
  if (muted === voice.muted && carried === voice.carried) return [voice, undefined];
  const lifted = voice.muted === true && muted === false;
  // A leg that is carried, or was, is muted and opened by that and by nobody.
  const asBefore = voice.held && voice.muted === undefined;
  const explained = ourDoing || carried || voice.carried || asBefore;
  return [
    { held: voice.held && !lifted, muted, carried },
    explained ? undefined : noticeOf(voice.muted, muted),
  ];
}

function noticeOf(before: boolean | undefined, now: boolean | undefined): MuteNotice | undefined {
  if (now === true) return before === undefined ? 'muted-on-entry' : 'muted-by-moderator';
  return now === false && before === true ? 'unmuted-by-moderator' : undefined;
}
