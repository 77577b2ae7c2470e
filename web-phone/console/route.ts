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
  | { readonly kind: 'bans' }
  | { readonly kind: 'recordings' }
  | { readonly kind: 'system' }
  /** `find`: those whose name has such words. */
  | { readonly kind: 'people'; readonly find?: string }
  | { readonly kind: 'keys' }
  | { readonly kind: 'webhooks' }
  | { readonly kind: 'audit' }
  | { readonly kind: 'me' }
  | { readonly kind: 'history' }
  /** One time that people met. */
  | { readonly kind: 'session'; readonly meeting: RoomId; readonly id: string };

const PLACES = [
  'phones',
  'trunks',
  'alarms',
  'bans',
  'recordings',
  'system',
  'people',
  'keys',
  'webhooks',
  'audit',
  'me',
] as const;

export function parseRoute(hash: string): Route {
  const [, place, id, part] = hash.split('/');
  if (place === 'people' && id !== undefined && id !== '')
    return { kind: 'people', find: decoded(id) };
  const named = PLACES.find((each) => each === place);
  if (named !== undefined) return { kind: named };
  if (place === 'history') return inHistory(id, part);
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
    case 'people':
      return route.find === undefined ? '#/people' : `#/people/${encodeURIComponent(route.find)}`;
    default:
      return `#/${route.kind}`;
  }
}

function inHistory(meeting: string | undefined, session: string | undefined): Route {
  return meeting !== undefined && isRoomId(meeting) && session !== undefined
    ? { kind: 'session', meeting, id: session }
    : { kind: 'history' };
}

/** What nobody wrote so stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that begins no code: somebody typed the address.
    return text;
  }
}
