import { expect, test } from 'vitest';
import type { SipResponse } from '../../../protocol/sip/message.ts';
import { calleeFailure, tellingMost } from '../../../sip-gateway/outbound/outcome.ts';

function refusal(status: number): SipResponse {
  return { kind: 'response', status, reason: '', headers: [], body: '' };
}

/** What somebody answers, and what FreeSWITCH hears of an account and of a trunk. */
const CASES = [
  [486, 486, 486],
  [600, 600, 600],
  [603, 603, 603],
  [604, 604, 604],
  [404, 404, 404],
  [410, 410, 410],
  [480, 480, 480],
  [484, 484, 484],
  [488, 488, 488],
  [408, 480, 480],
  [487, 480, 480],
  [301, 480, 480],
  [403, 403, 503],
  [401, 503, 503],
  [407, 503, 503],
  [422, 503, 503],
  [483, 503, 503],
  [500, 503, 503],
  [504, 503, 503],
] as const;
for (const [said, account, trunk] of CASES) {
  test(`${said} becomes ${account} of an account and ${trunk} of a trunk`, () => {
    expect(calleeFailure(refusal(said), 'account').status).toBe(account);
    expect(calleeFailure(refusal(said), 'trunk').status).toBe(trunk);
  });
}

const SEVERAL = [
  { said: [408, 486], most: 486 },
  { said: [486, 603], most: 603 },
  { said: [503, 480], most: 480 },
  { said: [404, 480], most: 480 },
  { said: [503, 404], most: 404 },
  { said: [408], most: 408 },
];
for (const { said, most } of SEVERAL) {
  test(`of ${said.join(' and ')} ${most} says most`, () => {
    expect(tellingMost(said.map(refusal))?.status).toBe(most);
  });
}
