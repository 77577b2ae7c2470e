/** An operator's own recording that can be played into a room. */
export interface AnnouncementView {
  /** Of its file, without `.wav`. */
  readonly name: string;
  readonly seconds: number;
}

/** Where announcements lie, below the operator's own prompts. */
export const ANNOUNCEMENTS_FOLDER = 'announcements';

/** Whether this can be the name of an announcement: no part of a path, no word of a command. */
export function isAnnouncementName(text: string): boolean {
  return /^[a-z0-9-]{1,64}$/.test(text);
}
