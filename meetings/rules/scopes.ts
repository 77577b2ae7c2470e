/** What a key may be for. A key never reaches further than the person it belongs to. */
export const SCOPES = [
  /** See meetings, who is in them, and their feeds. */
  'meetings:read',
  /** Make, change, end and delete meetings; make tickets. */
  'meetings:write',
  /** Mute, remove, ban, lock, record, call: all that moderators do. */
  'rooms:control',
  /** See who has an account here. */
  'people:read',
  /** Make, change and delete people. */
  'people:admin',
  /** See desk phones, trunks, alarms and whatever else is the house's. */
  'system:read',
  /** Change them. */
  'system:write',
  /** Read who did what. */
  'audit:read',
] as const;

export type Scope = (typeof SCOPES)[number];
