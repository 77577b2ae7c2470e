import { afterEach, expect, test } from 'vitest';
import { createResponse } from '../../../protocol/sip/response.ts';
import { listenSip } from '../../../switch/sip/listen.ts';
import { APPLICATION } from '../../data/rfc4475/application.ts';
import { INVALID } from '../../data/rfc4475/invalid.ts';
import { VALID } from '../../data/rfc4475/valid.ts';
import { Dice } from '../../support/dice.ts';
import { hangUpAll, requestText, startEndpoint, tcpPhone, udpPhone } from './phones.ts';

afterEach(hangUpAll);

const TORTURE = [...VALID, ...INVALID, ...APPLICATION].map((each) => each.bytes);

function mutated(dice: Dice): Buffer {
  return dice.below(5) === 0 ? dice.bytes(dice.below(400)) : dice.spoil(dice.pick(TORTURE));
}

async function optionsAnswered(world: Awaited<ReturnType<typeof startEndpoint>>, branch: string) {
  const phone = await udpPhone();
  const text = requestText({ method: 'OPTIONS', via: `UDP 127.0.0.1:${phone.port};rport`, branch });
  phone.send(text, world.endpoint);
  const heard = await world.heard.nextWhere(
    (each) => each.kind === 'request' && each.transaction.flow.port === phone.port,
  );
  if (heard.kind !== 'request') throw new Error('unreachable');
  heard.transaction.respond(createResponse(heard.transaction.request, 200, { toTag: 't' }));
  expect(await phone.got.next()).toMatchObject({ status: 200 });
}

test('after 2,000 mutated datagrams OPTIONS is answered, and nothing is kept beyond its time', async () => {
  const world = await startEndpoint();
  const dice = new Dice(4475);
  const attacker = await udpPhone();
  for (let sent = 1; sent <= 2_000; sent += 1) {
    attacker.send(mutated(dice), world.endpoint);
    if (sent % 100 === 0) await optionsAnswered(world, `alive${sent}`);
  }
  expect(world.log.length).toBeLessThan(5);
  while (world.heard.kept.length > 0) {
    const heard = await world.heard.next();
    if (heard.kind !== 'request') continue;
    heard.transaction.respond(createResponse(heard.transaction.request, 486, { toTag: 't' }));
  }
  expect(world.endpoint.dump().clients).toBe(0);
});

test('after 300 mutated TCP connections OPTIONS is answered and no connection is left', async () => {
  const world = await startEndpoint({ limits: { messageMs: 50 } });
  const dice = new Dice(3261);
  for (let n = 0; n < 300; n += 1) {
    const attacker = await tcpPhone(world.endpoint.port);
    attacker.send(mutated(dice).toString('latin1'));
    attacker.hangUp();
    await world.heard.nextWhere((each) => each.kind === 'closed');
  }
  // Its well-formed calls are answered over new connections, which end as nobody listens.
  while (world.endpoint.dump().connections > 0) {
    await world.heard.nextWhere((each) => each.kind === 'closed');
  }
  await optionsAnswered(world, 'alive');
});

test('a message that our own user fails over costs that message, and one line in the log', async () => {
  const log: string[] = [];
  const nothing = () => undefined;
  const endpoint = await listenSip(
    { host: '127.0.0.1', port: 0, log: (level, message) => log.push(`${level} ${message}`) },
    {
      onRequest: (transaction) => {
        const { request } = transaction;
        if (request.method === 'INFO') throw new Error('a fault of ours');
        transaction.respond(createResponse(request, 200, { toTag: 't' }));
      },
      onAck: nothing,
      onCancel: nothing,
      onTransactionTimeout: nothing,
      onFlowClosed: nothing,
    },
  );
  const phone = await udpPhone();
  for (const [n, method] of ['INFO', 'INFO', 'OPTIONS'].entries()) {
    const via = `UDP 127.0.0.1:${phone.port};rport`;
    phone.send(requestText({ method, via, branch: `fails${n}` }), endpoint);
  }
  expect(await phone.got.next()).toMatchObject({ status: 200 });
  expect(log).toEqual(['error SIP message failed']);
  await endpoint.stop();
});
