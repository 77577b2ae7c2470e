import { inOrder } from '../../feed/people.ts';
import { isFulfilled } from '../../feed/wish.ts';
import type { Wish } from '../../feed/wish.ts';
import type { IconName } from '../../style/icon.tsx';
import type { MenuItem } from '../../style/menu.tsx';
import { words } from '../../words/words.ts';
import type { BulkDesk } from '../bulk-desk.ts';
import { placesOf } from '../places.ts';
import type { RoomProps } from './meeting-room.tsx';

/** One thing that can be done to the whole room: a button of its own, or an item of the menu. */
export interface RoomDeed extends MenuItem {
  readonly icon: IconName;
  /** Wanted in a hurry: a button where there is room for few, too. */
  readonly atHand: boolean;
  /** Its wish is on the way. */
  readonly waiting?: boolean;
}

export interface DeedsAsked extends RoomProps {
  readonly bulk: BulkDesk;
  /** Opens what asks for more: whom to call, what to play, what to set. */
  readonly open: (what: 'call' | 'announce' | 'settings') => void;
}

/** All that can be done to a meeting's room, as far as it goes just now. */
export function roomDeeds(asked: DeedsAsked): readonly RoomDeed[] {
  return [...microphones(asked), ...doors(asked), ...others(asked)];
}

function microphones({ desk, meeting, bulk }: DeedsAsked): readonly RoomDeed[] {
  const facts = desk.feed.value;
  const live = facts.rooms.get(meeting.id);
  const muteAll: Wish = { kind: 'mute-all', room: meeting.id };
  const unmuteAll: Wish = { kind: 'unmute-all', room: meeting.id };
  const { room } = words('console');
  return [
    {
      words: room.muteAll,
      icon: 'microphone-off',
      atHand: true,
      disabled: !live || isFulfilled(muteAll, facts),
      waiting: desk.waits(muteAll),
      onChoose: () => void bulk.muteAll(meeting, inOrder(live)),
    },
    {
      words: room.unmuteAll,
      icon: 'microphone',
      atHand: false,
      disabled: !live || isFulfilled(unmuteAll, facts),
      waiting: desk.waits(unmuteAll) || bulk.progress.value !== undefined,
      onChoose: () => void desk.wish(unmuteAll),
    },
  ];
}

/** The lock, and the recording. */
function doors({ desk, meeting }: DeedsAsked): readonly RoomDeed[] {
  const live = desk.feed.value.rooms.get(meeting.id);
  const recording = live?.recording === true;
  const locked = live?.locked === true;
  const record: Wish = { kind: 'set-recording', room: meeting.id, recording: !recording };
  const { room } = words('console');
  const lock: RoomDeed = {
    words: locked ? room.unlock : room.lock,
    icon: locked ? 'unlock' : 'lock',
    atHand: true,
    disabled: !live,
    waiting: desk.waits({ kind: 'set-locked', room: meeting.id, locked }),
    onChoose: () => void setLocked({ desk, meeting }, !locked),
  };
  if (!desk.session.offers.recording) return [lock];
  return [
    lock,
    {
      words: recording ? room.stopRecording : room.record,
      icon: 'record',
      atHand: false,
      disabled: !live,
      waiting: desk.waits(record),
      onChoose: () => void setRecording({ desk, meeting }, !recording),
    },
  ];
}

function others({ desk, meeting, open }: DeedsAsked): readonly RoomDeed[] {
  const { room } = words('console');
  return [
    {
      words: room.announce,
      icon: 'announce',
      atHand: false,
      disabled: !desk.feed.value.rooms.has(meeting.id),
      onChoose: () => open('announce'),
    },
    {
      words: room.callSomebody,
      icon: 'call',
      atHand: false,
      onChoose: () => open('call'),
    },
    {
      words: room.settings,
      icon: 'gear',
      atHand: false,
      onChoose: () => open('settings'),
    },
  ];
}

async function setLocked({ desk, meeting }: RoomProps, locked: boolean): Promise<void> {
  const wish = (on: boolean): Wish => ({ kind: 'set-locked', room: meeting.id, locked: on });
  if (!(await desk.wish(wish(locked)))) return;
  const { room } = words('console');
  desk.notices.done(
    locked ? room.isLocked : room.isOpen,
    () => void setLocked({ desk, meeting }, !locked),
    { about: `lock ${meeting.id}` },
  );
}

async function setRecording({ desk, meeting }: RoomProps, recording: boolean): Promise<void> {
  if (!(await desk.wish({ kind: 'set-recording', room: meeting.id, recording }))) return;
  const isShown = placesOf(desk.session.who).includes('recordings');
  if (!recording && isShown) desk.notices.done(words('console').recordings.found);
}
