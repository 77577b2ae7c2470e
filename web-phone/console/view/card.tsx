import type { DialIn, MeetingView } from '../../../protocol/http/views.ts';
import type { RoomId } from '../../../protocol/room/room.ts';
import { Brand } from '../../style/brand.tsx';
import { Button } from '../../style/button.tsx';
import { formatCode } from '../../style/format.ts';
import { Icon } from '../../style/icon.tsx';
import { spokenTime } from '../../style/local-time.ts';
import { formatRoute } from '../route.ts';
import { languageName } from '../ways-in.ts';
import type { DeskProps } from './page.tsx';

const KEYS = [
  ['✱6', 'mute, and unmute'],
  ['✱5', 'raise the hand, and lower it'],
  ['✱3', 'how many are here'],
  ['✱0', 'ask a moderator for help'],
  ['✱1', 'what the keys do'],
] as const;

/** A sheet of paper for those who call: number, code, and what the keys do. */
export function Card({ desk, id }: DeskProps & { readonly id: RoomId }) {
  const meeting = desk.feed.value.meetings.get(id);
  return (
    <main class="place">
      <header class="section-head unprinted">
        <a class="card-back" href={formatRoute({ kind: 'meeting', id })}>
          <Icon name="back" /> Back to the meeting
        </a>
        <Button look="primary" icon="print" disabled={!meeting} onClick={() => window.print()}>
          Print
        </Button>
      </header>
      {meeting && <Paper meeting={meeting} />}
    </main>
  );
}

function Paper({ meeting }: { readonly meeting: MeetingView }) {
  return (
    <article class="paper">
      <Brand />
      <h1>
        <bdi>{meeting.name}</bdi>
      </h1>
      {meeting.startsAt !== undefined && <p>{spokenTime(meeting.startsAt)}</p>}
      <section>
        <h2>1. Dial</h2>
        <ul class="paper-numbers">
          {meeting.dialIn.map((way) => (
            <Number key={way.uri} way={way} meeting={meeting} />
          ))}
        </ul>
      </section>
      <section>
        <h2>2. Type the code, then #</h2>
        <p class="paper-code number">{formatCode(meeting.codes.join)} #</p>
      </section>
      <section>
        <h2>3. In the meeting</h2>
        <dl class="paper-keys">
          {KEYS.map(([key, meaning]) => (
            <div key={key}>
              <dt class="number">{key}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </section>
      <p class="paper-link">
        Or in the browser: <span>{meeting.joinUrl}</span>
      </p>
    </article>
  );
}

function Number({ way, meeting }: { readonly way: DialIn; readonly meeting: MeetingView }) {
  return (
    <li>
      <strong class="number">{way.number}</strong>{' '}
      <span>
        {way.label}, {languageName(way.language ?? meeting.language)}
      </span>
    </li>
  );
}
