import type { DialIn, MeetingView } from '../../../protocol/http/views.ts';
import type { RoomId } from '../../../protocol/room/room.ts';
import { Brand } from '../../style/brand.tsx';
import { Button } from '../../style/button.tsx';
import { formatCode } from '../../style/format.ts';
import { Icon } from '../../style/icon.tsx';
import { spokenTime } from '../../style/local-time.ts';
import { Waiting } from '../../style/waiting.tsx';
import { words } from '../../words/words.ts';
import { formatRoute } from '../route.ts';
import type { DeskProps } from './page.tsx';

/** A sheet of paper for those who call: number, code, and what the keys do. */
export function Card({ desk, id }: DeskProps & { readonly id: RoomId }) {
  const say = words('console').card;
  const { meetings, link } = desk.feed.value;
  const meeting = meetings.get(id);
  return (
    <main class="place">
      <header class="section-head unprinted">
        <a class="card-back" href={formatRoute({ kind: 'meeting', id })}>
          <Icon name="back" /> {say.back}
        </a>
        <Button look="primary" icon="print" disabled={!meeting} onClick={() => window.print()}>
          {say.print}
        </Button>
      </header>
      {meeting && <Paper meeting={meeting} />}
      {!meeting && (link === 'live' ? <p class="empty-room">{say.gone}</p> : <Waiting />)}
    </main>
  );
}

function Paper({ meeting }: { readonly meeting: MeetingView }) {
  const say = words('console').card;
  return (
    <article class="paper">
      <Brand />
      <h1>
        <bdi>{meeting.name}</bdi>
      </h1>
      {meeting.startsAt !== undefined && <p>{spokenTime(meeting.startsAt)}</p>}
      <section>
        <h2>{say.dial}</h2>
        <ul class="paper-numbers">
          {meeting.dialIn.map((way) => (
            <Number key={way.uri} way={way} meeting={meeting} />
          ))}
        </ul>
      </section>
      <section>
        <h2>{say.type}</h2>
        <p class="paper-code number">{formatCode(meeting.codes.join)} #</p>
      </section>
      <section>
        <h2>{say.inIt}</h2>
        <dl class="paper-keys">
          {Object.entries(say.keys).map(([key, meaning]) => (
            <div key={key}>
              <dt class="number">{key}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </section>
      <p class="paper-link">
        {say.orBrowser} <span>{meeting.joinUrl}</span>
      </p>
    </article>
  );
}

function Number({ way, meeting }: { readonly way: DialIn; readonly meeting: MeetingView }) {
  return (
    <li>
      <strong class="number">{way.number}</strong>{' '}
      <span>
        {way.label}, {words('console').card.language[way.language ?? meeting.language]}
      </span>
    </li>
  );
}
