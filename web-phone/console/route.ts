import { isRoomId } from '../../protocol/room/room.ts';
import type { RoomId } from '../../protocol/room/room.ts';

/** Where in the console one is; kept in the address so that Back and reload work. */
export type Route =
  | { readonly kind: 'meetings' }
  | { readonly kind: 'meeting'; readonly id: RoomId }
  /** A sheet of paper for those who call. */
  | { readonly kind: 'card'; readonly id: RoomId }
  | { readonly kind: 'phones' }
  | { readonly kind: 'trunks' }
  | { readonly kind: 'alarms' }
  | { readonly kind: 'people' }
  | { readonly kind: 'keys' }
  | { readonly kind: 'webhooks' }
  | { readonly kind: 'audit' }
  | { readonly kind: 'me' }
  | { readonly kind: 'history' }
  /** One time that people met. */
  | { readonly kind: 'session'; readonly meeting: RoomId; readonly id: string };

const PLACES = ['phones', 'trunks', 'alarms', 'people', 'keys', 'webhooks', 'audit', 'me'] as const;

export function parseRoute(hash: string): Route {
  const [, place, id, part] = hash.split('/');
  const named = PLACES.find((each) => each === place);
  if (named !== undefined) return { kind: named };
  if (place === 'history')
    return id !== undefined && isRoomId(id) && part !== undefined
      ? { kind: 'session', meeting: id, id: part }
      : { kind: 'history' };
  if (place === 'meetings' && id !== undefined && isRoomId(id))
    return part === 'card' ? { kind: 'card', id } : { kind: 'meeting', id };
  return { kind: 'meetings' };
}

export function formatRoute(route: Route): string {
  switch (route.kind) {
    case 'meeting':
      return `#/meetings/${route.id}`;
    case 'card':
      return `#/meetings/${route.id}/card`;
    case 'session':
      return `#/history/${route.meeting}/${route.id}`;
    default:
      return `#/${route.kind}`;
  }
}
