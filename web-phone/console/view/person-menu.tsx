import type { Participant, RoomId } from '../../../protocol/room/room.ts';
import type { Wish } from '../../feed/wish.ts';
import { Menu } from '../../style/menu.tsx';
import type { MenuItem } from '../../style/menu.tsx';
import { words } from '../../words/words.ts';
import type { Console } from '../console.ts';
import type { CrowdProps } from './person-row.tsx';

export interface PersonMenuProps extends CrowdProps {
  readonly person: Participant;
  readonly onRename: () => void;
  readonly onRemove: (person: Participant) => void;
}

/** All that can be done about somebody, beside the row's own buttons. */
export function PersonMenu(props: PersonMenuProps) {
  const { desk, person, meeting } = props;
  const waiting = wishesOf(person, meeting.id).some((wish) => desk.waits(wish));
  return (
    <Menu
      label={words('console').room.more(person.name)}
      icon="more"
      waiting={waiting}
      items={() => [...aboutThem(props), ...toElsewhere(props), undefined, remove(props)]}
    />
  );
}

function aboutThem(props: PersonMenuProps): readonly (MenuItem | undefined)[] {
  const { desk, person, meeting, list } = props;
  const { room } = words('console');
  const toggle = (label: string, checked: boolean, wish: Wish): MenuItem => ({
    words: label,
    checked,
    onChoose: () => void desk.wish(wish),
  });
  const at = { room: meeting.id, id: person.id } as const;
  const moderates = person.role === 'moderator';
  const role = moderates ? 'participant' : 'moderator';
  return [
    { words: room.details, icon: 'info', onChoose: () => (list.details.value = person.id) },
    { words: room.renameAct, icon: 'pencil', onChoose: props.onRename },
    ...lowerHand(desk, person, meeting.id),
    undefined,
    toggle(room.moderates, moderates, { kind: 'set-role', ...at, role }),
    toggle(room.hold, person.held, { kind: 'set-held', ...at, on: !person.held }),
    toggle(room.deaf, person.deaf, { kind: 'set-deaf', ...at, on: !person.deaf }),
  ];
}

function lowerHand(desk: Console, { id, hand }: Participant, room: RoomId): readonly MenuItem[] {
  if (!hand) return [];
  const wish: Wish = { kind: 'set-hand', room, id, hand: false };
  return [
    {
      words: words('console').room.lowerHand,
      icon: 'hand',
      onChoose: () => void desk.wish(wish),
    },
  ];
}

/** To the breakout rooms, while there are some. */
function toElsewhere({
  desk,
  person,
  meeting,
}: PersonMenuProps): readonly (MenuItem | undefined)[] {
  const rooms = desk.feed.value.breakouts.get(meeting.id)?.rooms ?? [];
  if (rooms.length === 0) return [];
  const { moveTo } = words('console').room;
  const ways = rooms.map(({ id, name }): MenuItem => {
    const wish: Wish = { kind: 'move', room: meeting.id, id: person.id, to: id };
    return { words: moveTo(name), icon: 'door', onChoose: () => void desk.wish(wish) };
  });
  return [undefined, ...ways];
}

function remove({ person, onRemove }: PersonMenuProps): MenuItem {
  return {
    words: words('console').room.remove,
    icon: 'remove',
    look: 'danger',
    onChoose: () => onRemove(person),
  };
}

/** What the menu's button waits for. */
function wishesOf({ id }: Participant, room: RoomId): readonly Wish[] {
  const at = { room, id } as const;
  return [
    { kind: 'set-role', ...at, role: 'participant' },
    { kind: 'set-held', ...at, on: true },
    { kind: 'set-deaf', ...at, on: true },
    { kind: 'move', ...at, to: room },
  ];
}
