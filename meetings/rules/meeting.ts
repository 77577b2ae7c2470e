import type { RoomId } from '../../protocol/room/room.ts';
import type { MeetingCodes } from './codes.ts';

/** A meeting as it is kept. */
export interface Meeting {
  readonly id: RoomId;
  readonly name: string;
  readonly extension?: string;
  readonly muteOnEntry: boolean;
  readonly maxParticipants?: number;
  readonly createdAtMs: number;
  readonly endedAtMs?: number;
  readonly codes: MeetingCodes;
}

/** What may be asked for when a meeting is made. */
export interface MeetingWish {
  readonly name: string;
  readonly extension?: string | undefined;
  readonly muteOnEntry?: boolean | undefined;
  readonly maxParticipants?: number | undefined;
}

/** What may be changed later; `null` takes an optional thing away. */
export interface MeetingChange {
  readonly name?: string | undefined;
  readonly extension?: string | null | undefined;
  readonly muteOnEntry?: boolean | undefined;
  readonly maxParticipants?: number | null | undefined;
}

/** The meeting after a change; what the change does not name stays. */
export function changed(meeting: Meeting, change: MeetingChange): Meeting {
  const { extension, maxParticipants, ...rest } = meeting;
  const nextExtension = change.extension === undefined ? extension : change.extension;
  const nextMost = change.maxParticipants === undefined ? maxParticipants : change.maxParticipants;
  return {
    ...rest,
    name: change.name ?? meeting.name,
    muteOnEntry: change.muteOnEntry ?? meeting.muteOnEntry,
    ...(typeof nextExtension === 'string' && { extension: nextExtension }),
    ...(typeof nextMost === 'number' && { maxParticipants: nextMost }),
  };
}
