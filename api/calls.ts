import { Router } from 'express';
import type { Request, RequestHandler, Response } from 'express';
import type { Caller } from '../meetings/rules/access.ts';
import type { CallPlan, CallWish } from '../meetings/dial-out.ts';
import type { Meeting } from '../meetings/rules/meeting.ts';
import { InTurn } from '../meetings/in-turn.ts';
import { given } from '../meetings/rules/given.ts';
import type { CallView } from '../protocol/http/views.ts';
import type { RoomCommand } from '../protocol/room/command.ts';
import { isParticipantId } from '../protocol/room/room.ts';
import type { OutboundCall } from '../protocol/room/outbound-call.ts';
import type { ParticipantId, Role, Room, RoomId } from '../protocol/room/room.ts';
import { whoIs } from './audit/record.ts';
import { knownTo, permit } from './caller.ts';
import { whyNoCall } from './call-refusal.ts';
import { execute } from './execute.ts';
import { standingsOf } from './feed/before-room.ts';
import { callForPerson } from './feed/redact.ts';
import { body, query, roomIn } from './input.ts';
import { meetingOf } from './meetings.ts';
import { sourceOf } from './origin.ts';
import type { ApiParts } from './parts.ts';
import { methodNotAllowed, refusal } from './problems.ts';
import type { Refusal } from './problems.ts';
import { callWish } from './schemas/calls.ts';

/** Calls that a meeting makes. 202 means that it is on its way; the feed tells how it goes. */
export function callRoutes(parts: ApiParts): Router {
  const router = Router();
  router
    .route('/meetings/:id/calls')
    .get(list(parts))
    .post(call(parts))
    .all(methodNotAllowed('GET, POST'));
  router.route('/meetings/:id/calls/:callId').delete(cancel(parts)).all(methodNotAllowed('DELETE'));
  return router;
}

/** So often what is booked is compared with the calls there are. */
const LOOK_MS = 60_000;

/** Frees what was booked for calls that are over, for as long as it is not stopped. */
export function bookOutEndedCalls(parts: ApiParts, lookMs = LOOK_MS): () => void {
  const { rooms, meetings, log } = parts;
  const failed = (error: unknown): void => {
    log('warn', 'the end of a call could not be kept', { why: String(error) });
  };
  const over = (id: string): void => void meetings.dialOut.over(id).catch(failed);
  const unsubscribe = rooms.subscribe((event) => {
    if (event.kind === 'call-updated' && event.call.state === 'ended') over(event.call.id);
    if (event.kind === 'call-forgotten') over(event.id);
  });
  // Whose end nobody told: it came while we, or the store, were away. One that begins is booked first.
  let missing: readonly string[] = [];
  const look = async (): Promise<void> => {
    const gone = await bookedInVain(parts);
    for (const id of gone.filter((each) => missing.includes(each))) over(id);
    missing = gone;
  };
  const timer = setInterval(() => void look().catch(failed), lookMs).unref();
  return () => {
    clearInterval(timer);
    unsubscribe();
  };
}

/** Booked calls that no switch has; none where a switch cannot be asked. */
async function bookedInVain({ rooms, meetings }: ApiParts): Promise<readonly string[]> {
  if (rooms.engines().some(({ state }) => state !== 'joined')) return [];
  // Those of registered people are no meeting's, and told over by who makes them.
  const booked = (await meetings.dialOut.live()).filter((id) => isParticipantId(id));
  const calls = [...rooms.rooms().values()].flatMap((room) => [...room.calls.values()]);
  const alive = new Set<string>(calls.filter(({ state }) => state !== 'ended').map(({ id }) => id));
  return booked.filter((id) => !alive.has(id));
}

function list(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    query(request, []);
    const room = roomIn(request);
    permit(response, { kind: 'watch', room });
    await meetingOf(parts, room);
    const { caller } = knownTo(response);
    const live = parts.rooms.rooms().get(room);
    const seen = [...(live?.calls.values() ?? [])].filter(isSeenBy(caller, live));
    response.json(
      seen.map((one) => view(caller.kind === 'person' ? callForPerson(one, caller) : one)),
    );
  };
}

/** A participant who is not inside sees calls to themselves alone, as in the feed. */
function isSeenBy(caller: Caller, room: Room | undefined) {
  const seesAll =
    caller.kind !== 'person' ||
    caller.role === 'moderator' ||
    standingsOf(room).inside.has(caller.personId);
  return ({ personId }: OutboundCall): boolean => seesAll || personId === caller.personId;
}

/** Whom to call, and as whom they come. */
interface Called {
  readonly to: CallWish;
  readonly name: string | undefined;
  readonly role: Role;
  readonly personId?: string;
}

