import { z } from 'zod';
import * as schemas from '../schemas/people.ts';
import { lineEntry, ownPhoneView } from '../schemas/line.ts';
import { nothing } from '../schemas/fields.ts';
import { paging } from '../schemas/paging.ts';
import { sessionView } from '../schemas/session.ts';
import type { Operation } from './operation.ts';

const PERSON = '/people/{personId}';

export const PEOPLE_OPERATIONS: readonly Operation[] = [
  {
    method: 'post',
    path: '/setup',
    summary: 'Make the first owner, once, with the administrator’s key; sets a cookie',
    access: 'anybody',
    body: schemas.setUpWish,
    status: 201,
    answer: sessionView,
  },
  {
    method: 'get',
    path: '/people',
    summary: 'Everybody with an account; only those who run people see more than names and roles',
    access: 'admin',
    act: 'read-people',
    query: paging,
    status: 200,
    answer: z.array(schemas.personView),
  },
  {
    method: 'post',
    path: '/people',
    summary: 'Make an account for somebody; the one-time password is shown once',
    access: 'admin',
    act: 'run-people',
    body: schemas.personWish,
    status: 201,
    answer: schemas.personView,
  },
  {
    method: 'get',
    path: PERSON,
    summary: 'One person',
    access: 'admin',
    act: 'read-people',
    status: 200,
    answer: schemas.personView,
  },
  {
    method: 'patch',
    path: PERSON,
    summary: 'Change name or role; disable or enable',
    access: 'admin',
    act: 'run-people',
    body: schemas.personChange,
    status: 200,
    answer: schemas.personView,
  },
  {
    method: 'delete',
    path: PERSON,
    summary: 'Delete somebody’s account, sessions and keys',
    access: 'admin',
    act: 'run-people',
    status: 204,
  },
  {
    method: 'post',
    path: `${PERSON}/reset`,
    summary: 'A new one-time password, shown once; ends their sessions',
    access: 'admin',
    act: 'run-people',
    body: nothing,
    status: 200,
    answer: schemas.personView,
  },
];

export const KEYS_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/keys',
    summary: 'One’s own keys; owners see everybody’s',
    access: 'admin',
    act: 'own-keys',
    query: paging,
    status: 200,
    answer: z.array(schemas.keyView),
  },
  {
    method: 'post',
    path: '/keys',
    summary: 'Make a key for a program; it is shown once',
    access: 'admin',
    act: 'own-keys',
    body: schemas.keyWish,
    status: 201,
    answer: schemas.keyView,
  },
  {
    method: 'delete',
    path: '/keys/{keyId}',
    summary: 'Revoke a key',
    access: 'admin',
    act: 'own-keys',
    status: 204,
  },
];

export const ME_OPERATIONS: readonly Operation[] = [
  {
    method: 'post',
    path: '/me/password',
    summary: 'Change one’s own password; ends all sessions but this one, which begins anew',
    access: 'user',
    act: 'own-account',
    body: schemas.passwordWish,
    status: 200,
    answer: sessionView,
  },
  {
    method: 'get',
    path: '/me/sessions',
    summary: 'Where one is signed in',
    access: 'user',
    act: 'own-account',
    status: 200,
    answer: z.array(schemas.signedInView),
  },
  {
    method: 'delete',
    path: '/me/sessions/{sessionId}',
    summary: 'End one of one’s own sessions',
    access: 'user',
    act: 'own-account',
    status: 204,
  },
  {
    method: 'post',
    path: '/me/phone',
    summary: 'Make this browser one of one’s own phones for a quarter of an hour',
    access: 'user',
    act: 'own-account',
    body: nothing,
    status: 201,
    answer: ownPhoneView,
  },
  {
    method: 'get',
    path: '/me/phone/people',
    summary: 'Everybody whose phones one can call: names and extensions',
    access: 'user',
    act: 'own-account',
    status: 200,
    answer: z.array(lineEntry),
  },
  {
    method: 'get',
    path: '/me/meetings',
    summary: 'The meetings that name oneself and have not ended',
    access: 'user',
    act: 'own-meetings',
    status: 200,
    answer: z.array(schemas.ownMeetingView),
  },
  {
    method: 'post',
    path: '/me/meetings/{id}/ticket',
    summary: 'One’s own link and code into a meeting that names oneself',
    access: 'user',
    act: 'own-meetings',
    body: nothing,
    status: 201,
    answer: schemas.ownTicketView,
  },
];
