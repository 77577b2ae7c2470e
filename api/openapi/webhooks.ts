import { webhookMessage } from '../schemas/webhook-message.ts';
import { jsonSchemaOf } from './json-schema.ts';
import type { NamedSchemas } from './json-schema.ts';

/** What we ask of others: the `webhooks` of the document (OpenAPI 3.1); names go into `named`. */
export function webhooksOf(named: NamedSchemas): object {
  const schema = jsonSchemaOf(webhookMessage, 'output', named);
  return {
    events: {
      post: {
        operationId: 'postEvents',
        tags: ['Webhooks'],
        summary: 'What happened, sent to the address of a webhook',
        description:
          'Signed as Standard Webhooks has it. Messages come in order, and each is tried for a day.',
        security: [{}],
        parameters: SIGNED.map(([name, description]) => ({
          ...{ name, in: 'header', required: true, description },
          schema: { type: 'string' },
        })),
        requestBody: { required: true, content: { 'application/json': { schema } } },
        responses: {
          '2XX': { description: 'Taken; nothing of the answer is read.' },
          '410': { description: 'Never again: the webhook is paused.' },
          default: { description: 'A failure: the same message is tried again.' },
        },
      },
    },
  };
}

const SIGNED = [
  ['webhook-id', 'Names the message; the same at every try.'],
  ['webhook-timestamp', 'When it is sent, in seconds since 1970.'],
  [
    'webhook-signature',
    '`v1,` and HMAC-SHA256 in base64 of id, timestamp and body, joined by dots.',
  ],
] as const;
