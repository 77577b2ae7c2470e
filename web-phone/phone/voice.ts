import type { Participant } from '../../protocol/room/room.ts';

/**
 * Whether our sound leaves this machine. A click on mute silences us here at once, before the
 * server confirms; sound flows again only when the server says that we are not muted.
 */
export interface Voice {
  /** Muted here by our own click, whatever the server says. */
  readonly held: boolean;
  /** The server's word on our row; `undefined` before the row is there. */
  readonly muted: boolean | undefined;
}

export const FRESH_VOICE: Voice = { held: false, muted: undefined };

export function transmits(voice: Voice): boolean {
  return !voice.held && voice.muted !== true;
}

export function clicked(voice: Voice, mute: boolean): Voice {
  return { ...voice, held: mute };
}

/** After a break: who was not heard before is not heard again until they say so. */
export function resumed(voice: Voice): Voice {
  return { held: !transmits(voice), muted: undefined };
}

/** Whether our row came up as not muted though we are: the server must be told. */
export function mustAsk(before: Voice, now: Voice): boolean {
  return now.held && before.muted === undefined && now.muted === false;
}

/** Why our own mute state changed without our doing. */
export type MuteNotice = 'muted-on-entry' | 'muted-by-moderator' | 'unmuted-by-moderator';

/** The server's word on our row. `ourDoing`: we asked for a change a moment ago. */
export function told(
  voice: Voice,
  own: Participant | undefined,
  ourDoing: boolean,
): readonly [Voice, MuteNotice | undefined] {
  const muted = own?.muted;
  if (muted === voice.muted) return [voice, undefined];
  const lifted = voice.muted === true && muted === false;
  return [
    { held: voice.held && !lifted, muted },
    ourDoing ? undefined : noticeOf(voice.muted, muted),
  ];
}

function noticeOf(before: boolean | undefined, now: boolean | undefined): MuteNotice | undefined {
  if (now === true) return before === undefined ? 'muted-on-entry' : 'muted-by-moderator';
  return now === false && before === true ? 'unmuted-by-moderator' : undefined;
}
