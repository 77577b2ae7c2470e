import {
  ticketWish,
  softphoneWish,
  ticketAnswer,
  ticketView,
  softphoneGrant,
} from '../schemas/tickets.ts';
import { MEETING } from './operation.ts';
import type { Operation } from './operation.ts';

export const TICKETS_OPERATIONS: readonly Operation[] = [
  {
    method: 'post',
    path: `${MEETING}/tickets`,
    summary: 'A join link and a code for one person',
    access: 'admin',
    act: 'run-meeting',
    body: ticketWish,
    status: 201,
    answer: ticketAnswer,
  },
  {
    method: 'get',
    path: '/tickets/{ticket}',
    summary: 'What a join link opens',
    access: 'anybody',
    status: 200,
    answer: ticketView,
  },
  {
    method: 'post',
    path: '/tickets/{ticket}/softphone',
    summary: 'What a browser needs to call; good for five minutes',
    access: 'anybody',
    body: softphoneWish,
    status: 200,
    answer: softphoneGrant,
  },
];
