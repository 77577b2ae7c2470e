import { ACCOUNTS_OPERATIONS } from './accounts.ts';
import { ALARMS_OPERATIONS } from './alarms.ts';
import { ANNOUNCEMENTS_OPERATIONS } from './announcements.ts';
import { AUDIT_OPERATIONS } from './audit.ts';
import { BREAKOUTS_OPERATIONS } from './breakouts.ts';
import { CALLS_OPERATIONS } from './calls.ts';
import { HISTORY_OPERATIONS } from './history.ts';
import { EVENTS_OPERATIONS } from './events.ts';
import { MEETINGS_OPERATIONS } from './meetings.ts';
import { NODES_OPERATIONS } from './nodes.ts';
import { INVITATIONS_OPERATIONS } from './invitations.ts';
import { OCCURRENCES_OPERATIONS } from './occurrences.ts';
import { PARTICIPANTS_OPERATIONS } from './participants.ts';
import { KEYS_OPERATIONS, ME_OPERATIONS, PEOPLE_OPERATIONS } from './people.ts';
import { RECORDINGS_OPERATIONS } from './recordings.ts';
import { HOUSE_BANS_OPERATIONS, ROOM_OPERATIONS } from './room.ts';
import { SESSION_OPERATIONS } from './session.ts';
import { SYSTEM_OPERATIONS } from './system.ts';
import { TICKETS_OPERATIONS } from './tickets.ts';
import { TRUNKS_OPERATIONS } from './trunks.ts';
import { WEBHOOKS_OPERATIONS } from './webhooks.ts';
import type { Operation } from './operation.ts';

/** Every operation of the API; the OpenAPI document is made from it. */
export const OPERATIONS: readonly Operation[] = [
  ...MEETINGS_OPERATIONS,
  ...OCCURRENCES_OPERATIONS,
  ...INVITATIONS_OPERATIONS,
  ...BREAKOUTS_OPERATIONS,
  ...TICKETS_OPERATIONS,
  ...EVENTS_OPERATIONS,
  ...PARTICIPANTS_OPERATIONS,
  ...ROOM_OPERATIONS,
  ...ANNOUNCEMENTS_OPERATIONS,
  ...CALLS_OPERATIONS,
  ...ACCOUNTS_OPERATIONS,
  ...TRUNKS_OPERATIONS,
  ...HOUSE_BANS_OPERATIONS,
  ...ALARMS_OPERATIONS,
  ...NODES_OPERATIONS,
  ...SYSTEM_OPERATIONS,
  ...AUDIT_OPERATIONS,
  ...WEBHOOKS_OPERATIONS,
  ...HISTORY_OPERATIONS,
  ...RECORDINGS_OPERATIONS,
  ...SESSION_OPERATIONS,
  ...PEOPLE_OPERATIONS,
  ...KEYS_OPERATIONS,
  ...ME_OPERATIONS,
];
