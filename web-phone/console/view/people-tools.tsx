import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { isNarrowed, ORDERS, TRAITS } from '../../room/crowd.ts';
import type { Order, Trait } from '../../room/crowd.ts';
import { Button } from '../../style/button.tsx';
import { Icon } from '../../style/icon.tsx';
import { words } from '../../words/words.ts';
import { isTyping } from '../../style/list-keys.ts';
import type { RoomList } from '../room-list.ts';
import type { CrowdProps } from './person-row.tsx';

/** Fewer are seen at a glance. */
const WORTH_TOOLS = 6;

/** Finding people in a crowd: by words, by how they are, in another order; and selecting them. */
export function PeopleTools({ desk, list }: CrowdProps) {
  const narrowed = isNarrowed(list.view.value);
  if (list.total.value < WORTH_TOOLS && !narrowed && !list.selecting.value) return null;
  return (
    <div class="crowd-tools">
      <div class="crowd-line">
        <Search list={list} />
        <Sort list={list} />
        {!desk.watching && <SelectButton list={list} />}
      </div>
      <Traits list={list} />
      <p class="crowd-count soft" role="status">
        {narrowed && words('console').room.shown(list.ids.value.length, list.total.value)}
      </p>
    </div>
  );
}

interface ListProps {
  readonly list: RoomList;
}

/** The key / leads here from anywhere on the page. */
function Search({ list }: ListProps) {
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || isTyping(event) || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      field.current?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  const { find } = words('console').room;
  const { search } = list.view.value;
  return (
    <span class="crowd-search">
      <Icon name="search" />
      <input
        ref={field}
        type="search"
        class="input input-small"
        aria-label={find}
        aria-keyshortcuts="/"
        placeholder={find}
        autocomplete="off"
        value={search}
        onInput={(event) =>
          (list.view.value = { ...list.view.peek(), search: event.currentTarget.value })
        }
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || search === '') return;
          event.preventDefault();
          list.view.value = { ...list.view.peek(), search: '' };
        }}
      />
      <kbd aria-hidden="true">/</kbd>
    </span>
  );
}

function Sort({ list }: ListProps) {
  const id = useId();
  const { sort, order } = words('console').room;
  return (
    <span class="crowd-sort">
      <label for={id}>{sort}</label>
      <select
        id={id}
        class="input input-small"
        value={list.view.value.order}
        onChange={(event) => {
          const chosen = ORDERS.find((each): each is Order => each === event.currentTarget.value);
          if (chosen) list.view.value = { ...list.view.peek(), order: chosen };
        }}
      >
        {ORDERS.map((each) => (
          <option key={each} value={each}>
            {order[each]}
          </option>
        ))}
      </select>
    </span>
  );
}

function SelectButton({ list }: ListProps) {
  const { select, stopSelecting } = words('console').room;
  const on = list.selecting.value;
  return (
    <Button
      size="small"
      icon="check"
      pressed={on}
      onClick={() => {
        if (on) list.stopSelecting();
        else list.selecting.value = true;
      }}
    >
      {on ? stopSelecting : select}
    </Button>
  );
}

/** How people are, with how many; what nobody is, is not offered. */
function Traits({ list }: ListProps) {
  const { filters, trait: called } = words('console').room;
  const counts = list.counts.value;
  const { traits } = list.view.value;
  const offered = TRAITS.filter((trait) => traits.has(trait) || isTelling(trait, list));
  if (offered.length === 0) return null;
  return (
    <div class="crowd-traits" role="group" aria-label={filters}>
      {offered.map((trait) => (
        <button
          key={trait}
          type="button"
          class="chip"
          aria-pressed={traits.has(trait)}
          onClick={() => list.toggleTrait(trait)}
        >
          {called[trait]} <span class="chip-count">{counts[trait]}</span>
        </button>
      ))}
    </div>
  );
}

/** Talking is always offered: it comes and goes by the second, and the chips would jump. */
function isTelling(trait: Trait, list: RoomList): boolean {
  const count = list.counts.value[trait];
  return trait === 'talking' || (count > 0 && count < list.total.value);
}

export function NobodyFits({ list }: ListProps) {
  const { noneFitTitle, noneFit, showAll } = words('console').room;
  return (
    <div class="empty">
      <h3>{noneFitTitle}</h3>
      <p>{noneFit}</p>
      <Button onClick={() => list.showEverybody()}>{showAll}</Button>
    </div>
  );
}
