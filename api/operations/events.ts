import { eventPage, eventsView } from '../schemas/events.ts';
import { MEETING } from './operation.ts';
import type { Operation } from './operation.ts';

export const EVENTS_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/events',
    summary:
      'What happened, by the page; with Accept: text/event-stream what happens, as it happens',
    access: 'user',
    act: 'list-meetings',
    query: eventPage,
    status: 200,
    answer: eventsView,
  },
  {
    method: 'get',
    path: `${MEETING}/events`,
    summary:
      'The same of one meeting; by the page for those who run it, as it happens for all in it',
    access: 'person',
    act: 'watch',
    query: eventPage,
    status: 200,
    answer: eventsView,
  },
];
