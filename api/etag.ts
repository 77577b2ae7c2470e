import { createHash } from 'node:crypto';
import type { Request } from 'express';
import type { Meeting } from '../meetings/rules/meeting.ts';
import type { MeetingView } from '../protocol/http/views.ts';
import { refusal } from './problems.ts';

/**
 * A strong entity tag (RFC 9110 section 8.8.3) of two parts: what was set of the meeting, and all that
 * is shown of it, which people change by coming and going.
 */
export function tagOf(meeting: Meeting, view: MeetingView): string {
  return `"${setOf(meeting)}.${digestOf(view)}"`;
}

/**
 * Whether what was set is still as `If-Match` has it; always, where the request has none. Who came in
 * or left since counts for nothing: else no busy meeting could be changed.
 */
export function expectation(request: Request): (meeting: Meeting) => boolean {
  const header = request.get('if-match');
  if (header === undefined || header.trim() === '*') return () => true;
  const shown = header.split(',').map((tag) => /^\s*"([\w-]{16})\./.exec(tag)?.[1]);
  return (meeting) => shown.includes(setOf(meeting));
}

export function changedMeanwhile() {
  return refusal('changed', 'The meeting is not as it was: get it again, then decide anew.');
}

/** Codes are left out: a tag is nothing that anybody keeps secret. */
function setOf(meeting: Meeting): string {
  return digestOf({ ...meeting, codes: undefined });
}

function digestOf(value: object): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 16);
}
