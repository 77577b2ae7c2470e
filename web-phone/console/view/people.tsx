import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { PersonView } from '../../../protocol/http/people.ts';
import { Banner } from '../../style/banner.tsx';
import { Button } from '../../style/button.tsx';
import { Confirm } from '../../style/dialog.tsx';
import { Icon } from '../../style/icon.tsx';
import { spokenTime } from '../../style/local-time.ts';
import { runsHouse } from '../places.ts';
import type { DeskProps } from './page.tsx';
import { PersonDialog, roleWords } from './person-dialog.tsx';
import { ShownOnce } from './shown-once.tsx';

type Open =
  | { readonly kind: 'edit'; readonly person: PersonView | undefined }
  | { readonly kind: 'reset' | 'delete'; readonly person: PersonView }
  | { readonly kind: 'made'; readonly person: PersonView };

/** Everybody with an account, and what they may do. */
export function People({ desk }: DeskProps) {
  const open = useSignal<Open | undefined>(undefined);
  useEffect(() => desk.people.watch(), [desk]);
  const list = desk.people.list.value;
  const problem = desk.people.problem.value;
  const runs = runsHouse(desk.session.who);
  const add = () => (open.value = { kind: 'edit', person: undefined });
  return (
    <main class="place">
      <header class="section-head">
        <h1>People</h1>
        {runs && (
          <Button look="primary" icon="plus" onClick={add}>
            Add somebody
          </Button>
        )}
      </header>
      {problem && <Banner look="warning">{problem.detail}</Banner>}
      {list?.length === 0 && <Nobody />}
      {list && list.length > 0 && (
        <ul class="rows">
          {list.map((person) => (
            <PersonRow
              key={person.id}
              person={person}
              isSelf={person.id === desk.session.who.personId}
              onOpen={runs ? (opened) => (open.value = opened) : undefined}
            />
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
    case 'edit':
      return (
        <PersonDialog
          desk={desk}
          person={open.person}
          onClose={close}
          onMade={(person) => onOpen({ kind: 'made', person })}
        />
      );
    case 'made':
      return (
        <ShownOnce
          title={`A way in for ${open.person.name}`}
          what="one-time password"
          secret={open.person.oneTimePassword ?? ''}
          about={`Give it to them with the name “${open.person.login ?? ''}”. It is good for a week; they choose their own when they use it.`}
          onClose={close}
        />
      );
    case 'reset':
      return (
        <Confirm
          title={`A new one-time password for ${open.person.name}?`}
          verb="Reset"
          onYes={() => void reset(desk, open.person.id, onOpen)}
          onClose={close}
        >
          The password they have is good no more, and they are signed out everywhere.
        </Confirm>
      );
    case 'delete':
      return (
        <Confirm
          title={`Delete the account of ${open.person.name}?`}
          verb="Delete"
          onYes={() => void remove(desk, open.person.id)}
          onClose={close}
        >
          Their sessions and keys end at once. Meetings that they made stay.
        </Confirm>
      );
  }
}

async function reset(
  desk: DeskProps['desk'],
  id: string,
  onOpen: (open: Open) => void,
): Promise<void> {
  const answer = await desk.resetPassword(id);
  if (answer.ok) onOpen({ kind: 'made', person: answer.value });
  else desk.notices.warn(answer.problem.detail);
}

async function remove(desk: DeskProps['desk'], id: string): Promise<void> {
  const answer = await desk.people.remove(id);
  if (!answer.ok) desk.notices.warn(answer.problem.detail);
}

function PersonRow(props: {
  readonly person: PersonView;
  readonly isSelf: boolean;
  readonly onOpen: ((open: Open) => void) | undefined;
}) {
  const { person, isSelf, onOpen } = props;
  const { name, role, login, disabled } = person;
  return (
    <li class="row-card">
      <span class={`lamp${disabled ? '' : ' lamp-on'}`} aria-hidden="true">
        <Icon name="person" />
      </span>
      <span class="row-words">
        <span class="person-name">
          <bdi>{name}</bdi> <span class="badge">{roleWords(role)}</span>
          {isSelf && <span class="badge">you</span>}
          {disabled && <span class="badge">disabled</span>}
        </span>
        <span class="soft">{[login, standing(person)].filter(Boolean).join(' · ')}</span>
      </span>
      {onOpen && (
        <span class="row-actions">
          <Button
            look="quiet"
            icon="pencil"
            label={`Change ${name}`}
            onClick={() => onOpen({ kind: 'edit', person })}
          />
          {login !== undefined && !isSelf && (
            <Button
              look="quiet"
              icon="unlock"
              label={`New password for ${name}`}
              onClick={() => onOpen({ kind: 'reset', person })}
            />
          )}
          {!isSelf && (
            <Button
              look="quiet"
              icon="trash"
              label={`Delete ${name}`}
              onClick={() => onOpen({ kind: 'delete', person })}
            />
          )}
        </span>
      )}
    </li>
  );
}

function standing({ signsInBy, lastSeenAt }: PersonView): string {
  if (lastSeenAt !== undefined) return `last signed in ${spokenTime(lastSeenAt)}`;
  return signsInBy === undefined ? '' : 'never signed in';
}

function Nobody() {
  return (
    <div class="empty">
      <h2>Nobody has an account yet</h2>
      <p>
        You are here by the admin key. Add yourself as an owner, sign in with that, and keep the key
        for the day when nobody remembers a password.
      </p>
    </div>
  );
}
