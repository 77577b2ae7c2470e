import { isRoomId } from '../../protocol/room/room.ts';
import type { RoomId } from '../../protocol/room/room.ts';
import { unreachable } from '../../protocol/unreachable.ts';

/** Where in the console one is; kept in the address so that Back and reload work. */
export type Route =
  | { readonly kind: 'meetings' }
  | { readonly kind: 'meeting'; readonly id: RoomId }
  | { readonly kind: 'phones' };

export function parseRoute(hash: string): Route {
  const [, place, id] = hash.split('/');
  if (place === 'phones') return { kind: 'phones' };
  if (place === 'meetings' && id !== undefined && isRoomId(id)) return { kind: 'meeting', id };
  return { kind: 'meetings' };
}

export function formatRoute(route: Route): string {
  switch (route.kind) {
    case 'meetings':
      return '#/meetings';
    case 'meeting':
      return `#/meetings/${route.id}`;
    case 'phones':
      return '#/phones';
    default:
      return unreachable(route);
  }
}
