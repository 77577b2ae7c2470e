import type { HttpRequest } from '../../protocol/http/ask.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import { isAboutHearing } from './wish.ts';
import type { HearingWish, PersonWish, RoomWish, Wish } from './wish.ts';

export function toHttp(wish: Wish): HttpRequest {
  return 'id' in wish ? forPerson(wish) : forRoom(wish);
}

/** The path of what belongs to a meeting. */
export function meetingPath(room: string, rest = ''): string {
  return `/meetings/${encodeURIComponent(room)}${rest}`;
}

function forPerson(wish: PersonWish): HttpRequest {
  const path = meetingPath(wish.room, `/participants/${encodeURIComponent(wish.id)}`);
  switch (wish.kind) {
    case 'remove':
      return { method: 'DELETE', path: wish.ban === true ? `${path}?ban=true` : path };
    case 'move':
      return {
        method: 'POST',
        path: meetingPath(wish.room, `/breakouts/${wish.to === wish.room ? 'main' : wish.to}/move`),
        body: { participants: [wish.id] },
      };
    case 'cancel-call':
      return {
        method: 'DELETE',
        path: meetingPath(wish.room, `/calls/${encodeURIComponent(wish.id)}`),
      };
    default:
      return { method: 'PATCH', path, body: changeOf(wish) };
  }
}

function changeOf(wish: Exclude<PersonWish, { kind: 'remove' | 'cancel-call' | 'move' }>): object {
  if (isAboutHearing(wish)) return hearingOf(wish);
  switch (wish.kind) {
    case 'set-muted':
      return { muted: wish.muted };
    case 'ask-to-unmute':
      return { muted: false };
    case 'set-hand':
      return { hand: wish.hand };
    case 'set-help':
      return { help: wish.help };
    case 'rename':
      return { name: wish.name };
    case 'set-role':
      return { role: wish.role };
    case 'admit':
      return { admitted: true };
    case 'refuse':
      return { admitted: false };
    default:
      return unreachable(wish);
  }
}

function hearingOf(wish: HearingWish): object {
  switch (wish.kind) {
    case 'set-deaf':
      return { deaf: wish.on };
    case 'set-held':
      return { held: wish.on };
    case 'set-volume':
      return { volume: { [wish.direction]: wish.level } };
    case 'set-unheard':
      return { unheard: { id: wish.other, on: wish.on } };
    default:
      return unreachable(wish);
  }
}

function forRoom(wish: RoomWish): HttpRequest {
  const post = (act: string, body?: object): HttpRequest => ({
    method: 'POST',
    path: meetingPath(wish.room, `/${act}`),
    ...(body && { body }),
  });
  switch (wish.kind) {
    case 'mute-all':
      return post('mute-all', { except: 'moderators' });
    case 'unmute-all':
      return post('unmute-all', {});
    case 'admit-all':
      return post('lobby', { action: 'admit' });
    case 'refuse-all':
      return post('lobby', { action: 'refuse' });
    case 'set-locked':
      return post('lock', { locked: wish.locked });
    case 'set-recording':
      return post('recording', { action: wish.recording ? 'start' : 'stop' });
    case 'end':
      return { ...post('end'), outlives: true };
    case 'delete':
      return { method: 'DELETE', path: meetingPath(wish.room) };
    default:
      return unreachable(wish);
  }
}
