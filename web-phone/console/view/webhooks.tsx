import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { WebhookView } from '../../../protocol/http/webhooks.ts';
import { Button } from '../../style/button.tsx';
import { Confirm } from '../../style/dialog.tsx';
import { Icon } from '../../style/icon.tsx';
import { words } from '../../words/words.ts';
import { Deliveries } from '../deliveries.ts';
import { standingWords } from '../webhook-words.ts';
import { AddWebhook, Secret } from './add-webhook.tsx';
import { DeliveryLog, tellAnswer } from './delivery-log.tsx';
import { ListedRows } from './listed-rows.tsx';
import type { DeskProps } from './page.tsx';
import { PlaceHead } from './place-head.tsx';

type Open =
  | { readonly kind: 'add' }
  | { readonly kind: 'log' | 'rotate'; readonly hook: WebhookView }
  | { readonly kind: 'secret'; readonly secret: string };

/** Servers that are told what happens: how they stand, and what they answered. */
export function Webhooks({ desk }: DeskProps) {
  const open = useSignal<Open | undefined>(undefined);
  useEffect(() => desk.webhooks.watch(), [desk]);
  const say = words('console').webhooks;
  const add = () => (open.value = { kind: 'add' });
  return (
    <main class="place">
      <PlaceHead heading={say.heading} add={{ words: say.add, onClick: add }} />
      <ListedRows
        of={desk.webhooks}
        only={({ id }) => !desk.leaving.has(id)}
        empty={
          <div class="empty">
            <h2>{say.noneTitle}</h2>
            <p>{say.none}</p>
            <Button look="primary" icon="plus" onClick={add}>
              {say.addFirst}
            </Button>
          </div>
        }
        row={(hook) => (
          <Row key={hook.id} desk={desk} hook={hook} onOpen={(to) => (open.value = to)} />
        )}
      />
      {open.value && <Opened desk={desk} open={open.value} onOpen={(to) => (open.value = to)} />}
    </main>
  );
}

type OnOpen = { readonly onOpen: (open: Open | undefined) => void };

function Opened({ desk, open, onOpen }: DeskProps & OnOpen & { readonly open: Open }) {
  const say = words('console').webhooks;
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
          title={say.rotateTitle}
          verb={say.rotate}
          onYes={() => void rotate(desk, open.hook, onOpen)}
          onClose={onClose}
        >
          {say.rotateAbout}
        </Confirm>
      );
  }
}

function Row({ desk, hook, onOpen }: DeskProps & OnOpen & { readonly hook: WebhookView }) {
  const say = words('console').webhooks;
  const isPaused = hook.state === 'paused';
  return (
    <li class="row-card">
      <span class={`lamp${hook.state === 'well' ? ' lamp-on' : ''}`} aria-hidden="true">
        <Icon name="link" />
      </span>
      <span class="row-words">
        <span class="person-name webhook-url">{hook.url}</span>
        <span class={hook.state === 'well' ? 'soft' : 'row-trouble'}>
          {standingWords(hook, say)}
        </span>
        <span class="soft">{hook.events?.join(', ') ?? say.allEvents}</span>
      </span>
      <span class="row-actions webhook-actions">
        <Button size="small" onClick={() => void test(desk, hook)}>
          {say.test}
        </Button>
        <Button size="small" onClick={() => onOpen({ kind: 'log', hook })}>
          {say.log}
        </Button>
        <Button size="small" onClick={() => void pause(desk, hook, !isPaused)}>
          {isPaused ? say.resume : say.pause}
        </Button>
        <Button size="small" onClick={() => onOpen({ kind: 'rotate', hook })}>
          {say.newSecret}
        </Button>
        <Button
          look="quiet"
          icon="trash"
          label={say.delete(hook.url)}
          onClick={() => remove(desk, hook)}
        />
      </span>
    </li>
  );
}

async function test(desk: DeskProps['desk'], hook: WebhookView): Promise<void> {
  const answer = await new Deliveries(hook.id).test();
  await desk.webhooks.look();
  if (answer.ok) tellAnswer(desk, answer.value);
  else desk.refused(answer.problem);
}

async function pause(desk: DeskProps['desk'], { id }: WebhookView, paused: boolean): Promise<void> {
  const answer = await desk.webhooks.change(id, { paused });
  if (!answer.ok) desk.refused(answer.problem);
}

async function rotate(
  desk: DeskProps['desk'],
  hook: WebhookView,
  onOpen: OnOpen['onOpen'],
): Promise<void> {
  const answer = await new Deliveries(hook.id).rotate();
  if (answer.ok) onOpen({ kind: 'secret', secret: answer.value.secret });
  else desk.refused(answer.problem);
}

function remove({ leaving, webhooks }: DeskProps['desk'], { id, url }: WebhookView): void {
  const text = words('console').webhooks.deleted(url);
  leaving.take({ id, text, remove: () => webhooks.remove(id) });
}
