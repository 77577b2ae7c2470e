import { afterEach, expect, test } from 'vitest';
import { header } from '../../protocol/sip/message.ts';
import type { SipRequest } from '../../protocol/sip/message.ts';
import { eventually } from '../support/eventually.ts';
import type { World } from '../support/gateway-world.ts';
import { startWorld } from '../support/gateway-world.ts';
import { SDP } from '../support/sip-peer.ts';

let world: World | undefined;
afterEach(async () => {
  await world?.stop();
});

/** mod_sofia's answer to a call without an offer. */
const NO_OFFER = {
  headers: [{ name: 'Reason', value: 'Q.850;cause=96;text="MANDATORY_IE_MISSING"' }],
};

function answering(at: World, answer: (invite: SipRequest) => void): void {
  at.node.onRequest = (request) => {
    if (request.method === 'INVITE') answer(request);
    else if (request.method !== 'ACK') at.node.answer(request, 200);
  };
}

function refuses(at: World): boolean {
  return at.gateway.status().switches[0]?.refusesCalls === true;
}

test('a switch whose access list turns us away is told before anybody calls, and until that is mended', async () => {
  world = await startWorld({ pingEveryMs: 200, tryCalls: true });
  const at = world;
  let isOpen = false;
  answering(at, (invite) =>
    isOpen ? at.node.answer(invite, 480, NO_OFFER) : at.node.answer(invite, 403),
  );
  await eventually('told', () => refuses(at));
  isOpen = true;
  await eventually('mended', () => !refuses(at));
  expect(at.logged.filter((line) => line.includes('calls'))).toEqual([
    expect.stringMatching(/^error switch refuses our calls /),
    expect.stringMatching(/^info switch takes our calls again /),
  ]);
});

test('a switch that takes calls is tried once and by a call without an offer', async () => {
  world = await startWorld({ pingEveryMs: 100, tryCalls: true });
  const at = world;
  const tries: SipRequest[] = [];
  let pings = 0;
  at.node.onRequest = (request) => {
    if (request.method === 'OPTIONS') pings += 1;
    if (request.method === 'INVITE') tries.push(request);
    if (request.method === 'INVITE') at.node.answer(request, 480, NO_OFFER);
    else if (request.method !== 'ACK') at.node.answer(request, 200);
  };
  await eventually('tried', () => tries.length > 0);
  const before = pings;
  await eventually('three pings later', () => pings > before + 2);
  expect(tries.map(({ body }) => body)).toEqual(['']);
  expect(header(tries[0]!, 'X-Partyline')).toBeUndefined();
  expect(refuses(at)).toBe(false);
});

test('a switch that answers the trial is hung up on', async () => {
  world = await startWorld({ pingEveryMs: 200, tryCalls: true });
  const at = world;
  answering(at, (invite) => void at.node.answer(invite, 200, { body: SDP(5000) }));
  await at.node.request('BYE');
  expect(refuses(at)).toBe(false);
});

test('a caller hears 503, not 403, where the access list turns us away; a real refusal passes', async () => {
  world = await startWorld();
  const at = world;
  const phone = await at.phone();
  const call = async (): Promise<number> => {
    const sent = phone.send(phone.compose('INVITE', at.uri('7000'), { body: SDP() }));
    const response = await phone.response('INVITE');
    phone.ack(sent, response);
    return response.status;
  };
  answering(at, (invite) => void at.node.answer(invite, 403));
  expect(await call()).toBe(503);
  expect(refuses(at)).toBe(true);
  const rejected = { headers: [{ name: 'Reason', value: 'Q.850;cause=21;text="CALL_REJECTED"' }] };
  answering(at, (invite) => void at.node.answer(invite, 403, rejected));
  expect(await call()).toBe(403);
  expect(refuses(at)).toBe(false);
});
