import { unreachable } from '../../protocol/unreachable.ts';
import type { Wish } from './wish.ts';

/** One HTTP request to our API; `path` is below `/api/v1`. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: object;
}

export function toHttp(wish: Wish): HttpRequest {
  const meeting = `/meetings/${encodeURIComponent(wish.room)}`;
  switch (wish.kind) {
    case 'set-muted':
      return { method: 'PATCH', path: person(meeting, wish.id), body: { muted: wish.muted } };
    case 'remove':
      return { method: 'DELETE', path: person(meeting, wish.id) };
    case 'mute-all':
      return { method: 'POST', path: `${meeting}/mute-all`, body: { except: 'moderators' } };
    case 'set-locked':
      return { method: 'POST', path: `${meeting}/lock`, body: { locked: wish.locked } };
    case 'end':
      return { method: 'POST', path: `${meeting}/end` };
    case 'delete':
      return { method: 'DELETE', path: meeting };
    default:
      return unreachable(wish);
  }
}

function person(meeting: string, id: string): string {
  return `${meeting}/participants/${encodeURIComponent(id)}`;
}
