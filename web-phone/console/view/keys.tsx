import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { KeyView } from '../../../protocol/http/people.ts';
import { Banner } from '../../style/banner.tsx';
import { Button } from '../../style/button.tsx';
import { Confirm } from '../../style/dialog.tsx';
import { Icon } from '../../style/icon.tsx';
import { spokenTime } from '../../style/local-time.ts';
import { AddKey } from './add-key.tsx';
import type { DeskProps } from './page.tsx';
import { ShownOnce } from './shown-once.tsx';

type Open = { readonly kind: 'add' } | { readonly kind: 'made' | 'revoke'; readonly key: KeyView };

/** Keys by which programs do what somebody may do. */
export function Keys({ desk }: DeskProps) {
  const open = useSignal<Open | undefined>(undefined);
  useEffect(() => desk.keys.watch(), [desk]);
  const list = desk.keys.list.value;
  const problem = desk.keys.problem.value;
  const add = () => (open.value = { kind: 'add' });
  return (
    <main class="place">
      <header class="section-head">
        <h1>API keys</h1>
        <Button look="primary" icon="plus" onClick={add}>
          Make a key
        </Button>
      </header>
      <p class="soft">
        A program that shows a key does what the key is for, and never more than whose key it is may
        do. What there is to do: <a href="/api/v1/docs">the API</a>.
      </p>
      {problem && <Banner look="warning">{problem.detail}</Banner>}
      {list?.length === 0 && (
        <div class="empty">
          <h2>No keys yet</h2>
          <p>Make one for each program, so that each can be shut out by itself.</p>
        </div>
      )}
      {list && list.length > 0 && (
        <ul class="rows">
          {list.map((key) => (
            <KeyRow key={key.id} of={key} onRevoke={() => (open.value = { kind: 'revoke', key })} />
          ))}
        </ul>
      )}
      <Opened desk={desk} open={open.value} onOpen={(next) => (open.value = next)} />
    </main>
  );
}

function Opened(
  props: DeskProps & {
    readonly open: Open | undefined;
    readonly onOpen: (open: Open | undefined) => void;
  },
) {
  const { desk, open, onOpen } = props;
  const close = () => onOpen(undefined);
  switch (open?.kind) {
    case undefined:
      return null;
    case 'add':
      return <AddKey desk={desk} onClose={close} onMade={(key) => onOpen({ kind: 'made', key })} />;
    case 'made':
      return (
        <ShownOnce
          title={`The key “${open.key.name}”`}
          what="key"
          secret={open.key.key ?? ''}
          about="Keep it where the program reads it. If it is lost, revoke it and make another."
          onClose={close}
        />
      );
    case 'revoke':
      return (
        <Confirm
          title={`Revoke the key “${open.key.name}”?`}
          verb="Revoke"
          onYes={() => void revoke(desk, open.key.id)}
          onClose={close}
        >
          Programs that show it are refused from now on.
        </Confirm>
      );
  }
}

async function revoke(desk: DeskProps['desk'], id: string): Promise<void> {
  const answer = await desk.keys.remove(id);
  if (!answer.ok) desk.notices.warn(answer.problem.detail);
}

function KeyRow({ of, onRevoke }: { readonly of: KeyView; readonly onRevoke: () => void }) {
  const { name, scopes, expiresAt, lastUsedAt } = of;
  return (
    <li class="row-card">
      <span class="lamp lamp-on" aria-hidden="true">
        <Icon name="lock" />
      </span>
      <span class="row-words">
        <span class="person-name">
          <bdi>{name}</bdi>
        </span>
        <span class="soft">
          {lastUsedAt === undefined ? 'Never used' : `Last used ${spokenTime(lastUsedAt)}`} ·{' '}
          {expiresAt === undefined ? 'does not run out' : `runs out ${spokenTime(expiresAt)}`}
        </span>
        <span class="soft">{scopes.join(', ')}</span>
      </span>
      <Button look="quiet" icon="trash" label={`Revoke ${name}`} onClick={onRevoke} />
    </li>
  );
}
