import { useSignal } from '@preact/signals';
import { useId, useLayoutEffect, useMemo } from 'preact/hooks';
import type { BanView } from '../../../protocol/http/views.ts';
import type { Participant, ParticipantId } from '../../../protocol/room/room.ts';
import { lobbyOf } from '../../feed/people.ts';
import { AskToRemove } from '../../room/ask-to-remove.tsx';
import { isTyping } from '../../style/list-keys.ts';
import { useRowStops } from '../../style/use-row-stops.ts';
import { useVirtualRows } from '../../style/virtual-rows.ts';
import { words } from '../../words/words.ts';
import type { Listed } from '../listed.ts';
import { removePerson } from '../remove-person.ts';
import { RoomList } from '../room-list.ts';
import { BulkBar } from './bulk-bar.tsx';
import type { RoomProps } from './meeting-room.tsx';
import { NobodyFits, PeopleTools } from './people-tools.tsx';
import { PersonDrawer } from './person-drawer.tsx';
import { PersonRow } from './person-row.tsx';
import type { CrowdProps } from './person-row.tsx';
import { WhoTalked } from './who-talked.tsx';

export interface RoomPeopleProps extends RoomProps {
  readonly bans: Listed<BanView>;
}

/** Everybody inside a meeting's room, one row each, with what a moderator can do about them. */
export function RoomPeople({ desk, meeting, bans }: RoomPeopleProps) {
  const list = useMemo(() => new RoomList(meeting.id, desk.feed), [desk, meeting.id]);
  const leaving = useSignal<Participant | undefined>(undefined);
  const onRemove = useMemo(() => (person: Participant) => (leaving.value = person), [leaving]);
  const crowd: CrowdProps = { desk, meeting, bans, list };
  useEscape(list);
  if (list.total.value === 0) return <Nobody {...{ desk, meeting }} />;
  return (
    <div class="crowd" onKeyDown={keysFor(crowd)}>
      <PeopleTools {...crowd} />
      <Rows {...crowd} onRemove={onRemove} />
      <BulkBar {...crowd} />
      <WhoTalked list={list} />
      <PersonDrawer {...crowd} onRemove={onRemove} />
      {leaving.value && (
        <AskToRemove
          person={leaving.value}
          onYes={(ban) => {
            if (leaving.value) void removePerson(crowd, leaving.value, ban);
          }}
          onClose={() => (leaving.value = undefined)}
        />
      )}
    </div>
  );
}

const ROW_PX = 68;

type RowsProps = CrowdProps & { readonly onRemove: (person: Participant) => void };

function Rows(props: RowsProps) {
  const { list } = props;
  const ids = list.ids.value;
  const { list: element, rows } = useVirtualRows({
    keys: ids,
    rowPx: ROW_PX,
    scrolls: 'list',
  });
  const keys = useId();
  const isShown = ids.length > 0;
  const stops = useRowStops(element, isShown);
  if (!isShown) return <NobodyFits list={list} />;
  const look = list.selecting.value ? ' people-selecting' : '';
  return (
    <>
      <ul
        ref={element}
        {...stops}
        class={`people people-inside${look}`}
        aria-label={words('shared').inRoom.people}
        aria-describedby={props.desk.watching ? undefined : keys}
        onPointerEnter={() => (list.held.value = true)}
        onPointerLeave={() => (list.held.value = false)}
      >
        {rows.map((slot) => (
          <PersonRow key={slot.key} {...props} id={slot.key as ParticipantId} slot={slot} />
        ))}
      </ul>
      {!props.desk.watching && (
        <p id={keys} hidden>
          {words('console').room.rowKeys}
        </p>
      )}
    </>
  );
}

/** Ctrl+A selects everybody who is shown. In a window over the list it is the window's. */
function keysFor({ desk, list }: CrowdProps) {
  return (event: KeyboardEvent): void => {
    if (desk.watching || isTyping(event) || isInWindow(event)) return;
    if (event.key === 'a' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      list.selectAll();
    }
  };
}

/** Escape ends selecting, wherever the focus is; a window or a menu that is open has it first, and what is typed in. */
function useEscape(list: RoomList): void {
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !list.selecting.peek()) return;
      if (document.querySelector('dialog[open], :popover-open') || isWriting(event)) return;
      list.stopSelecting();
    };
    // Before whoever closes something by it: then it would not be open any more.
    document.addEventListener('keydown', onKey, true);
    return () => document.removeEventListener('keydown', onKey, true);
  }, [list]);
}

/** A form and a field with something in it have their own use for the key. */
function isWriting(event: KeyboardEvent): boolean {
  const { target } = event;
  if (target instanceof Element && target.closest('form')) return true;
  return isTyping(event) && !(target instanceof HTMLInputElement && target.value === '');
}

function isInWindow({ target }: Event): boolean {
  return target instanceof Element && target.closest('dialog') !== null;
}

function Nobody({ desk, meeting }: RoomProps) {
  const { room } = words('console');
  if (lobbyOf(desk.feed.value.rooms.get(meeting.id)).length > 0) return null;
  return (
    <div class="empty">
      <h3>{room.emptyTitle}</h3>
      <p>{room.empty}</p>
    </div>
  );
}
