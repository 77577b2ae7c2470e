import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { KeyView } from '../../../protocol/http/people.ts';
import { Button } from '../../style/button.tsx';
import { Confirm } from '../../style/dialog.tsx';
import { Icon } from '../../style/icon.tsx';
import { nowMs } from '../../style/clock.ts';
import { spokenMoment } from '../../style/local-time.ts';
import { words } from '../../words/words.ts';
import { AddKey } from './add-key.tsx';
import { ListedRows } from './listed-rows.tsx';
import type { DeskProps } from './page.tsx';
import { PlaceHead } from './place-head.tsx';
import { ShownOnce } from './shown-once.tsx';

type Open = { readonly kind: 'add' } | { readonly kind: 'made' | 'revoke'; readonly key: KeyView };

/** Keys by which programs do what somebody may do. */
export function Keys({ desk }: DeskProps) {
  const open = useSignal<Open | undefined>(undefined);
  useEffect(() => desk.keys.watch(), [desk]);
  const say = words('console').keys;
  const add = () => (open.value = { kind: 'add' });
  return (
    <main class="place">
      <PlaceHead heading={say.heading} add={{ words: say.make, onClick: add }} />
      <p class="soft">
        {say.lede} <a href="/api/v1/docs">{say.docs}</a>.
      </p>
      <ListedRows
        of={desk.keys}
        empty={
          <div class="empty">
            <h2>{say.noneTitle}</h2>
            <p>{say.none}</p>
          </div>
        }
        row={(key) => (
          <KeyRow key={key.id} of={key} onRevoke={() => (open.value = { kind: 'revoke', key })} />
        )}
      />
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
  const say = words('console').keys;
  const close = () => onOpen(undefined);
  switch (open?.kind) {
    case undefined:
      return null;
    case 'add':
      return <AddKey desk={desk} onClose={close} onMade={(key) => onOpen({ kind: 'made', key })} />;
    case 'made':
      return (
        <ShownOnce
          title={say.madeTitle(open.key.name)}
          what={say.key}
          secret={open.key.key ?? ''}
          about={say.madeAbout}
          onClose={close}
        />
      );
    case 'revoke':
      return (
        <Confirm
          title={say.revokeTitle(open.key.name)}
          verb={say.revoke}
          onYes={() => void revoke(desk, open.key.id)}
          onClose={close}
        >
          {say.revokeAbout}
        </Confirm>
      );
  }
}

async function revoke(desk: DeskProps['desk'], id: string): Promise<void> {
  const answer = await desk.keys.remove(id);
  if (!answer.ok) desk.refused(answer.problem);
}

function KeyRow({ of, onRevoke }: { readonly of: KeyView; readonly onRevoke: () => void }) {
  const { name, scopes, expiresAt, lastUsedAt } = of;
  const say = words('console').keys;
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
          {lastUsedAt === undefined
            ? say.neverUsed
            : say.lastUsed(spokenMoment(lastUsedAt, nowMs.peek()))}{' '}
          ·{' '}
          {expiresAt === undefined
            ? say.forEver
            : say.runsOut(spokenMoment(expiresAt, nowMs.peek()))}
        </span>
        <span class="soft">{scopes.join(', ')}</span>
      </span>
      <Button look="quiet" icon="trash" label={say.revokeOne(name)} onClick={onRevoke} />
    </li>
  );
}
