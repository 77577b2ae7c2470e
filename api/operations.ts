import { z } from 'zod';
import * as schemas from './schemas.ts';

/**
 * Who may use an operation: those who run meetings; the meeting's moderators too; everybody in it too,
 * on their own row; or anybody.
 */
export type Access = 'admin' | 'moderator' | 'person' | 'anybody';

export interface Operation {
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  /** Below `/api/v1`. */
  readonly path: string;
  readonly summary: string;
  readonly access: Access;
  readonly body?: z.ZodType;
  readonly status: 200 | 201 | 202 | 204;
  readonly answer?: z.ZodType;
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
    summary: 'Mute, deafen, hold or set the volume',
    access: 'person',
    body: schemas.participantChange,
    status: 202,
  },
  {
    method: 'delete',
    path: `${MEETING}/participants/{pid}`,
    summary: 'Remove somebody from the room',
    access: 'moderator',
    status: 202,
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
