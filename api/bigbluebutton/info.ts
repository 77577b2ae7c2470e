import { failed, fault, NOT_FOUND, remark, success } from './answer.ts';
import type { Call, Desk } from './call.ts';
import type { Found } from './meetings.ts';
import { endMeeting } from './meetings.ts';
import type { BbbUser } from './users.ts';
import { usersOf } from './users.ts';
import { meetingView } from './views.ts';
import { readMeetingId } from './wish.ts';
import { element } from './xml.ts';
import type { Element } from './xml.ts';

/** Whether somebody is there. Of a meeting that nobody knows: no. */
export const isMeetingRunning: Call = async (desk, params) => {
  const read = readMeetingId(params);
  if (!read.ok) return failed(read.fault);
  const found = await desk.meetings.find(read.value);
  const isRunning = found !== undefined && (await usersIn(desk, found)).size > 0;
  return success(element('running', isRunning));
};

export const getMeetingInfo: Call = async (desk, params) => {
  const read = readMeetingId(params);
  if (!read.ok) return failed(read.fault);
  const found = await desk.meetings.find(read.value);
  return found ? success(...(await viewOf(desk, found))) : failed(NOT_FOUND);
};

/** All that clients of this API made and that have not ended. */
export const getMeetings: Call = async (desk) => {
  const found = await desk.meetings.list();
  const shown = await Promise.all(found.map((each) => viewOf(desk, each)));
  const meetings = element(
    'meetings',
    shown.map((view) => element('meeting', view)),
  );
  return success(meetings, ...(shown.length === 0 ? remark(NO_MEETINGS) : []));
};

/** The password is needed no more; one that is given must be right. */
export const end: Call = async (desk, params) => {
  const read = readMeetingId(params);
  if (!read.ok) return failed(read.fault);
  const found = await desk.meetings.find(read.value);
  if (!found) return failed(NOT_FOUND);
  const password = params.text('password');
  if (password !== undefined && password !== found.bbb.moderatorPW) return failed(WRONG_PASSWORD);
  desk.watch.clear(found.bbb.room, await endMeeting(desk.parts, found.bbb.room));
  return success(...remark(SENT));
};

/** Who is in a meeting's room now. */
export async function usersIn(
  { parts, shelf }: Pick<Desk, 'parts' | 'shelf'>,
  { bbb }: Pick<Found, 'bbb'>,
): Promise<ReadonlyMap<string, BbbUser>> {
  const room = parts.rooms.rooms().get(bbb.room);
  if (room === undefined) return new Map();
  return usersOf(room, bbb.listenOnly, await shelf.people(bbb.room));
}

async function viewOf(desk: Desk, found: Found): Promise<readonly Element[]> {
  const users = await usersIn(desk, found);
  return meetingView(found, desk.parts.rooms.rooms().get(found.bbb.room), users);
}

const NO_MEETINGS = fault('noMeetings', 'no meetings were found on this server');
const WRONG_PASSWORD = fault('invalidPassword', 'The supplied moderator password is incorrect');
const SENT = fault(
  'sentEndMeetingRequest',
  'A request to end the meeting was sent. Please wait a few seconds, and then use the getMeetingInfo or isMeetingRunning API calls to verify that it was ended.',
);