function call(parts: ApiParts): RequestHandler {
  const turns = new InTurn();
  return (request, response) => {
    const { caller } = knownTo(response);
    // Else somebody who asks twice at the same moment would have two phones of their own called.
    const whose = caller.kind === 'person' ? caller.personId : newCallId(parts);
    return turns.run(whose, () => callOne(parts, request, response));
  };
}

async function callOne(parts: ApiParts, request: Request, response: Response): Promise<void> {
  const room = roomIn(request);
  const { caller } = knownTo(response);
  const isInside = caller.kind === 'person';
  permit(response, { kind: isInside ? 'watch' : 'moderate', room });
  const meeting = await meetingOf(parts, room);
  const called = whomToCall(parts, { request, response, meeting });
  if (meeting.endedAtMs !== undefined) throw ended();
  const id = newCallId(parts);
  const by = { who: whoIs(caller), from: sourceOf(request.socket), meeting: room };
  const plan = await parts.meetings.dialOut.plan(id, called.to, by);
  if (!plan.ok) throw whyNoCall(plan.why, parts.meetings.dialOut.settings);
  await place(parts, id, commandFor({ room, id, plan, called }));
  // It may have been ended, and its calls with it, while this one was on its way.
  if ((await parts.meetings.meetings.get(room))?.endedAtMs !== undefined) {
    await execute(parts, { kind: 'cancel-call', room, id });
    throw ended();
  }
  response.status(202).json({ id });
}

function ended(): Refusal {
  return refusal('conflict', 'The meeting has ended; nobody can be called into it.');
}

function whomToCall(
  parts: ApiParts,
  asked: { readonly request: Request; readonly response: Response; readonly meeting: Meeting },
): Called {
  const { id: room, callMe } = asked.meeting;
  const { caller } = knownTo(asked.response);
  // Who may call nobody is told so before what is wrong with the body.
  if (caller.kind === 'person') permit(asked.response, { kind: 'call-me', room, callMe });
  const { number, account, name, role, me } = body(asked.request, callWish);
  const to: CallWish = number === undefined ? { account: account ?? '' } : { number };
  if (me === true) return { to, ...ownPhone(parts, room, asked.response) };
  permit(asked.response, { kind: 'moderate', room });
  return { to, name, role: role ?? 'participant' };
}

/** The asker, as they stand in the room; one call at a time. */
function ownPhone(parts: ApiParts, room: RoomId, response: Response): Omit<Called, 'to'> {
  const { caller } = knownTo(response);
  if (caller.kind !== 'person')
    throw refusal('bad-input', 'Leave "me" out: a key has no phone of its own.', { field: 'me' });
  const { personId, role } = caller;
  const inside = parts.rooms.rooms().get(room);
  const row = [...(inside?.people.values() ?? [])].find((each) => each.personId === personId);
  if (row?.state !== 'joined')
    throw refusal('not-joined', 'Join the meeting first, then let it call your phone.');
  const calls = [...(inside?.calls.values() ?? [])];
  if (calls.some((each) => each.personId === personId && each.state !== 'ended'))
    throw refusal('called-already', 'The meeting is calling your phone already.');
  return { name: row.name, role, personId };
}

function commandFor({
  room,
  id,
  plan,
  called,
}: {
  readonly room: RoomId;
  readonly id: ParticipantId;
  readonly plan: Extract<CallPlan, { ok: true }>;
  readonly called: Called;
}): RoomCommand {
  const { name = plan.name ?? 'Guest', role, personId } = called;
  return {
    kind: 'call',
    room,
    id,
    to: plan.to,
    name,
    role,
    ...given('personId', personId),
    ...given('maxMs', plan.maxMs),
  };
}

/** What the switch did not take was no call. */
async function place(parts: ApiParts, id: ParticipantId, command: RoomCommand): Promise<void> {
  try {
    await execute(parts, command);
  } catch (error) {
    await parts.meetings.dialOut.never(id);
    throw error;
  }
}

function cancel(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    query(request, []);
    const room = roomIn(request);
    const { callId } = request.params;
    const id = typeof callId === 'string' && isParticipantId(callId) ? callId : undefined;
    const found = id && parts.rooms.rooms().get(room)?.calls.get(id);
    permit(response, { kind: 'cancel-call', room, personId: found?.personId });
    await meetingOf(parts, room);
    if (!found) throw refusal('not-found', 'The meeting makes no call with that id.');
    await execute(parts, { kind: 'cancel-call', room, id: found.id });
    response.status(202).json({});
  };
}

/** A version 4 UUID (RFC 9562 section 5.4), as FreeSWITCH names its channels. */
function newCallId({ random }: ApiParts): ParticipantId {
  const bytes = Buffer.from(random(16));
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const parts = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/.exec(bytes.toString('hex'));
  return (parts ?? []).slice(1).join('-') as ParticipantId;
}

function view({ startedAtMs, ...rest }: OutboundCall): CallView {
  return { ...rest, startedAt: new Date(startedAtMs).toISOString() };
}
