import type { ApiParts } from '../parts.ts';
import type { Answer } from './answer.ts';
import type { Hooks } from './hooks.ts';
import type { BbbMeetings } from './meetings.ts';
import type { Parameters } from './parameters.ts';
import type { Shelf } from './shelf.ts';
import type { Watch } from './watch.ts';

/** What every call stands on. */
export interface Desk {
  readonly parts: ApiParts;
  readonly shelf: Shelf;
  readonly meetings: BbbMeetings;
  readonly hooks: Hooks;
  readonly watch: Watch;
}

/** One call of the API, once its checksum was right. */
export type Call = (desk: Desk, params: Parameters) => Promise<Answer>;
