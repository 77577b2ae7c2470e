import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { BanView, MeetingView } from '../../../protocol/http/views.ts';
import { meetingPath } from '../../feed/to-http.ts';
import { Lobby } from '../../room/lobby.tsx';
import { Requests } from '../../room/requests.tsx';
import { words } from '../../words/words.ts';
import { Icon } from '../../style/icon.tsx';
import { Since } from '../../style/person.tsx';
import { Listed } from '../listed.ts';
import { spokenTime } from '../../style/local-time.ts';
import { peopleIn } from '../meeting-list.ts';
import { formatRoute } from '../route.ts';
import { CallOut } from './call-out.tsx';
import type { DeskProps } from './page.tsx';
import { RoomActions } from './room-actions.tsx';
import { RoomBreakouts } from './room-breakouts.tsx';
import { RoomBans } from './room-bans.tsx';
import { RoomCalls } from './room-calls.tsx';
import type { Called } from './room-calls.tsx';
import { RoomPeople } from './room-people.tsx';
import { RoomTimes } from './room-times.tsx';
import { Share } from './share.tsx';

export interface RoomProps extends DeskProps {
  readonly meeting: MeetingView;
}

/** One meeting: who is in it or wants to be, and everything that can be done to it. */
export function MeetingRoom({ desk, meeting }: RoomProps) {
  const called = useSignal<Called>(new Map());
  const calling = useSignal(false);
  const { room } = words('console');
  const bans = useMemo(() => new Listed<BanView>(meetingPath(meeting.id, '/bans')), [meeting.id]);
  return (
    <article class="room" aria-labelledby="room-name">
      <header class="room-head">
        <a class="room-back" href={formatRoute({ kind: 'meetings' })}>
          <Icon name="back" /> {room.allMeetings}
        </a>
        <h2 id="room-name">
          <bdi>{meeting.name}</bdi>
        </h2>
        <Facts desk={desk} meeting={meeting} />
        <RoomActions desk={desk} meeting={meeting} onCall={() => (calling.value = true)} />
      </header>
      {meeting.state !== 'ended' && (
        <>
          <div
            class="room-asks"
            // Who may only look has no button in it to scroll by.
            {...(desk.watching && { role: 'region', 'aria-label': room.asks, tabIndex: 0 })}
          >
            <Lobby desk={desk} room={meeting.id} />
            <Requests desk={desk} room={meeting.id} />
            <RoomCalls desk={desk} meeting={meeting} called={called} />
          </div>
          {isDeserted(desk, meeting) ? (
            <p class="soft">{room.deserted}</p>
          ) : (
            <RoomPeople desk={desk} meeting={meeting} bans={bans} />
          )}
          <RoomBreakouts desk={desk} meeting={meeting} />
          <RoomBans desk={desk} meeting={meeting} bans={bans} />
          <Share meeting={meeting} />
          {/* Last: they are asked for, and would push what stands below them. */}
          {meeting.recurrence !== undefined && <RoomTimes desk={desk} meeting={meeting} />}
        </>
      )}
      {calling.value && (
        <CallOut
          desk={desk}
          meeting={meeting}
          onCalled={(id, body) => (called.value = new Map(called.value).set(id, body))}
          onClose={() => (calling.value = false)}
        />
      )}
    </article>
  );
}

/** All are in its breakout rooms. */
function isDeserted(desk: RoomProps['desk'], { id }: MeetingView): boolean {
  const { rooms, breakouts } = desk.feed.value;
  return breakouts.has(id) && (rooms.get(id)?.people.size ?? 0) === 0;
}

function Facts({ desk, meeting }: RoomProps) {
  const { rooms } = desk.feed.value;
  const live = rooms.get(meeting.id);
  const { room } = words('console');
  const people = peopleIn(meeting, rooms);
  if (meeting.state === 'ended')
    return (
      <p class="room-facts soft">
        <span>{room.ended}</span>
      </p>
    );
  return (
    <p class="room-facts soft">
      <span>{people > 0 ? words('shared').counts.people(people) : room.nobodyIn}</span>
      {live && people > 0 && (
        <span>
          {room.openFor} <Since ms={live.openedAtMs} />
        </span>
      )}
      {rules(meeting).map((rule) => (
        <span key={rule}>{rule}</span>
      ))}
      {live?.locked === true && <span class="fact-locked">{room.locked}</span>}
      {live?.recording === true && <span class="fact-recording">{room.recording}</span>}
    </p>
  );
}

/** What is out of the ordinary in a meeting, a few words each. */
function rules(meeting: MeetingView): readonly string[] {
  const { state, startsAt, lobby, waitForModerator, muteOnEntry, unmuteSelf } = meeting;
  const { maxParticipants } = meeting;
  const { room } = words('console');
  return [
    state === 'planned' && startsAt !== undefined ? room.starts(spokenTime(startsAt)) : '',
    lobby ? room.rules.lobby : '',
    waitForModerator ? room.rules.waits : '',
    muteOnEntry ? room.rules.mutedOnEntry : '',
    unmuteSelf ? '' : room.rules.onlyModerators,
    maxParticipants === undefined ? '' : room.rules.atMost(maxParticipants),
  ].filter((rule) => rule !== '');
}
