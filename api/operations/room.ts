import { z } from 'zod';
import { nothing } from '../schemas/fields.ts';
import { muteAllWish, lobbyWish, recordingWish, lockWish, banView } from '../schemas/room.ts';
import { houseBanView, houseBanWish } from '../schemas/room.ts';
import { paging } from '../schemas/paging.ts';
import { MEETING } from './operation.ts';
import type { Operation } from './operation.ts';

export const ROOM_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: `${MEETING}/bans`,
    summary: 'Who is banned, the newest first',
    access: 'moderator',
    act: 'moderate',
    query: paging,
    status: 200,
    answer: z.array(banView),
  },
  {
    method: 'delete',
    path: `${MEETING}/bans/{banId}`,
    summary: 'Lift a ban',
    access: 'moderator',
    act: 'moderate',
    status: 204,
  },
  {
    method: 'post',
    path: `${MEETING}/mute-all`,
    summary: 'Mute everybody, or all but moderators',
    access: 'moderator',
    act: 'moderate',
    body: muteAllWish,
    status: 202,
  },
  {
    method: 'post',
    path: `${MEETING}/lock`,
    summary: 'Lock or unlock the room',
    access: 'moderator',
    act: 'moderate',
    body: lockWish,
    status: 202,
  },
  {
    method: 'post',
    path: `${MEETING}/unmute-all`,
    summary: 'Open whom a moderator muted; who muted themselves stays so',
    access: 'moderator',
    act: 'moderate',
    body: nothing,
    status: 202,
  },
  {
    method: 'post',
    path: `${MEETING}/lobby`,
    summary: 'Let in, or send away, everybody in the lobby',
    access: 'moderator',
    act: 'moderate',
    body: lobbyWish,
    status: 202,
  },
  {
    method: 'post',
    path: `${MEETING}/recording`,
    summary: 'Start or stop recording; everybody hears so',
    access: 'moderator',
    act: 'moderate',
    body: recordingWish,
    status: 202,
  },
];

/** Bans of all meetings, and those of the whole house. */
export const HOUSE_BANS_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/bans',
    summary: 'Who is banned from a meeting, or from all, the newest first',
    access: 'admin',
    act: 'run',
    query: paging,
    status: 200,
    answer: z.array(houseBanView),
  },
  {
    method: 'post',
    path: '/bans',
    summary:
      'Ban a number, a desk phone or a person with an account from every meeting; whoever is in one is hung up',
    access: 'admin',
    act: 'run',
    body: houseBanWish,
    status: 201,
    answer: houseBanView,
  },
  {
    method: 'delete',
    path: '/bans/{banId}',
    summary: 'Lift a ban, of whichever meeting or of all',
    access: 'admin',
    act: 'run',
    status: 204,
  },
];
