import { ANNOUNCEMENTS_FOLDER, isAnnouncementName } from '../protocol/http/announcements.ts';
import type { Outcome, RoomCommand } from '../protocol/room/command.ts';
import type { Ledger } from './ledger.ts';
import { DONE, NO_ROOM, refused } from './outcomes.ts';
import type { Speaker } from './speaker.ts';

export interface AnnouncingOptions {
  readonly ledger: Ledger;
  readonly speaker: Speaker;
  /** The operator's own prompts: absolute, as FreeSWITCH sees it; absent: there are none. */
  readonly ownPromptsDir?: string;
  readonly exists: (path: string) => boolean;
}

/** Plays an operator's own recording to those inside, on phones and in browsers. */
export function announce(
  { ledger, speaker, ownPromptsDir, exists }: AnnouncingOptions,
  { room, sound, to }: Extract<RoomCommand, { kind: 'announce' }>,
): Outcome {
  const inside = ledger.rooms.get(room)?.members;
  if (inside === undefined) return NO_ROOM;
  if (ownPromptsDir === undefined || !isAnnouncementName(sound)) return UNKNOWN;
  const file = `${ownPromptsDir}/${ANNOUNCEMENTS_FOLDER}/${sound}.wav`;
  if (!exists(file)) return UNKNOWN;
  const saying = { kind: 'announcement', file } as const;
  if (to === 'everybody') speaker.sayToRoom(room, saying);
  else
    for (const { row } of inside.values())
      if (row.role === 'moderator' && row.audioBy === undefined)
        speaker.say(row.id, saying, 'everybody');
  return DONE;
}

const UNKNOWN = refused('No announcement has that name on the server that has this meeting.');
