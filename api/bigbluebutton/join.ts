import { letters } from '../../meetings/rules/ids.ts';
import type { Role, Room } from '../../protocol/room/room.ts';
import { peopleInside } from '../../protocol/room/rows.ts';
import { failed, fault, remark, success } from './answer.ts';
import type { Answer, Fault } from './answer.ts';
import type { Call, Desk } from './call.ts';
import { internalId } from './meeting.ts';
import type { Found } from './meetings.ts';
import { internalUserId, personIdOf, personName } from './names.ts';
import type { Parameters } from './parameters.ts';
import { readMeetingId, readRole } from './wish.ts';
import type { Read } from './wish.ts';
import { element } from './xml.ts';

const LONGEST_NAME = 256;
const MOST_CUSTOM = 30;
const TOKEN_LETTERS = 16;

interface Entry extends Found {
  readonly role: Role;
  readonly fullName: string;
  readonly userID: string | undefined;
}

/** Leads a person to our page for the meeting; with `redirect=false` it says where that is. */
export const join: Call = async (desk, params) => {
  const entry = await readEntry(desk, params);
  if (!entry.ok) return refused(params, entry.fault);
  const { url, personId } = await ticketFor(desk, params, entry.value);
  if (params.flag('redirect') !== false) return { kind: 'redirect', url };
  return joinedView(desk, entry.value, { url, personId });
};

/**
 * Where the client wants faults shown to people, there; it is sound to go where a right checksum
 * points.
 */
function refused(params: Parameters, what: Fault): Answer {
  const page = params.text('errorRedirectUrl');
  const isWanted = params.flag('redirect') !== false && page !== undefined && URL.canParse(page);
  if (!isWanted) return failed(what);
  const url = new URL(page);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return failed(what);
  url.searchParams.append('errors', JSON.stringify([what]));
  return { kind: 'redirect', url: url.href };
}

async function readEntry(desk: Desk, params: Parameters): Promise<Read<Entry>> {
  const fullName = params.text('fullName');
  if (fullName === undefined) return no(MISSING_NAME);
  if (fullName.length > LONGEST_NAME) return no(LONG_NAME);
  const meetingID = readMeetingId(params);
  if (!meetingID.ok) return meetingID;
  const found = await desk.meetings.find(meetingID.value);
  if (!found) return no(UNKNOWN);
  if (found.meeting.endedAtMs !== undefined) return no(ENDED);
  const createTime = params.text('createTime');
  if (createTime !== undefined && createTime !== String(found.bbb.createdAtMs)) return no(MISMATCH);
  const role = readRole(params, found.bbb);
  if (!role.ok) return role;
  const userID = params.text('userID')?.slice(0, LONGEST_NAME);
  const entry = { ...found, role: role.value, fullName, userID };
  const why = await whyNot(desk, params, entry);
  return why === undefined ? { ok: true, value: entry } : no(why);
}

async function whyNot(
  { parts }: Desk,
  params: Parameters,
  { bbb, role, userID }: Entry,
): Promise<Fault | undefined> {
  const isGuest = params.flag('guest') === true && role === 'participant';
  if (isGuest && bbb.guestPolicy === 'ALWAYS_DENY') return DENIED;
  const personId = userID === undefined ? undefined : personIdOf(userID);
  if (personId !== undefined && (await parts.meetings.bans.holds(bbb.room, { personId })))
    return DENIED;
  const room = parts.rooms.rooms().get(bbb.room);
  if (bbb.maxUsers === 0 || peopleInside(room) < bbb.maxUsers) return undefined;
  return isIn(room, personId) ? undefined : FULL;
}

/** Who is inside already takes no other place. */
function isIn(room: Room | undefined, personId: string | undefined): boolean {
  const people = [...(room?.people.values() ?? [])];
  return personId !== undefined && people.some((row) => row.personId === personId);
}

async function ticketFor(
  { parts, shelf }: Desk,
  params: Parameters,
  { meeting, role, fullName, userID }: Entry,
): Promise<{ readonly url: string; readonly personId: string }> {
  const name = personName(fullName);
  const personId = userID === undefined ? undefined : personIdOf(userID);
  const ticket = await parts.meetings.tickets.personal(meeting, { name, role, personId });
  await shelf.keepPerson(meeting.id, ticket.personId, {
    ...(userID !== undefined && { userID }),
    fullName,
    name,
    customData: params.group('userdata-', MOST_CUSTOM),
  });
  return { url: ticket.joinUrl, personId: ticket.personId };
}

function joinedView(
  { parts }: Desk,
  { bbb, meeting, role }: Entry,
  { url, personId }: { readonly url: string; readonly personId: string },
): Answer {
  const waits = meeting.lobby && role === 'participant';
  return success(
    ...remark(waits ? WAIT : JOINED),
    element('meeting_id', internalId(bbb)),
    element('user_id', internalUserId(bbb.room, personId, 'w')),
    element('auth_token', letters(TOKEN_LETTERS, parts.random)),
    element('session_token', letters(TOKEN_LETTERS, parts.random)),
    element('guestStatus', waits ? 'WAIT' : 'ALLOW'),
    element('url', url),
  );
}

function no(what: Fault): { readonly ok: false; readonly fault: Fault } {
  return { ok: false, fault: what };
}

const MISSING_NAME = fault(
  'missingParamFullName',
  'You must specify a name for the attendee who will be joining the meeting.',
);
const LONG_NAME = fault('validationError', 'Full name must be between 1 and 256 characters');
const UNKNOWN = fault(
  'invalidMeetingIdentifier',
  'The meeting ID that you supplied did not match any existing meetings',
);
const ENDED = fault(
  'meetingForciblyEnded',
  'You can not re-join a meeting that has already been forcibly ended.',
);
const MISMATCH = fault(
  'mismatchCreateTimeParam',
  'The createTime parameter submitted mismatches with the current meeting.',
);
const DENIED = fault('guestDeniedAccess', 'You have been denied access to this meeting.');
const FULL = fault(
  'maxParticipantsReached',
  'The number of participants allowed for this meeting has been reached.',
);
const JOINED = fault('successfullyJoined', 'You have joined successfully.');
const WAIT = fault('guestWait', 'Please wait for a moderator to approve you joining the meeting.');
