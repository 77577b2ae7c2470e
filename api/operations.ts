import { z } from 'zod';
import * as schemas from './schemas.ts';

/**
 * Who may use an operation: those who run meetings; the meeting's moderators too; everybody in it too
 * (`person`), or only where it is about themselves (`own`); or anybody.
 */
export type Access = 'admin' | 'moderator' | 'person' | 'own' | 'anybody';

export interface Operation {
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  /** Below `/api/v1`. */
  readonly path: string;
  readonly summary: string;
  readonly access: Access;
  readonly body?: z.ZodType;
  readonly status: 200 | 201 | 202 | 204;
  readonly answer?: z.ZodType;
  /** What the query string may hold. */
  readonly query?: Readonly<Record<string, z.ZodType>>;
}

const MEETING = '/meetings/{id}';
const { meetingView, accountView } = schemas;

/** Every operation of the API; the OpenAPI document is made from it. */
export const OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/meetings',
    summary: 'All meetings, the newest first',
    access: 'admin',
    status: 200,
    answer: z.array(meetingView),
  },
  {
    method: 'post',
    path: '/meetings',
    summary: 'Make a meeting',
    access: 'admin',
    body: schemas.meetingWish,
    status: 201,
    answer: meetingView,
  },
  {
    method: 'get',
    path: MEETING,
    summary: 'One meeting',
    access: 'admin',
    status: 200,
    answer: meetingView,
  },
  {
    method: 'patch',
    path: MEETING,
    summary: 'Change an open meeting',
    access: 'admin',
    body: schemas.meetingChange,
    status: 200,
    answer: meetingView,
  },
  {
    method: 'delete',
    path: MEETING,
    summary: 'Hang everybody up and forget the meeting',
    access: 'admin',
    status: 204,
  },
  {
    method: 'post',
    path: `${MEETING}/end`,
    summary: 'Hang everybody up and let nobody in any more',
    access: 'admin',
    status: 200,
    answer: meetingView,
  },
  {
    method: 'post',
    path: `${MEETING}/tickets`,
    summary: 'A join link and a code for one person',
    access: 'admin',
    body: schemas.ticketWish,
    status: 201,
    answer: schemas.ticketAnswer,
  },
  {
    method: 'get',
    path: `${MEETING}/participants`,
    summary: 'Who is in the room',
    access: 'person',
    status: 200,
    answer: z.array(schemas.participantView),
  },
  {
    method: 'patch',
    path: `${MEETING}/participants/{pid}`,
    summary: 'Mute, deafen, hold, name, let in; raise a hand, ask for help, set the volume',
    access: 'own',
    body: schemas.participantChange,
    status: 202,
  },
  {
    method: 'delete',
    path: `${MEETING}/participants/{pid}`,
    summary: 'Remove somebody, with all their phones; with `ban` they may not come back',
    access: 'moderator',
    query: { ban: z.boolean() },
    status: 202,
  },
  {
    method: 'get',
    path: `${MEETING}/bans`,
    summary: 'Who is banned, the newest first',
    access: 'moderator',
    status: 200,
    answer: z.array(schemas.banView),
  },
  {
    method: 'delete',
    path: `${MEETING}/bans/{banId}`,
    summary: 'Lift a ban',
    access: 'moderator',
    status: 204,
  },
  {
    method: 'post',
    path: `${MEETING}/mute-all`,
    summary: 'Mute everybody, or all but moderators',
    access: 'moderator',
    body: schemas.muteAllWish,
    status: 202,
  },
  {
    method: 'post',
    path: `${MEETING}/lock`,
    summary: 'Lock or unlock the room',
    access: 'moderator',
    body: schemas.lockWish,
    status: 202,
  },
  {
    method: 'post',
    path: `${MEETING}/unmute-all`,
    summary: 'Open whom a moderator muted; who muted themselves stays so',
    access: 'moderator',
    body: schemas.nothing,
    status: 202,
  },
  {
    method: 'post',
    path: `${MEETING}/lobby`,
    summary: 'Let in, or send away, everybody in the lobby',
    access: 'moderator',
    body: schemas.lobbyWish,
    status: 202,
  },
  {
    method: 'post',
    path: `${MEETING}/recording`,
    summary: 'Start or stop recording; everybody hears so',
    access: 'moderator',
    body: schemas.recordingWish,
    status: 202,
  },
  {
    method: 'get',
    path: `${MEETING}/calls`,
    summary: 'Calls that the meeting makes, or made within the last minute',
    access: 'person',
    status: 200,
    answer: z.array(schemas.callView),
  },
  {
    method: 'post',
    path: `${MEETING}/calls`,
    summary: 'Call somebody in; with `me` the own phone, where the meeting allows it',
    access: 'moderator',
    body: schemas.callWish,
    status: 202,
    answer: schemas.callAnswer,
  },
  {
    method: 'delete',
    path: `${MEETING}/calls/{callId}`,
    summary: 'Cancel a call',
    access: 'own',
    status: 202,
  },
  {
    method: 'get',
    path: '/tickets/{ticket}',
    summary: 'What a join link opens',
    access: 'anybody',
    status: 200,
    answer: schemas.ticketView,
  },
  {
    method: 'post',
    path: '/tickets/{ticket}/softphone',
    summary: 'What a browser needs to call; good for five minutes',
    access: 'anybody',
    body: schemas.softphoneWish,
    status: 200,
    answer: schemas.softphoneGrant,
  },
  {
    method: 'get',
    path: '/accounts',
    summary: "All desk phones' accounts",
    access: 'admin',
    status: 200,
    answer: z.array(accountView),
  },
  {
    method: 'post',
    path: '/accounts',
    summary: 'Make an account; its password is shown once',
    access: 'admin',
    body: schemas.accountWish,
    status: 201,
    answer: accountView,
  },
  {
    method: 'get',
    path: '/accounts/{username}',
    summary: 'One account',
    access: 'admin',
    status: 200,
    answer: accountView,
  },
  {
    method: 'delete',
    path: '/accounts/{username}',
    summary: 'Delete an account',
    access: 'admin',
    status: 204,
  },
  {
    method: 'post',
    path: '/accounts/{username}/rotate',
    summary: 'A new password, shown once',
    access: 'admin',
    status: 200,
    answer: accountView,
  },
  {
    method: 'get',
    path: '/trunks',
    summary: 'Lines to the telephone network',
    access: 'admin',
    status: 200,
    answer: z.array(schemas.trunkView),
  },
  {
    method: 'post',
    path: '/trunks',
    summary: 'Make a trunk; its password is never shown',
    access: 'admin',
    body: schemas.trunkWish,
    status: 201,
    answer: schemas.trunkView,
  },
  {
    method: 'get',
    path: '/trunks/{name}',
    summary: 'One trunk',
    access: 'admin',
    status: 200,
    answer: schemas.trunkView,
  },
  {
    method: 'patch',
    path: '/trunks/{name}',
    summary: 'Change a trunk; calls that are up stay',
    access: 'admin',
    body: schemas.trunkChange,
    status: 200,
    answer: schemas.trunkView,
  },
  {
    method: 'delete',
    path: '/trunks/{name}',
    summary: 'Delete a trunk; calls that are up stay',
    access: 'admin',
    status: 204,
  },
  {
    method: 'get',
    path: '/alarms',
    summary: 'Limits on wrong codes and keys that are full, or were within 24 hours',
    access: 'admin',
    status: 200,
    answer: z.array(schemas.alarmView),
  },
  {
    method: 'delete',
    path: '/alarms/{alarmId}',
    summary: 'Lift a limit: whom it held may try again',
    access: 'admin',
    status: 204,
  },
  {
    method: 'get',
    path: '/session',
    summary: 'Who is signed in, and until when',
    access: 'anybody',
    status: 200,
    answer: schemas.sessionView,
  },
  {
    method: 'post',
    path: '/session',
    summary: 'Sign the console in: sets a cookie',
    access: 'anybody',
    body: schemas.loginWish,
    status: 200,
    answer: schemas.sessionView,
  },
  {
    method: 'delete',
    path: '/session',
    summary: 'Sign the console out',
    access: 'anybody',
    status: 204,
  },
];
