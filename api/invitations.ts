import { Router } from 'express';
import type { RequestHandler } from 'express';
import type { InvitationFormat, InvitationResult } from '../meetings/invitations/invitations.ts';
import { isLanguage } from '../protocol/call/language.ts';
import { meetingOnly } from './caller.ts';
import { noSuchMeeting, query, roomIn } from './input.ts';
import type { ApiParts } from './parts.ts';
import { methodNotAllowed, refusal } from './problems.ts';

const TYPES = {
  text: 'text/plain; charset=utf-8',
  html: 'text/html; charset=utf-8',
  ics: 'text/calendar; charset=utf-8',
} as const satisfies Record<InvitationFormat, string>;

/** What is sent to those who are to come: for a mail, or for calendars. */
export function invitationRoutes(parts: ApiParts): Router {
  const router = Router();
  router
    .route('/meetings/:id/invitation')
    .all(meetingOnly)
    .get(show(parts))
    .all(methodNotAllowed('GET'));
  return router;
}

function show(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const asked = query(request, ['format', 'person', 'language']);
    const format = formatIn(asked.get('format'));
    const id = roomIn(request);
    const person = asked.get('person') ?? undefined;
    const wish = { person, language: languageIn(asked.get('language')) };
    const written = await parts.meetings.invitations.write(id, format, wish);
    if (!written.ok) throw refused(written);
    if (format === 'ics') response.set('Content-Disposition', `attachment; filename="${id}.ics"`);
    response.type(TYPES[format]).send(written.text);
  };
}

function formatIn(text: string | null): InvitationFormat {
  if (text === null) return 'text';
  if (text === 'text' || text === 'html' || text === 'ics') return text;
  throw refusal('bad-input', 'Ask for "text", "html" or "ics".', { field: 'format' });
}

function languageIn(text: string | null) {
  if (text === null) return undefined;
  if (isLanguage(text)) return text;
  throw refusal('bad-input', 'Ask for "en" or "de".', { field: 'language' });
}

function refused({ reason }: Extract<InvitationResult, { ok: false }>) {
  switch (reason) {
    case 'unknown':
      return noSuchMeeting();
    case 'no-ticket':
      return refusal('not-found', 'Nobody of that id has a ticket; POST …/tickets makes one.', {
        field: 'person',
      });
    case 'no-time':
      return refusal('conflict', 'The meeting is permanent: give it a "startsAt" first.');
  }
}
