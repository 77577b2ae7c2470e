import { Router } from 'express';
import type { Request, RequestHandler } from 'express';
import { paused, resumed, rewound } from '../../meetings/rules/webhooks/standing.ts';
import type { WebhookParts } from '../../meetings/webhooks/open.ts';
import { addWebhook, removeWebhook } from '../../meetings/webhooks/open.ts';
import { newestEvent } from '../../meetings/webhooks/outbox.ts';
import type { Webhook } from '../../meetings/webhooks/registry.ts';
import type { WebhookView } from '../../protocol/http/webhooks.ts';
import { administratorsOnly } from '../caller.ts';
import { asked, body, query } from '../input.ts';
import { faultIn } from '../outward/reach.ts';
import type { Fault, Reach } from '../outward/reach.ts';
import { linkNext } from '../paging.ts';
import type { ApiParts } from '../parts.ts';
import { methodNotAllowed, refusal } from '../problems.ts';
import { deliveryPage, replayFrom, webhookChange, webhookWish } from '../schemas/webhooks.ts';
import type { Post } from './post.ts';
import { deliveryView, webhookView, withSecret } from './views.ts';

export interface WebhookDesk {
  readonly parts: ApiParts;
  readonly webhooks: WebhookParts;
  readonly post: Post;
  readonly reach: Reach;
  /** Events are kept from now on. */
  readonly wake: () => Promise<void>;
  /** There may be something to send. */
  readonly look: () => void;
  readonly onResumed: (id: string) => Promise<void>;
}

const STANDARD = 100;

/** Where events are sent, and what became of them. For those who run everything. */
export function webhookRoutes(desk: WebhookDesk): Router {
  const router = Router();
  const one = '/webhooks/:webhookId';
  router.use('/webhooks', administratorsOnly);
  router.route('/webhooks').get(list(desk)).post(create(desk)).all(methodNotAllowed('GET, POST'));
  router
    .route(one)
    .get(show(desk))
    .patch(change(desk))
    .delete(remove(desk))
    .all(methodNotAllowed('GET, PATCH, DELETE'));
  router.route(`${one}/rotate`).post(rotate(desk)).all(methodNotAllowed('POST'));
  router.route(`${one}/test`).post(test(desk)).all(methodNotAllowed('POST'));
  router.route(`${one}/replay`).post(replayAll(desk)).all(methodNotAllowed('POST'));
  router.route(`${one}/deliveries`).get(deliveries(desk)).all(methodNotAllowed('GET'));
  router
    .route(`${one}/deliveries/:deliveryId/replay`)
    .post(replayOne(desk))
    .all(methodNotAllowed('POST'));
  return router;
}

function list(desk: WebhookDesk): RequestHandler {
  return async (request, response) => {
    query(request, []);
    const hooks = await desk.webhooks.registry.list();
    response.json(await Promise.all(hooks.map((hook) => view(desk, hook))));
  };
}

function create(desk: WebhookDesk): RequestHandler {
  return async (request, response) => {
    const wish = body(request, webhookWish);
    refuseBadAddress(wish.url, desk.reach);
    await desk.wake();
    const hook = await addWebhook(desk.webhooks, wish);
    if (!hook) throw refusal('conflict', 'There are a hundred webhooks: delete one first.');
    response.status(201).location(`/api/v1/webhooks/${hook.id}`);
    response.json(withSecret(await view(desk, hook), hook));
  };
}

function show(desk: WebhookDesk): RequestHandler {
  return async (request, response) => {
    query(request, []);
    response.json(await view(desk, await hookIn(desk, request)));
  };
}

function change(desk: WebhookDesk): RequestHandler {
  return async (request, response) => {
    const { paused: pause, ...wish } = body(request, webhookChange);
    const { id } = await hookIn(desk, request);
    if (wish.url !== undefined) refuseBadAddress(wish.url, desk.reach);
    const hook = await desk.webhooks.registry.change(id, wish);
    if (!hook) throw noSuchWebhook();
    if (pause !== undefined) await pauseOrResume(desk, id, pause);
    response.json(await view(desk, hook));
  };
}

async function pauseOrResume(desk: WebhookDesk, id: string, pause: boolean): Promise<void> {
  const nowMs = desk.parts.now();
  await desk.webhooks.standings.change(id, (standing) =>
    pause ? paused(standing, 'asked', nowMs) : resumed(standing, nowMs),
  );
  if (pause) return;
  await desk.onResumed(id);
  desk.look();
}

