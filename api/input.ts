import type { Request } from 'express';
import type { z } from 'zod';
import { isParticipantId, isRoomId } from '../protocol/room/room.ts';
import type { ParticipantId, RoomId } from '../protocol/room/room.ts';
import { refusal } from './problems.ts';

/** Deeper than any body of ours, and far from where a recursive reader would end. */
const DEEPEST = 32;

/** The body as the schema has it, or a refusal that names the first field at fault. */
export function body<S extends z.ZodType>(request: Request, schema: S): z.output<S> {
  const given: unknown = request.body ?? {};
  if (request.body === undefined && hasBody(request))
    throw refusal('not-json', 'Send the body as application/json.');
  if (!isShallow(given, DEEPEST)) throw refusal('bad-input', 'The JSON is nested too deeply.');
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw faultOf(parsed.error.issues[0]);
}

/** Refuses what the query string may not hold; only `allowed` parameters are read. */
export function query(request: Request, allowed: readonly string[]): URLSearchParams {
  const { searchParams } = new URL(request.originalUrl, 'http://localhost');
  for (const name of searchParams.keys()) {
    if (!allowed.includes(name))
      throw refusal('bad-input', `Leave the parameter out: it is not supported.`, fieldOf(name));
    if (searchParams.getAll(name).length > 1)
      throw refusal('bad-input', 'Give the parameter once.', fieldOf(name));
  }
  return searchParams;
}

/** The meeting a path names. What cannot be an id names none. */
export function roomIn(request: Request): RoomId {
  const { id } = request.params;
  if (typeof id === 'string' && isRoomId(id)) return id;
  throw noSuchMeeting();
}

export function participantIn(request: Request): ParticipantId {
  const { pid } = request.params;
  if (typeof pid === 'string' && isParticipantId(pid)) return pid;
  throw refusal('not-found', 'Nobody in this meeting has that id.');
}

export function noSuchMeeting() {
  return refusal('not-found', 'No meeting has that id; GET /api/v1/meetings lists them.');
}

function hasBody(request: Request): boolean {
  const { headers } = request;
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function faultOf(issue: z.core.$ZodIssue | undefined) {
  if (!issue) return refusal('bad-input', 'The body is not right.');
  if (issue.code === 'unrecognized_keys') {
    const name = [...issue.path, issue.keys[0] ?? ''].join('.');
    return refusal('bad-input', 'Leave the field out: it is not supported.', fieldOf(name));
  }
  const field = issue.path.join('.');
  return refusal('bad-input', sentence(field, issue.message), field === '' ? {} : fieldOf(field));
}

function sentence(field: string, message: string): string {
  const what = field === '' ? 'The body' : `"${field}"`;
  const says = message.startsWith('must') ? message : `is wrong: ${message}`;
  return `${what} ${says}.`;
}

/** Names come back to the sender alone, cut to a length that says enough. */
function fieldOf(name: string): { readonly field: string } {
  return { field: name.slice(0, 100) };
}

function isShallow(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return left > 0 && Object.values(value).every((each) => isShallow(each, left - 1));
}
