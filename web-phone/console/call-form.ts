import { callTarget } from '../room/call-target.ts';
import type { CallTarget } from '../room/call-target.ts';

/** Whom to call, as typed. */
export interface CallForm {
  readonly whom: string;
  readonly name: string;
  readonly asModerator: boolean;
}

/** What `POST /calls` takes. */
export type CallBody = CallTarget & {
  readonly name?: string;
  readonly role: 'moderator' | 'participant';
};

export function callBody({ whom, name, asModerator }: CallForm): CallBody {
  return {
    ...callTarget(whom),
    ...(name.trim() !== '' && { name: name.trim() }),
    role: asModerator ? 'moderator' : 'participant',
  };
}