function remove(desk: WebhookDesk): RequestHandler {
  return async (request, response) => {
    query(request, []);
    const { id } = await hookIn(desk, request);
    await removeWebhook(desk.webhooks, id);
    await desk.onResumed(id);
    response.status(204).end();
  };
}

function rotate(desk: WebhookDesk): RequestHandler {
  return async (request, response) => {
    query(request, []);
    const { id } = await hookIn(desk, request);
    const hook = await desk.webhooks.registry.rotate(id);
    if (!hook) throw noSuchWebhook();
    response.json(withSecret(await view(desk, hook), hook));
  };
}

function test(desk: WebhookDesk): RequestHandler {
  return async (request, response) => {
    query(request, []);
    const hook = await hookIn(desk, request);
    const delivery = deliveryView(await desk.post.test(hook));
    if (delivery.ok) await clearIfResumed(desk, hook);
    response.json(delivery);
  };
}

function replayOne(desk: WebhookDesk): RequestHandler {
  return async (request, response) => {
    query(request, []);
    const hook = await hookIn(desk, request);
    const { deliveryId } = request.params;
    const isNumber = typeof deliveryId === 'string' && /^[1-9]\d{0,11}$/.test(deliveryId);
    const delivery = isNumber && (await desk.webhooks.deliveries.get(hook.id, Number(deliveryId)));
    if (!delivery)
      throw refusal(
        'not-found',
        'No delivery has that id; the newest thousand are kept, two weeks.',
      );
    if (delivery.events.length === 0)
      throw refusal('conflict', 'There is no event in it: send a new test instead.');
    const again = deliveryView(await desk.post.replay(hook, delivery));
    if (again.ok) await clearIfResumed(desk, hook);
    response.json(again);
  };
}

function replayAll(desk: WebhookDesk): RequestHandler {
  return async (request, response) => {
    const hook = await hookIn(desk, request);
    const { from } = asked(request, replayFrom);
    const newest = await newestEvent(desk.webhooks.store);
    if (from > newest + 1)
      throw refusal('conflict', `The newest event has number ${newest}.`, { parameter: 'from' });
    await desk.webhooks.standings.change(hook.id, (standing) => rewound(standing, from));
    desk.look();
    response.status(202).json(await view(desk, hook));
  };
}

function deliveries(desk: WebhookDesk): RequestHandler {
  return async (request, response) => {
    const { limit = STANDARD, cursor } = asked(request, deliveryPage);
    const { id } = await hookIn(desk, request);
    const below = cursor === undefined ? undefined : Number(cursor);
    const found = await desk.webhooks.deliveries.list(id, limit + 1, below);
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    linkNext(request, response, found.length > limit ? String(last?.id) : undefined);
    response.json(shown.map(deliveryView));
  };
}

async function view({ parts, webhooks }: WebhookDesk, hook: Webhook): Promise<WebhookView> {
  const standing = await webhooks.standings.get(hook.id);
  if (!standing) throw noSuchWebhook();
  const newest = await newestEvent(webhooks.store);
  return webhookView(hook, standing, { newest, nowMs: parts.now() });
}

async function clearIfResumed(desk: WebhookDesk, { id }: Webhook): Promise<void> {
  const standing = await desk.webhooks.standings.get(id);
  if (standing?.paused) return;
  await desk.onResumed(id);
  desk.look();
}

async function hookIn({ webhooks }: WebhookDesk, request: Request): Promise<Webhook> {
  const { webhookId: id } = request.params;
  const isId = typeof id === 'string' && /^w-[a-z2-7]{16}$/.test(id);
  const hook = isId ? await webhooks.registry.get(id) : undefined;
  if (!hook) throw noSuchWebhook();
  return hook;
}

function refuseBadAddress(url: string, reach: Reach): void {
  const fault = faultIn(url, reach);
  if (fault) throw refusal('bad-input', WORDS[fault], { field: 'url' });
}

const WORDS = {
  'no-web-address': '"url" must be an https address.',
  password: '"url" may not hold a password: receivers know us by the signature.',
  fragment: '"url" may not hold a fragment.',
  private: '"url" leads to a private network: see WEBHOOK_ALLOW.',
  plain: '"url" must be an https address: see WEBHOOK_ALLOW.',
} as const satisfies Record<Fault, string>;

function noSuchWebhook() {
  return refusal('not-found', 'No webhook has that id; GET /api/v1/webhooks lists them.');
}
