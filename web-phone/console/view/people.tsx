import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { PersonView } from '../../../protocol/http/people.ts';
import { Button } from '../../style/button.tsx';
import { Confirm } from '../../style/dialog.tsx';
import { Icon } from '../../style/icon.tsx';
import { nowMs } from '../../style/clock.ts';
import { spokenMoment } from '../../style/local-time.ts';
import { TextField } from '../../style/text-field.tsx';
import { words } from '../../words/words.ts';
import { fits } from '../fits.ts';
import { runsHouse } from '../places.ts';
import { ListedRows } from './listed-rows.tsx';
import type { DeskProps } from './page.tsx';
import { PersonDialog } from './person-dialog.tsx';
import { PlaceHead } from './place-head.tsx';
import { ShownOnce } from './shown-once.tsx';

type Open =
  | { readonly kind: 'edit'; readonly person: PersonView | undefined }
  | { readonly kind: 'reset' | 'delete'; readonly person: PersonView }
  | { readonly kind: 'made'; readonly person: PersonView };

/** So many are seen at a glance. */
const FEW = 7;

/** Everybody with an account, and what they may do. */
export function People({ desk }: DeskProps) {
  const open = useSignal<Open | undefined>(undefined);
  const find = useFind(desk);
  const runs = runsHouse(desk.session.who);
  useEffect(() => desk.people.watch(), [desk]);
  useEffect(() => (runs ? desk.accounts.watch() : undefined), [desk, runs]);
  const count = desk.people.list.value?.length ?? 0;
  const only = (person: PersonView) => fits(find.value, [person.name, person.login]);
  const say = words('console').people;
  const add = () => (open.value = { kind: 'edit', person: undefined });
  return (
    <main class="place">
      <PlaceHead heading={say.heading} add={runs ? { words: say.add, onClick: add } : undefined} />
      {count > FEW && (
        <div role="search">
          <TextField
            label={say.lede}
            value={find.value}
            maxLength={64}
            hint={say.found(desk.people.list.value?.filter(only).length ?? 0, count)}
            onInput={(value) => (find.value = value)}
          />
        </div>
      )}
      <ListedRows
        of={desk.people}
        only={only}
        empty={<Nobody />}
        row={(person) => (
          <PersonRow
            key={person.id}
            desk={desk}
            person={person}
            onOpen={runs ? (opened) => (open.value = opened) : undefined}
          />
        )}
      />
      <Opened desk={desk} open={open.value} onOpen={(next) => (open.value = next)} />
    </main>
  );
}

/** What is searched for: first what the address says. */
function useFind(desk: DeskProps['desk']) {
  const route = desk.route.value;
  const asked = route.kind === 'people' ? (route.find ?? '') : '';
  const find = useSignal(asked);
  useEffect(() => {
    find.value = asked;
  }, [asked, find]);
  return find;
}

function Opened(
  props: DeskProps & {
    readonly open: Open | undefined;
    readonly onOpen: (open: Open | undefined) => void;
  },
) {
  const { desk, open, onOpen } = props;
  const say = words('console').people;
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
          title={say.madeTitle(open.person.name)}
          what={say.oneTimePassword}
          secret={open.person.oneTimePassword ?? ''}
          about={say.madeAbout(open.person.login ?? '')}
          onClose={close}
        />
      );
    case 'reset':
      return (
        <Confirm
          title={say.resetTitle(open.person.name)}
          verb={say.reset}
          onYes={() => void reset(desk, open.person.id, onOpen)}
          onClose={close}
        >
          {say.resetAbout}
        </Confirm>
      );
    case 'delete':
      return (
        <Confirm
          title={say.deleteTitle(open.person.name)}
          verb={say.deleteVerb}
          onYes={() => void remove(desk, open.person.id)}
          onClose={close}
        >
          {say.deleteAbout}
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
  else desk.refused(answer.problem);
}

async function remove(desk: DeskProps['desk'], id: string): Promise<void> {
  const answer = await desk.people.remove(id);
  if (!answer.ok) desk.refused(answer.problem);
}

function PersonRow(
  props: DeskProps & {
    readonly person: PersonView;
    readonly onOpen: ((open: Open) => void) | undefined;
  },
) {
  const { desk, person, onOpen } = props;
  const say = words('console').people;
  const isSelf = person.id === desk.session.who.personId;
  const { name, role, login, disabled } = person;
  return (
    <li class="row-card">
      <span class={`lamp${disabled ? '' : ' lamp-on'}`} aria-hidden="true">
        <Icon name="person" />
      </span>
      <span class="row-words">
        <span class="person-name">
          <bdi>{name}</bdi> <span class="badge">{say.role[role]}</span>
          {isSelf && <span class="badge">{say.you}</span>}
          {disabled && <span class="badge">{say.disabled}</span>}
        </span>
        <span class="soft">
          {[login, standing(person), phonesOf(desk, person)].filter(Boolean).join(' · ')}
        </span>
      </span>
      {onOpen && (
        <span class="row-actions">
          <Button
            look="quiet"
            icon="pencil"
            label={say.change(name)}
            onClick={() => onOpen({ kind: 'edit', person })}
          />
          {login !== undefined && !isSelf && (
            <Button
              look="quiet"
              icon="unlock"
              label={say.newPassword(name)}
              onClick={() => onOpen({ kind: 'reset', person })}
            />
          )}
          {!isSelf && (
            <Button
              look="quiet"
              icon="trash"
              label={say.delete(name)}
              onClick={() => onOpen({ kind: 'delete', person })}
            />
          )}
        </span>
      )}
    </li>
  );
}

function standing({ signsInBy, lastSeenAt }: PersonView): string {
  const say = words('console').people;
  if (lastSeenAt !== undefined) return say.lastSignedIn(spokenMoment(lastSeenAt, nowMs.peek()));
  return signsInBy === undefined ? '' : say.neverSignedIn;
}

/** The desk phones that are theirs. */
function phonesOf({ accounts }: DeskProps['desk'], { id }: PersonView): string {
  const theirs = accounts.list.value?.filter(({ personId }) => personId === id) ?? [];
  if (theirs.length === 0) return '';
  return words('console').people.phones(theirs.map(({ name }) => name).join(', '));
}

function Nobody() {
  const say = words('console').people;
  return (
    <div class="empty">
      <h2>{say.nobodyTitle}</h2>
      <p>{say.nobody}</p>
    </div>
  );
}
