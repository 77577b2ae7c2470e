import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { signedHeaders, webhookSecret } from '../../../../meetings/rules/webhooks/signature.ts';

/** The example of the Standard Webhooks specification's reference libraries. */
test('a message is signed as the reference libraries sign it', () => {
  const headers = signedHeaders(
    { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}' },
    ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
    1_614_265_330_000,
  );
  expect(headers).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

test('while a secret is exchanged there is a signature by each', () => {
  const secrets = [webhookSecret(new Uint8Array(24).fill(1)), webhookSecret(new Uint8Array(24))];
  const { 'webhook-signature': both = '' } = signedHeaders({ id: 'a', body: '{}' }, secrets, 5_000);
  const expected = [1, 0].map((fill) => {
    const hmac = createHmac('sha256', Buffer.alloc(24, fill));
    return `v1,${hmac.update('a.5.{}').digest('base64')}`;
  });
  expect(both.split(' ')).toEqual(expected);
});
