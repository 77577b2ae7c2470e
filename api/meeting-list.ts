import type { Request, RequestHandler, Response } from 'express';
import type { Meeting } from '../meetings/rules/meeting.ts';
import type { MeetingView } from '../protocol/http/views.ts';
import { asked } from './input.ts';
import { answerPage, newestFirst } from './paging.ts';
import { meetingsAsked } from './schemas/meeting-list.ts';
import type { MeetingsAsked } from './schemas/meeting-list.ts';

/** Where meetings come from, and how the asker sees each. */
export interface Listing {
  /** All that the asker may see. */
  readonly list: (response: Response) => Promise<readonly Meeting[]>;
  readonly view: (meeting: Meeting, response: Response) => MeetingView;
}

/** `GET /meetings`: filtered, the newest first, a page at a time. */
export function listMeetings({ list, view }: Listing): RequestHandler {
  return async (request: Request, response: Response) => {
    const wish = asked(request, meetingsAsked);
    const seen = (await list(response)).map((meeting) => view(meeting, response));
    const views = seen.filter((shown) => isWanted(shown, wish));
    await answerPage(request, response, views, {
      wish,
      placeOf: ({ createdAt, id }) => newestFirst(Date.parse(createdAt), id),
      view: (shown) => shown,
    });
  };
}

function isWanted(shown: MeetingView, wish: MeetingsAsked): boolean {
  const { state, extension, name } = wish;
  if (state !== undefined && shown.state !== state) return false;
  if (extension !== undefined && shown.extension !== extension) return false;
  if (name !== undefined && !folded(shown.name).includes(folded(name))) return false;
  return isBetween(shown.startsAt, wish);
}

/** Meetings without a time are in no range of times. */
function isBetween(
  startsAt: string | undefined,
  { startsFrom, startsBefore }: MeetingsAsked,
): boolean {
  if (startsFrom === undefined && startsBefore === undefined) return true;
  if (startsAt === undefined) return false;
  const ms = Date.parse(startsAt);
  return ms >= (startsFrom ?? -Infinity) && ms < (startsBefore ?? Infinity);
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
