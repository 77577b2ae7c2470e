import { standardRules } from '../../../meetings/rules/meeting.ts';
import type { Meeting } from '../../../meetings/rules/meeting.ts';
import type { RoomId } from '../../../protocol/room/room.ts';

/** A meeting with the standard rules but for what is named. */
export function meetingOf(more: Partial<Meeting> = {}): Meeting {
  return {
    ...standardRules('en'),
    id: 'm-abcdefghijklmnop' as RoomId,
    name: 'M',
    createdAtMs: 0,
    codes: { join: '1', moderator: '2' },
    ...more,
  };
}
