import { afterEach, beforeEach, expect, test } from 'vitest';
import type { NodeControl, NodeView } from '../../protocol/http/nodes.ts';
import type { TestApi } from '../support/api.ts';
import { ask, startTestApi } from '../support/api.ts';

/** Two FreeSWITCHes as a test says that they are. */
class ScriptedNodes implements NodeControl {
  nodes: readonly NodeView[] = [
    { id: '10.0.0.5:8021', state: 'up', draining: false, people: 12, rooms: 3, idleCpu: 91.5 },
    { id: '[::1]:8021', state: 'up', draining: false, people: 0, rooms: 0, version: '1.11.1' },
  ];
  readonly sent: string[] = [];

  list(): Promise<readonly NodeView[]> {
    return Promise.resolve(this.nodes);
  }

  drain(id: string, on: boolean): Promise<void> {
    this.nodes = this.nodes.map((node) => (node.id === id ? { ...node, draining: on } : node));
    return Promise.resolve();
  }

  sendOn(id: string): Promise<void> {
    this.sent.push(id);
    return Promise.resolve();
  }
}

let nodes: ScriptedNodes;
let api: TestApi;
beforeEach(async () => {
  nodes = new ScriptedNodes();
  api = await startTestApi({ nodes });
});
afterEach(() => api.stop());

test('the FreeSWITCHes are told with what they carry, to those who run the house alone', async () => {
  const told = await ask(api, 'get', '/nodes');
  expect([told.status, told.body]).toEqual([200, nodes.nodes]);
  const stranger = await ask(api, 'get', '/nodes').set({ authorization: 'Bearer none-of-ours' });
  expect(stranger.status).toBe(401);
});

test('a drained FreeSWITCH says so, and is left at once only where that is asked for', async () => {
  const drained = await ask(api, 'post', '/nodes/10.0.0.5:8021/drain', {});
  expect([drained.status, drained.body]).toEqual([202, { ...nodes.nodes[0], draining: true }]);
  expect(nodes.sent).toEqual([]);
  await ask(api, 'post', '/nodes/10.0.0.5:8021/drain', { move: true });
  expect(nodes.sent).toEqual(['10.0.0.5:8021']);
  const back = await ask(api, 'post', '/nodes/10.0.0.5:8021/undrain');
  expect([back.status, back.body]).toMatchObject([202, { draining: false }]);
});

test('the last FreeSWITCH that takes rooms is not drained', async () => {
  await ask(api, 'post', `/nodes/${encodeURIComponent('[::1]:8021')}/drain`, {});
  const last = await ask(api, 'post', '/nodes/10.0.0.5:8021/drain', { move: true });
  expect([last.status, last.body]).toMatchObject([409, { title: 'Not possible now' }]);
  expect(nodes.sent).toEqual([]);
});

test('no other FreeSWITCH has an id, and no body but a move', async () => {
  expect((await ask(api, 'post', '/nodes/10.0.0.6:8021/drain', {})).status).toBe(404);
  expect((await ask(api, 'post', '/nodes/10.0.0.6:8021/undrain')).status).toBe(404);
  expect((await ask(api, 'post', '/nodes/10.0.0.5:8021/drain', { move: 'all' })).status).toBe(400);
});
