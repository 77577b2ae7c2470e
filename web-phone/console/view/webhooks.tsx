import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { WebhookView } from '../../../protocol/http/webhooks.ts';
import { Banner } from '../../style/banner.tsx';
import { Button } from '../../style/button.tsx';
import { Confirm } from '../../style/dialog.tsx';
import { Icon } from '../../style/icon.tsx';
import { Deliveries } from '../deliveries.ts';
import { answerWords, standingWords } from '../webhook-words.ts';
import { AddWebhook, Secret } from './add-webhook.tsx';
import { DeliveryLog } from './delivery-log.tsx';
import type { DeskProps } from './page.tsx';

type Open =
  | { readonly kind: 'add' }
  | { readonly kind: 'log' | 'delete' | 'rotate'; readonly hook: WebhookView }
  | { readonly kind: 'secret'; readonly secret: string };

/** Servers that are told what happens: how they stand, and what they answered. */
export function Webhooks({ desk }: DeskProps) {
  const open = useSignal<Open | undefined>(undefined);
  useEffect(() => desk.webhooks.watch(), [desk]);
  const list = desk.webhooks.list.value;
  const problem = desk.webhooks.problem.value;
  const add = () => (open.value = { kind: 'add' });
  return (
    <main class="place">
      <header class="section-head">
        <h1>Webhooks</h1>
        <Button look="primary" icon="plus" onClick={add}>
          Add a webhook
        </Button>
      </header>
      {problem && <Banner look="warning">{problem.detail}</Banner>}
      {list?.length === 0 && (
        <div class="empty">
          <h2>No webhooks yet</h2>
          <p>
            A webhook tells a server of yours what happens in meetings: who came, who was muted,
            when it ended. Each message is signed, and tried for a day.
          </p>
          <Button look="primary" icon="plus" onClick={add}>
            Add the first one
          </Button>
        </div>
      )}
      {list && list.length > 0 && (
        <ul class="rows">
          {list.map((hook) => (
            <Row key={hook.id} desk={desk} hook={hook} onOpen={(to) => (open.value = to)} />
          ))}
        </ul>
      )}
      {open.value && <Opened desk={desk} open={open.value} onOpen={(to) => (open.value = to)} />}
    </main>
  );
}

type OnOpen = { readonly onOpen: (open: Open | undefined) => void };

function Opened({ desk, open, onOpen }: DeskProps & OnOpen & { readonly open: Open }) {
  const onClose = () => onOpen(undefined);
  switch (open.kind) {
    case 'add':
      return <AddWebhook desk={desk} onClose={onClose} />;
    case 'secret':
      return <Secret secret={open.secret} onClose={onClose} />;
    case 'log':
      return <DeliveryLog desk={desk} hook={open.hook} onClose={onClose} />;
    case 'rotate':
      return (
        <Confirm
          title="Make a new secret?"
          verb="Make it"
          onYes={() => void rotate(desk, open.hook, onOpen)}
          onClose={onClose}
        >
          The old one signs beside it for a day, so that your server has time to learn the new one.
        </Confirm>
      );
    case 'delete':
      return (
        <Confirm
          title="Delete this webhook?"
          verb="Delete"
          onYes={() => void remove(desk, open.hook)}
          onClose={onClose}
        >
          {open.hook.url} is told nothing any more. What waits for it is lost.
        </Confirm>
      );
  }
}

function Row({ desk, hook, onOpen }: DeskProps & OnOpen & { readonly hook: WebhookView }) {
  const isPaused = hook.state === 'paused';
  return (
    <li class="row-card">
      <span class={`lamp${hook.state === 'well' ? ' lamp-on' : ''}`} aria-hidden="true">
        <Icon name="link" />
      </span>
      <span class="row-words">
        <span class="person-name webhook-url">{hook.url}</span>
        <span class={hook.state === 'well' ? 'soft' : 'row-trouble'}>{standingWords(hook)}</span>
        <span class="soft">{hook.events?.join(', ') ?? 'All events but who talks'}</span>
      </span>
      <span class="row-actions webhook-actions">
        <Button size="small" onClick={() => void test(desk, hook)}>
          Test
        </Button>
        <Button size="small" onClick={() => onOpen({ kind: 'log', hook })}>
          Log
        </Button>
        <Button size="small" onClick={() => void pause(desk, hook, !isPaused)}>
          {isPaused ? 'Resume' : 'Pause'}
        </Button>
        <Button size="small" onClick={() => onOpen({ kind: 'rotate', hook })}>
          New secret
        </Button>
        <Button
          look="quiet"
          icon="trash"
          label={`Delete ${hook.url}`}
          onClick={() => onOpen({ kind: 'delete', hook })}
        />
      </span>
    </li>
  );
}

async function test({ notices, webhooks }: DeskProps['desk'], hook: WebhookView): Promise<void> {
  const answer = await new Deliveries(hook.id).test();
  await webhooks.look();
  if (!answer.ok) notices.warn(answer.problem.detail);
  else if (answer.value.ok) notices.done(answerWords(answer.value));
  else notices.warn(answerWords(answer.value));
}

async function pause(
  { notices, webhooks }: DeskProps['desk'],
  { id }: WebhookView,
  paused: boolean,
): Promise<void> {
  const answer = await webhooks.change(id, { paused });
  if (!answer.ok) notices.warn(answer.problem.detail);
}

async function rotate(
  { notices }: DeskProps['desk'],
  hook: WebhookView,
  onOpen: OnOpen['onOpen'],
): Promise<void> {
  const answer = await new Deliveries(hook.id).rotate();
  if (answer.ok) onOpen({ kind: 'secret', secret: answer.value.secret });
  else notices.warn(answer.problem.detail);
}

async function remove({ notices, webhooks }: DeskProps['desk'], hook: WebhookView): Promise<void> {
  const answer = await webhooks.remove(hook.id);
  if (!answer.ok) notices.warn(answer.problem.detail);
}
