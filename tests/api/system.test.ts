import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemView } from '../../api/schemas/system.ts';
import type { SystemFacts } from '../../protocol/http/system.ts';
import { ask, startTestApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { SYSTEM_FACTS } from '../support/system.ts';

let facts: SystemFacts = SYSTEM_FACTS;
let world: TestApi;
beforeAll(async () => {
  world = await startTestApi({ system: () => Promise.resolve(facts) });
});
afterAll(() => world.stop());

test('says how all is, and what is wrong first', async () => {
  facts = { ...SYSTEM_FACTS, sip: { ...SYSTEM_FACTS.sip, joined: false } };
  const answer = await ask(world, 'get', '/system');
  expect(answer.status).toBe(200);
  expect(systemView.parse(answer.body).findings[0]).toMatchObject({
    kind: 'sip-away',
    mark: 'fault',
  });
});

test('is asked anew each time', async () => {
  facts = { ...SYSTEM_FACTS, now: { ...SYSTEM_FACTS.now, calls: 41 } };
  expect((await ask(world, 'get', '/system')).body).toMatchObject({ now: { calls: 41 } });
});
