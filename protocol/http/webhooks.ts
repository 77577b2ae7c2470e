/** What webhooks are told of. */
export const EVENT_TYPES = [
  'meeting.created',
  'meeting.updated',
  'meeting.started',
  'meeting.emptied',
  'meeting.locked',
  'meeting.unlocked',
  'meeting.ended',
  'meeting.deleted',
  'recording.started',
  'recording.stopped',
  'participant.waiting',
  'participant.joined',
  'participant.left',
  'participant.muted',
  'participant.unmuted',
  'participant.hand_raised',
  'participant.hand_lowered',
  'participant.updated',
  'participant.talking',
  'participant.silent',
  'call.updated',
  'alarms.updated',
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

/** Only for those who ask for them by name: there are many. */
export const ON_REQUEST: ReadonlySet<EventType> = new Set([
  'participant.talking',
  'participant.silent',
]);

/** What every webhook may be sent beside what it asked for. */
export type NoticeType = 'events.missed' | 'webhook.test';

export interface WebhookView {
  readonly id: string;
  readonly url: string;
  /** Absent: all but those on request. */
  readonly events?: readonly EventType[];
  /** Absent: all. */
  readonly meetings?: readonly string[];
  /** `retrying`: the newest try failed. `paused`: nothing is sent until somebody resumes it. */
  readonly state: 'well' | 'retrying' | 'paused';
  /** Why it is paused: nobody answered for a day, `gone` (410), or somebody paused it. */
  readonly pausedBecause?: 'failing' | 'gone' | 'asked';
  readonly createdAt: string;
  /** The number of the newest event that was delivered, or passed over. */
  readonly deliveredTo: number;
  /** The number of the newest event there is. */
  readonly newest: number;
  /** Until when what is sent is signed with the old secret too. */
  readonly oldSecretUntil?: string;
}

/** With the secret, which is shown this once. */
export interface NewWebhookView extends WebhookView {
  readonly secret: string;
}

/** One try to deliver. */
export interface DeliveryView {
  /** Names the try, for replay. */
  readonly id: string;
  /** Rises by one with each message to this webhook; 0: a test. */
  readonly delivery: number;
  readonly attempt: number;
  readonly at: string;
  /** Absent where no answer came. */
  readonly status?: number;
  readonly ms: number;
  /** Why no answer came, in a word. */
  readonly error?: string;
  readonly ok: boolean;
  readonly replay: boolean;
  /** The numbers of the first and the last event in it; absent in a test. */
  readonly first?: number;
  readonly last?: number;
  readonly events: number;
}
