import { useComputed, useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { MeetingView } from '../../../protocol/http/views.ts';
import type { RoomId } from '../../../protocol/room/room.ts';
import { Choice } from '../../style/choice-field.tsx';
import { Icon } from '../../style/icon.tsx';
import { spokenDay, spokenTime } from '../../style/local-time.ts';
import { TextField } from '../../style/text-field.tsx';
import { currentTongue, words } from '../../words/words.ts';
import {
  leftOutBefore,
  meetingGroups,
  ORDERS,
  peopleIn,
  startOf,
  talkersIn,
  waitingIn,
} from '../meeting-list.ts';
import type { ListWish, MeetingGroup } from '../meeting-list.ts';
import { formatRoute } from '../route.ts';
import type { DeskProps } from './page.tsx';

/** So many are seen at a glance. */
const FEW = 7;

type ListProps = DeskProps & { readonly chosen: RoomId | undefined };

/** Which meetings there are: now, next, open, ended; the arrows go from one to the other. */
export function MeetingList({ desk, chosen }: ListProps) {
  const wish = useSignal<ListWish>({ typed: '', order: 'usual' });
  const groups = useComputed(() => {
    const { meetings, rooms } = desk.feed.value;
    return meetingGroups(meetings.values(), rooms, wish.value);
  }).value;
  const found = groups.reduce((sum, { meetings }) => sum + meetings.length, 0);
  return (
    <>
      {desk.feed.value.meetings.size > FEW && <Narrow wish={wish} found={found} />}
      <div class="meeting-groups" onKeyDown={walk}>
        {groups.map((group) => (
          <Group key={group.name} desk={desk} chosen={chosen} group={group} />
        ))}
      </div>
    </>
  );
}

function Narrow({ wish, found }: { readonly wish: Signal<ListWish>; readonly found: number }) {
  const say = words('console').meetings;
  return (
    <div class="meeting-narrow" role="search">
      <TextField
        label={say.find}
        maxLength={80}
        hint={wish.value.typed === '' ? say.findHint : say.count(found)}
        value={wish.value.typed}
        onInput={(typed) => (wish.value = { ...wish.value, typed })}
      />
      <Choice
        label={say.sort}
        value={wish.value.order}
        options={ORDERS.map((order) => [order, say.sorts[order]] as const)}
        onChange={(order) => (wish.value = { ...wish.value, order })}
      />
    </div>
  );
}

function Group({ desk, chosen, group }: ListProps & { readonly group: MeetingGroup }) {
  const { name, meetings } = group;
  const { rooms } = desk.feed.value;
  const say = words('console').meetings;
  return (
    <section aria-label={name && say.group[name]}>
      {name && (
        <h2 class="meeting-group">
          {say.group[name]} <span class="soft">{meetings.length}</span>
        </h2>
      )}
      <ul class="meeting-rows">
        {meetings.map((meeting) => (
          <Row
            key={meeting.id}
            meeting={meeting}
            isChosen={meeting.id === chosen}
            people={peopleIn(meeting, rooms)}
            waiting={waitingIn(meeting, rooms)}
            talkers={talkersIn(meeting, rooms)}
            locked={rooms.get(meeting.id)?.locked === true}
            recording={rooms.get(meeting.id)?.recording === true}
          />
        ))}
      </ul>
    </section>
  );
}

interface RowProps {
  readonly meeting: MeetingView;
  readonly isChosen: boolean;
  readonly people: number;
  readonly waiting: number;
  readonly talkers: string;
  readonly locked: boolean;
  readonly recording: boolean;
}

/** Drawn anew only where something of it changed: of five hundred rows hardly one does at a time. */
function Row(props: RowProps) {
  const { language } = currentTongue();
  return useMemo(() => <Drawn {...props} />, [...Object.values<unknown>({ ...props }), language]);
}

function Drawn({ meeting, isChosen, people, waiting, talkers, locked, recording }: RowProps) {
  const say = words('console').meetings;
  return (
    <li>
      <a
        class={`meeting-row meeting-${meeting.state}`}
        href={formatRoute({ kind: 'meeting', id: meeting.id })}
        aria-current={isChosen ? 'true' : undefined}
      >
        <span class={countLook(people, talkers)} aria-hidden="true">
          {meeting.state === 'ended' ? '–' : people}
        </span>
        <span class="meeting-words">
          <bdi class="meeting-name">{meeting.name}</bdi>
          <span class="soft">
            {stateWords(meeting, people)}
            {leftOutWords(meeting)}
            {meeting.extension !== undefined && ` · ${say.extension(meeting.extension)}`}
            {talkers !== '' && ` · ${say.talking(talkers)}`}
          </span>
        </span>
        {waiting > 0 && (
          <span class="badge badge-waits">
            {waiting} <span class="hidden">{say.waits}</span>
            <Icon name="door" />
          </span>
        )}
        {recording && <Sign icon="record" says={say.recording} />}
        {locked && <Sign icon="lock" says={say.locked} />}
      </a>
    </li>
  );
}

function Sign({ icon, says }: { readonly icon: 'lock' | 'record'; readonly says: string }) {
  return (
    <span class="meeting-sign" title={says}>
      <Icon name={icon} />
      <span class="hidden">{says}</span>
    </span>
  );
}

function countLook(people: number, talkers: string): string {
  if (people === 0) return 'count';
  return talkers === '' ? 'count count-live' : 'count count-live count-talks';
}

function stateWords(meeting: MeetingView, people: number): string {
  const say = words('console').meetings;
  if (meeting.state === 'ended') return say.ended;
  if (people > 0) return words('shared').counts.people(people);
  if (meeting.state === 'planned' && startOf(meeting) !== '')
    return say.starts(spokenTime(startOf(meeting)));
  return say.nobody;
}

/** Who expects it then looks here first. */
function leftOutWords(meeting: MeetingView): string {
  const [first] = leftOutBefore(meeting);
  if (first === undefined || meeting.state === 'ended') return '';
  return ` · ${words('console').times.outInList(spokenDay(first))}`;
}

/** The arrows, Home and End go through the meetings; Tab leaves them. */
function walk(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  const links = [...event.currentTarget.querySelectorAll('a')];
  const at = links.findIndex((link) => link === document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  links[Math.max(0, Math.min(to, links.length - 1))]?.focus();
}
