import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Participant } from '../../../protocol/room/room.ts';
import { handQueue } from '../../../protocol/room/rows.ts';
import { MOST_INSIDE } from '../../../protocol/room/unheard.ts';
import { carriesBrowser, inOrder } from '../../feed/people.ts';
import { AskToRemove } from '../../room/ask-to-remove.tsx';
import { Renamable } from '../../room/rename.tsx';
import { Person } from '../../style/person.tsx';
import { useRowStops } from '../../style/use-row-stops.ts';
import { useVirtualRows } from '../../style/virtual-rows.ts';
import type { RowSlot } from '../../style/row-slots.ts';
import { words } from '../../words/words.ts';
import { moderatesNow } from './asks.tsx';
import { DontHear } from './dont-hear.tsx';
import type { CallView } from './in-call.tsx';
import { AskForHelp, PersonModeration, RoomModeration } from './moderation.tsx';
import { SpeakingNow } from './speaking-now.tsx';

/** Everybody on the line; moderators have buttons for the others and for the room. */
export function People(view: CallView) {
  const { softphone, state, room, standing, personId } = view;
  const leaving = useSignal<Participant | undefined>(undefined);
  const { attendance } = softphone;
  const moderates = moderatesNow(view);
  const moderator = state.grant?.role === 'moderator';
  const people = inOrder(room, personId);
  const { id } = state.ticket.meeting;
  return (
    <>
      {moderator && (
        <RoomModeration attendance={attendance} meeting={id} room={room} away={!moderates} />
      )}
      <div class="people-head">
        {!moderator && <AskForHelp attendance={attendance} room={id} standing={standing} />}
        <SpeakingNow room={room} />
      </div>
      <Line
        view={view}
        people={people}
        moderates={moderates}
        onRemove={(who) => (leaving.value = who)}
      />
      <WaitingLine people={people.length} joined={standing.kind === 'inside'} />
      {leaving.value && (
        <AskToRemove
          person={leaving.value}
          onYes={(ban) => {
            if (leaving.value)
              void attendance.wish({ kind: 'remove', room: id, id: leaving.value.id, ban });
          }}
          onClose={() => (leaving.value = undefined)}
        />
      )}
    </>
  );
}

interface LineProps {
  readonly view: CallView;
  readonly people: readonly Participant[];
  readonly moderates: boolean;
  readonly onRemove: (person: Participant) => void;
}

const ROW_PX = 72;

/** Of a long list only what is in sight is in the page. */
function Line({ view, people, moderates, onRemove }: LineProps) {
  const keys = people.map(({ id }) => id);
  const { list, rows } = useVirtualRows({ keys, rowPx: ROW_PX, scrolls: 'page' });
  const stops = useRowStops(list);
  const keysId = useId();
  const hands = view.room ? handQueue(view.room).map(({ id }) => id) : [];
  return (
    <>
      <ul
        ref={list}
        {...stops}
        class={listClass(moderates, people.length)}
        aria-label={words('shared').inRoom.people}
        aria-describedby={keysId}
      >
        {rows.map((slot) => {
          const person = people[slot.index];
          return (
            person && (
              <Row
                key={person.id}
                view={view}
                person={person}
                slot={slot}
                crowd={people.length}
                place={hands.indexOf(person.id) + 1}
                moderates={moderates}
                onRemove={() => onRemove(person)}
              />
            )
          );
        })}
      </ul>
      <p id={keysId} hidden>
        {words('call').people.rowKeys}
      </p>
    </>
  );
}

function listClass(moderates: boolean, crowd: number): string {
  const looks = [moderates && 'people-moderated', crowd <= MOST_INSIDE && 'people-hearing'];
  return ['people', ...looks.filter((look) => look !== false)].join(' ');
}

interface RowProps {
  readonly view: CallView;
  readonly person: Participant;
  readonly slot: RowSlot;
  /** How many there are. */
  readonly crowd: number;
  /** In the queue of hands, from 1. */
  readonly place: number;
  readonly moderates: boolean;
  readonly onRemove: () => void;
}

/** Only one's own name can be changed, unless one moderates. */
function Row({ view, person, slot, crowd, place, moderates, onRemove }: RowProps) {
  const { softphone, state, room } = view;
  const { attendance } = softphone;
  const { id, unmuteOthers } = state.ticket.meeting;
  const me = ownRow(view);
  const own = me?.id === person.id;
  const chooses = me !== undefined && crowd <= MOST_INSIDE;
  const row = {
    person,
    own,
    slot,
    place,
    overPhone: person.via === 'phone' && carriesBrowser(room, person),
    actions: !own && (
      <>
        {moderates && (
          <PersonModeration
            attendance={attendance}
            room={id}
            person={person}
            unmuteOthers={unmuteOthers}
            onRemove={onRemove}
          />
        )}
        {chooses && (
          <DontHear
            attendance={attendance}
            meeting={id}
            me={me}
            person={person}
            away={state.kind !== 'talking'}
          />
        )}
      </>
    ),
  };
  if (!own && !moderates) return <Person {...row} />;
  return <Renamable desk={attendance} room={id} {...row} />;
}

/** While the call is broken it is still ours, as long as the room has it. */
function ownRow({ room, standing, personId }: CallView): Participant | undefined {
  if (standing.kind === 'inside') return standing.row;
  return inOrder(room, personId).find(
    (each) => personId !== undefined && each.personId === personId,
  );
}

function WaitingLine({ people, joined }: { readonly people: number; readonly joined: boolean }) {
  const say = words('call').people;
  if (people === 0) return <p class="soft waiting-line">{say.connecting}</p>;
  if (people > 1 || !joined) return null;
  return <p class="soft waiting-line">{say.first}</p>;
}
