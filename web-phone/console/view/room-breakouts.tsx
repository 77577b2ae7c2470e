import { useSignal } from '@preact/signals';
import type { BreakoutTold, MeetingBreakouts } from '../../../protocol/room/breakouts.ts';
import type { Participant, RoomId } from '../../../protocol/room/room.ts';
import { inOrder } from '../../feed/people.ts';
import { request } from '../../feed/request.ts';
import { meetingPath } from '../../feed/to-http.ts';
import type { Wish } from '../../feed/wish.ts';
import { Button } from '../../style/button.tsx';
import { Confirm } from '../../style/dialog.tsx';
import { words } from '../../words/words.ts';
import { TimeLeft } from '../../style/time-left.tsx';
import { mayChange } from '../places.ts';
import type { RoomProps } from './meeting-room.tsx';
import { OpenBreakouts } from './open-breakouts.tsx';

interface Place {
  readonly id: RoomId;
  readonly name: string;
}

/** The breakout rooms of a meeting: who is where, moving them, calling all back; or opening some. */
export function RoomBreakouts({ desk, meeting }: RoomProps) {
  const { rooms, breakouts } = desk.feed.value;
  const opening = useSignal(false);
  const set = breakouts.get(meeting.id);
  const { breakoutRooms } = words('console');
  if (set) return <Open desk={desk} meeting={meeting} set={set} />;
  if (!mayChange(desk.session.who) || inOrder(rooms.get(meeting.id)).length === 0) return null;
  return (
    <>
      <div class="breakout-open">
        <Button onClick={() => (opening.value = true)}>{breakoutRooms.open}</Button>
      </div>
      {opening.value && (
        <OpenBreakouts desk={desk} meeting={meeting} onClose={() => (opening.value = false)} />
      )}
    </>
  );
}

type OpenProps = RoomProps & { readonly set: MeetingBreakouts };

function Open({ desk, meeting, set }: OpenProps) {
  const asking = useSignal(false);
  const { breakoutRooms } = words('console');
  const places: readonly Place[] = [{ id: meeting.id, name: breakoutRooms.mainRoom }, ...set.rooms];
  return (
    <section class="queue breakouts" aria-label={breakoutRooms.title}>
      <header class="section-head">
        <h3>
          {breakoutRooms.title} {set.endsAtMs !== undefined && <TimeLeft untilMs={set.endsAtMs} />}
        </h3>
        {mayChange(desk.session.who) && (
          <Button size="small" onClick={() => (asking.value = true)}>
            {breakoutRooms.callAllBack}
          </Button>
        )}
      </header>
      {places.map((place) => (
        <PlaceView key={place.id} desk={desk} meeting={meeting} place={place} places={places} />
      ))}
      {asking.value && (
        <Confirm
          title={breakoutRooms.callBackTitle}
          verb={breakoutRooms.callBackVerb}
          onYes={() => void callBack({ desk, meeting })}
          onClose={() => (asking.value = false)}
        >
          {breakoutRooms.callBackAbout}
        </Confirm>
      )}
    </section>
  );
}

async function callBack({ desk, meeting }: RoomProps): Promise<void> {
  const path = meetingPath(meeting.id, '/breakouts/close');
  const answer = await request<unknown>({ method: 'POST', path, body: {} });
  if (!answer.ok) desk.refused(answer.problem);
}

type PlaceProps = RoomProps & { readonly place: Place; readonly places: readonly Place[] };

/** One of the rooms, and who is in it. */
function PlaceView({ desk, meeting, place, places }: PlaceProps) {
  const { rooms } = desk.feed.value;
  const people = inOrder(rooms.get(place.id));
  return (
    <div class="breakout">
      <header class="section-head">
        <h4>
          <bdi>{place.name}</bdi>{' '}
          <span class="soft">{words('shared').counts.people(people.length)}</span>
        </h4>
        <Visit desk={desk} meeting={meeting} place={place} places={places} />
      </header>
      <ul class="queue-rows" aria-label={place.name}>
        {people.map((person) => (
          <PlaceRow
            key={person.id}
            {...{ desk, meeting, person }}
            others={places.filter(({ id }) => id !== place.id)}
          />
        ))}
      </ul>
    </div>
  );
}

/** For who is in the meeting themselves, elsewhere. */
function Visit({ desk, meeting, place, places }: PlaceProps) {
  const { personId } = desk.session.who;
  const { rooms } = desk.feed.value;
  const own = places
    .filter(({ id }) => id !== place.id)
    .flatMap(({ id }) => inOrder(rooms.get(id)))
    .find((person) => personId !== undefined && person.personId === personId);
  if (own === undefined || !mayChange(desk.session.who)) return null;
  const { breakoutRooms } = words('console');
  const wish: Wish = { kind: 'move', room: meeting.id, id: own.id, to: place.id };
  return (
    <Button
      size="small"
      look="quiet"
      label={breakoutRooms.visitWhich(place.name)}
      waiting={desk.waits(wish)}
      onClick={() => void desk.wish(wish)}
    >
      {breakoutRooms.visit}
    </Button>
  );
}

type RowProps = RoomProps & {
  readonly person: Participant;
  readonly others: readonly (Place | BreakoutTold)[];
};

/** Their name, what they ask for, and where they can be moved. */
function PlaceRow({ desk, meeting, person, others }: RowProps) {
  const choosing = useSignal(false);
  const { breakoutRooms } = words('console');
  const move = (to: RoomId): Wish => ({ kind: 'move', room: meeting.id, id: person.id, to });
  return (
    <li
      class="queue-row breakout-row"
      onKeyDown={(event) => {
        if (event.key === 'Escape') choosing.value = false;
      }}
    >
      <span class="queue-words">
        <bdi class="queue-name">{person.name}</bdi>
        {asks(person) !== '' && <span class="soft">{asks(person)}</span>}
      </span>
      {mayChange(desk.session.who) && (
        <Button
          size="small"
          look="quiet"
          label={breakoutRooms.moveWhom(person.name)}
          expanded={choosing.value}
          waiting={others.some(({ id }) => desk.waits(move(id)))}
          onClick={() => (choosing.value = !choosing.value)}
        >
          {breakoutRooms.move}
        </Button>
      )}
      {choosing.value && (
        <span class="breakout-ways" role="group" aria-label={breakoutRooms.moveWhomTo(person.name)}>
          {others.map(({ id, name }) => (
            <Button
              key={id}
              size="small"
              onClick={() => {
                choosing.value = false;
                void desk.wish(move(id));
              }}
            >
              <bdi>{name}</bdi>
            </Button>
          ))}
        </span>
      )}
    </li>
  );
}

function asks({ wantsHelp, hand, role }: Participant): string {
  const { inRoom } = words('shared');
  const asked = [
    role === 'moderator' && inRoom.moderator,
    wantsHelp && inRoom.asksForHelp,
    hand && inRoom.handRaised,
  ];
  return asked.filter((each) => typeof each === 'string').join(', ');
}
