import type { Request } from 'express';
import { z } from 'zod';
import type { InputFault } from '../protocol/http/problem.ts';
import { isParticipantId, isRoomId } from '../protocol/room/room.ts';
import type { ParticipantId, RoomId } from '../protocol/room/room.ts';
import { refusal } from './problems.ts';
import type { Refusal } from './problems.ts';

/** Deeper than any body of ours, and far from where a recursive reader would end. */
const DEEPEST = 32;
/** So many faults are told at once. */
const MOST_FAULTS = 20;

/** The body as the schema has it, or a refusal that names each field at fault. */
export function body<S extends z.ZodType>(request: Request, schema: S): z.output<S> {
  const given: unknown = request.body ?? {};
  if (request.body === undefined && hasBody(request))
    throw refusal('not-json', 'Send the body as application/json.');
  if (!isShallow(given, DEEPEST)) throw refusal('bad-input', 'The JSON is nested too deeply.');
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw faultsIn(parsed.error.issues, 'body');
}

/** Refuses what the query string may not hold; only `allowed` parameters are read. */
export function query(request: Request, allowed: readonly string[]): URLSearchParams {
  const { searchParams } = new URL(request.originalUrl, 'http://localhost');
  for (const parameter of searchParams.keys()) {
    if (!allowed.includes(parameter))
      throw refusal('bad-input', 'Leave the parameter out: it is not supported.', { parameter });
    if (searchParams.getAll(parameter).length > 1)
      throw refusal('bad-input', 'Give the parameter once.', { parameter });
  }
  return searchParams;
}

/** The query string as the schemas of its parameters have it, or a refusal that names those at fault. */
export function asked<S extends Readonly<Record<string, z.ZodType>>>(
  request: Request,
  shape: S,
): z.output<z.ZodObject<S>> {
  const given = Object.fromEntries(query(request, Object.keys(shape)));
  const parsed = z.object(shape).safeParse(given);
  if (parsed.success) return parsed.data;
  throw faultsIn(parsed.error.issues, 'query');
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

interface Fault {
  readonly path: readonly string[];
  readonly detail: string;
}

function faultsIn(issues: readonly z.core.$ZodIssue[], where: 'body' | 'query'): Refusal {
  const faults = issues.flatMap(faultsOf).slice(0, MOST_FAULTS);
  const [first] = faults;
  if (!first) return refusal('bad-input', 'The request is not right.');
  const errors = faults.map((fault) => told(fault, where));
  const field = first.path.join('.');
  return refusal('bad-input', first.detail, field === '' ? { errors } : { field, errors });
}

function faultsOf(issue: z.core.$ZodIssue): Fault[] {
  const path = issue.path.map(String);
  if (issue.code !== 'unrecognized_keys')
    return [{ path, detail: sentence(path.join('.'), issue.message) }];
  const detail = 'Leave the field out: it is not supported.';
  return issue.keys.map((key) => ({ path: [...path, key], detail }));
}

function told({ path, detail }: Fault, where: 'body' | 'query'): InputFault {
  if (where === 'query') return { parameter: path.join('.'), detail };
  return { pointer: pointerTo(path), detail };
}

/** RFC 6901 sections 3 and 6. Names come back to the sender alone, cut to a length that says enough. */
function pointerTo(path: readonly string[]): string {
  const steps = path.map((step) => escaped(step));
  return `#${steps.map((step) => `/${encodeURI(step)}`).join('')}`.slice(0, 300);
}

/** Half a surrogate pair cannot be written in an address. */
function escaped(step: string): string {
  const whole = step.replace(/[\ud800-\udfff]/gu, '\ufffd');
  return whole.replaceAll('~', '~0').replaceAll('/', '~1');
}

function sentence(field: string, message: string): string {
  const what = field === '' ? 'The body' : `"${field.slice(0, 100)}"`;
  const says = message.startsWith('must') ? message : `is wrong: ${message}`;
  return `${what} ${says}.`;
}

function isShallow(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return left > 0 && Object.values(value).every((each) => isShallow(each, left - 1));
}
