import type { ParticipantId, Role, RoomId } from '../protocol/room/room.ts';
import { legName, roomName, soundFile, soundFiles } from './esl-words.ts';

/** The conference profile in freeswitch-conf; an unknown name would silently mean 8 kHz and no keys. */
const PROFILE = 'partyline';

/** FreeSWITCH's measure of energy; softer is silence. */
const SILENCE = 200;

/** What a leg outside a room is made to do; its end is told by CHANNEL_EXECUTE_COMPLETE. */
export interface LegTask {
  readonly leg: ParticipantId;
  /** Comes back as `Application-UUID` (switch_ivr.c, `event-uuid`). */
  readonly task: string;
}

export function answerMessage(to: LegTask): string {
  return messageTo(to, 'answer');
}

/** Plays one file after the other. */
export function playMessage(to: LegTask, files: readonly string[]): string {
  return messageTo(to, 'playback', soundFiles(files));
}

/** Ends after so long, after so much silence, by `breakLine`, or with the call. */
export function recordMessage(
  to: LegTask,
  path: string,
  { seconds, silenceSeconds }: { readonly seconds: number; readonly silenceSeconds: number },
): string {
  return messageTo(to, 'record', `${soundFile(path)} ${seconds} ${SILENCE} ${silenceSeconds}`);
}

/** Plays the leg back to itself, so much later; ends with the call alone (switch_ivr.c, `switch_ivr_delay_echo`). */
export function echoMessage(to: LegTask, delayMs: number): string {
  return messageTo(to, 'delay_echo', String(delayMs));
}

/** How a leg comes into a room. */
export interface Entry {
  readonly role: Role;
  readonly muted: boolean;
  /** Whether to be told when they talk while muted; it cannot be asked for later. */
  readonly detect?: boolean;
}

/**
 * Sends a leg into its room. `mute` is repeated here because flags given at the joining override
 * the profile's own.
 */
export function joinMessage(to: LegTask, room: RoomId, entry: Entry): string {
  return messageTo(to, 'conference', roomWithFlags(room, entry));
}

/** As `conference` takes it, and as `transfer` hands it on (conference_api_sub_transfer). */
export function roomWithFlags(room: RoomId, entry: Entry): string {
  const flags = [
    ...(entry.role === 'moderator' ? ['moderator'] : []),
    ...(entry.muted ? ['mute'] : []),
    ...(entry.detect ? ['mute-detect'] : []),
  ];
  const suffix = flags.length > 0 ? `+flags{${flags.join('|')}}` : '';
  return `${roomName(room)}@${PROFILE}${suffix}`;
}

/** Ends what plays or records on a leg outside a room; nothing where nothing does. */
export function breakLine(leg: ParticipantId): string {
  return `uuid_break ${legName(leg)} all`;
}

/** No key ends a sound by itself (`*` would): keys are events, and we decide what they end. */
export function deafToKeysLine(leg: ParticipantId): string {
  return `uuid_setvar ${legName(leg)} playback_terminators none`;
}

/** Has the leg run one application. */
export function messageTo({ leg, task }: LegTask, application: string, argument?: string): string {
  if (!/^[\w-]{1,64}$/.test(task)) throw new Error('not the name of a task');
  const lines = [
    `sendmsg ${legName(leg)}`,
    'call-command: execute',
    `execute-app-name: ${application}`,
    `Event-UUID: ${task}`,
  ];
  if (argument !== undefined) lines.push(`execute-app-arg: ${argument}`);
  return lines.join('\n');
}
