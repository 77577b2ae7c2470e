import { z } from 'zod';
import {
  deliveryPage,
  deliveryView,
  newWebhookView,
  replayFrom,
  webhookChange,
  webhookView,
  webhookWish,
} from '../schemas/webhooks.ts';
import type { Operation } from './operation.ts';

const ONE = '/webhooks/{webhookId}';
const OURS = { access: 'admin', act: 'run' } as const;

export const WEBHOOKS_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/webhooks',
    summary: 'Where events are sent',
    ...OURS,
    status: 200,
    answer: z.array(webhookView),
  },
  {
    method: 'post',
    path: '/webhooks',
    summary: 'Send events to a server from now on; the secret is shown this once',
    ...OURS,
    body: webhookWish,
    status: 201,
    answer: newWebhookView,
  },
  { method: 'get', path: ONE, summary: 'One webhook', ...OURS, status: 200, answer: webhookView },
  {
    method: 'patch',
    path: ONE,
    summary: 'Change, pause or resume a webhook',
    ...OURS,
    body: webhookChange,
    status: 200,
    answer: webhookView,
  },
  { method: 'delete', path: ONE, summary: 'Forget a webhook', ...OURS, status: 204 },
  {
    method: 'post',
    path: `${ONE}/rotate`,
    summary: 'A new secret, shown this once; the old one signs beside it for a day',
    ...OURS,
    status: 200,
    answer: newWebhookView,
  },
  {
    method: 'post',
    path: `${ONE}/test`,
    summary: 'Send a test now, and say what was answered',
    ...OURS,
    status: 200,
    answer: deliveryView,
  },
  {
    method: 'post',
    path: `${ONE}/replay`,
    summary: 'Send all events from a number on again',
    ...OURS,
    query: replayFrom,
    status: 202,
    answer: webhookView,
  },
  {
    method: 'get',
    path: `${ONE}/deliveries`,
    summary: 'The newest thousand tries, the newest first',
    ...OURS,
    query: deliveryPage,
    status: 200,
    answer: z.array(deliveryView),
  },
  {
    method: 'post',
    path: `${ONE}/deliveries/{deliveryId}/replay`,
    summary: 'Send the same message again now, and say what was answered',
    ...OURS,
    status: 200,
    answer: deliveryView,
  },
];
