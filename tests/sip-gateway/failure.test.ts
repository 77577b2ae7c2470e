import { expect, test } from 'vitest';
import { callerFailure } from '../../sip-gateway/failure.ts';

const CASES = [
  ...[404, 480, 486, 488, 600, 603].map((status) => ({ status, caller: { status } })),
  ...[302, 401, 403, 407, 408, 481, 500, 503].map((status) => ({
    status,
    caller: { status: 503, retryAfterS: 5 },
  })),
];
for (const { status, caller } of CASES) {
  test(`the switch's ${status} is ${caller.status} to the caller`, () => {
    const response = { kind: 'response', status, reason: '', headers: [], body: '' } as const;
    expect(callerFailure(response)).toEqual(caller);
  });
}

test('a 403 of the bridge reaches the caller; one of the access list is our trouble', () => {
  const reason = { name: 'Reason', value: 'Q.850;cause=21;text="CALL_REJECTED"' };
  const refused = { kind: 'response', status: 403, reason: 'Forbidden', body: '' } as const;
  expect(callerFailure({ ...refused, headers: [reason] })).toEqual({ status: 403 });
  expect(callerFailure({ ...refused, headers: [] })).toEqual({ status: 503, retryAfterS: 5 });
});

test('the switch’s own Retry-After is passed on, within reason', () => {
  const busy = (value: string) =>
    callerFailure({
      ...{ kind: 'response', status: 503, reason: '', body: '' },
      headers: [{ name: 'Retry-After', value }],
    });
  expect(busy('60 (full)').retryAfterS).toBe(60);
  expect(busy('999999').retryAfterS).toBe(5);
  expect(busy('-1').retryAfterS).toBe(5);
});
