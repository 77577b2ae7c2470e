import type { MeetingView, TicketView } from '../../../protocol/http/views.ts';
import type { Participant, ParticipantId, RoomId } from '../../../protocol/room/room.ts';

export const ROOM = 'm-abcdefghijklmnop' as RoomId;
export const OTHER_ROOM = 'm-qrstuvwxyz234567' as RoomId;

export function legId(number: number): ParticipantId {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}` as ParticipantId;
}

/** A leg as the switch would tell of it: on the phone, speaking allowed, silent. */
export function person(number: number, part: Partial<Participant> = {}): Participant {
  return {
    id: legId(number),
    name: `Person ${number}`,
    number: '',
    via: 'phone',
    role: 'participant',
    state: 'joined',
    muted: false,
    deaf: false,
    held: false,
    talking: false,
    hand: false,
    volume: { in: 0, out: 0 },
    joinedAtMs: 1_000 * number,
    ...part,
  };
}

export function meeting(part: Partial<MeetingView> = {}): MeetingView {
  return {
    id: ROOM,
    name: 'Monday round',
    state: 'open',
    muteOnEntry: false,
    lobby: false,
    waitForModerator: false,
    unmuteSelf: true,
    unmuteOthers: 'ask',
    askName: false,
    entrySounds: 'tones',
    entrySoundsUpTo: 12,
    language: 'en',
    record: false,
    callMe: false,
    earlyEntryMinutes: 0,
    endWithoutModeratorMinutes: 0,
    endWhenSilentMinutes: 0,
    endWhenEmptyMinutes: 0,
    maxMinutes: 0,
    createdAt: '2026-11-20T09:00:00.000Z',
    codes: { join: '4821907735', moderator: '9034417268' },
    joinUrl: 'http://127.0.0.1/join/everybody',
    moderatorUrl: 'http://127.0.0.1/join/moderator',
    dialIn: [{ label: 'office', number: '7000', uri: 'sip:7000@127.0.0.1:5060' }],
    participants: 0,
    ...part,
  };
}

export function ticket(part: Partial<TicketView> = {}): TicketView {
  const { id, name, dialIn, codes } = meeting();
  return {
    meeting: {
      id,
      name,
      state: 'open',
      muteOnEntry: false,
      lobby: false,
      waitForModerator: false,
      unmuteSelf: true,
      unmuteOthers: 'ask',
      callMe: false,
      language: 'en',
    },
    role: 'participant',
    dialIn,
    code: codes.join,
    ...part,
  };
}
