import request from 'supertest';
import { expect, test } from 'vitest';
import { ask, startTestApi } from '../../support/api.ts';

test('without a secret the API is off, and says how to switch it on', async () => {
  const world = await startTestApi();
  try {
    for (const path of ['', '/create', '/getMeetings?checksum=x']) {
      const reply = await request(world.api.url).get(`/bigbluebutton/api${path}`);
      expect(reply.status).toBe(404);
      expect((reply.body as { detail: string }).detail).toContain('BBB_SECRET');
    }
    const { info } = (await ask(world, 'get', '/openapi.json')).body as {
      info: { description: string };
    };
    expect(info.description).toContain('`/bigbluebutton/api`');
    expect(info.description).toContain('BBB_SECRET');
  } finally {
    await world.stop();
  }
});
