import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { AccountView } from '../../../protocol/http/views.ts';
import { Button } from '../../style/button.tsx';
import { Confirm } from '../../style/dialog.tsx';
import { ShownProblem } from '../../style/shown-problem.tsx';
import { problemWords } from '../../words/problem-words.ts';
import { words } from '../../words/words.ts';
import { runsHouse } from '../places.ts';
import { AddPhone } from './add-phone.tsx';
import { EditPhone } from './edit-phone.tsx';
import type { DeskProps } from './page.tsx';
import { PhoneRow } from './phone-row.tsx';
import { PhoneSettings } from './phone-settings.tsx';
import { PlaceHead } from './place-head.tsx';

type Open =
  | { readonly kind: 'add' }
  /** Just made, or with a new password. */
  | { readonly kind: 'settings'; readonly account: AccountView }
  | { readonly kind: 'edit'; readonly account: AccountView }
  | { readonly kind: 'rotate'; readonly account: AccountView };

/** Desk phones: who may register, and whose phone is there now. */
export function Phones({ desk }: DeskProps) {
  const open = useSignal<Open | undefined>(undefined);
  useEffect(() => desk.accounts.watch(), [desk]);
  useEffect(() => desk.people.watch(), [desk]);
  const list = desk.accounts.list.value;
  const runs = runsHouse(desk.session.who);
  const add = () => (open.value = { kind: 'add' });
  const say = words('console').phones;
  return (
    <main class="place" aria-busy={list === undefined}>
      <PlaceHead heading={say.heading} add={runs ? { words: say.add, onClick: add } : undefined} />
      <ShownProblem
        problem={desk.accounts.problem.value}
        onRetry={() => void desk.accounts.look()}
      />
      {list?.length === 0 && <NoPhones onAdd={runs ? add : undefined} />}
      {list && list.length > 0 && (
        <ul class="rows">
          {list.map((account) => (
            <PhoneRow
              key={account.username}
              desk={desk}
              account={account}
              verbs={
                runs
                  ? {
                      edit: () => (open.value = { kind: 'edit', account }),
                      rotate: () => (open.value = { kind: 'rotate', account }),
                      remove: () => void remove(desk, account.username),
                    }
                  : undefined
              }
            />
          ))}
        </ul>
      )}
      <Opened desk={desk} open={open.value} onOpen={(next) => (open.value = next)} />
    </main>
  );
}

interface OpenedProps extends DeskProps {
  readonly open: Open | undefined;
  readonly onOpen: (next: Open | undefined) => void;
}

function Opened({ desk, open, onOpen }: OpenedProps) {
  const close = () => onOpen(undefined);
  const say = words('console').phones;
  switch (open?.kind) {
    case undefined:
      return null;
    case 'add':
      return (
        <AddPhone
          desk={desk}
          onMade={(account) => onOpen({ kind: 'settings', account })}
          onClose={close}
        />
      );
    case 'settings':
      return <PhoneSettings desk={desk} account={open.account} onClose={close} />;
    case 'edit':
      return <EditPhone desk={desk} account={open.account} onClose={close} />;
    case 'rotate':
      return (
        <Confirm
          title={say.rotateTitle(open.account.username)}
          verb={say.rotateVerb}
          onYes={() => void rotate(desk, open.account.username, onOpen)}
          onClose={close}
        >
          {say.rotate}
        </Confirm>
      );
  }
}

async function rotate(
  desk: DeskProps['desk'],
  username: string,
  onOpen: OpenedProps['onOpen'],
): Promise<void> {
  const answer = await desk.accounts.act(username, 'rotate');
  if (answer.ok) onOpen({ kind: 'settings', account: answer.value });
  else desk.notices.warn(problemWords(answer.problem, words('shared').problems));
}

/** Gone at once; a slip is undone for an hour, here for as long as the notice stands. */
async function remove(desk: DeskProps['desk'], username: string): Promise<void> {
  const answer = await desk.accounts.remove(username);
  if (!answer.ok) desk.notices.warn(problemWords(answer.problem, words('shared').problems));
  else
    desk.notices.done(
      words('console').phones.deleted(username),
      () => void restore(desk, username),
    );
}

async function restore(desk: DeskProps['desk'], username: string): Promise<void> {
  const answer = await desk.accounts.act(username, 'restore');
  if (answer.ok) desk.notices.done(words('console').phones.restored(username));
  else desk.notices.warn(problemWords(answer.problem, words('shared').problems));
}

function NoPhones({ onAdd }: { readonly onAdd: (() => void) | undefined }) {
  const say = words('console').phones;
  return (
    <div class="empty">
      <h2>{say.noneTitle}</h2>
      <p>{say.none}</p>
      {onAdd && (
        <Button look="primary" icon="plus" onClick={onAdd}>
          {say.addFirst}
        </Button>
      )}
    </div>
  );
}
