import type { MeetingView } from '../../../protocol/http/views.ts';
import { Copy } from '../../style/copy.tsx';
import { formatCode } from '../../style/format.ts';
import { Icon } from '../../style/icon.tsx';
import { words } from '../../words/words.ts';
import { formatRoute } from '../route.ts';
import { invitation } from '../ways-in.ts';

/** All the ways into a meeting, each to be copied. */
export function Share({ meeting }: { readonly meeting: MeetingView }) {
  const { room } = words('console');
  // Observers are told of no way in.
  if (meeting.joinUrl === '') return null;
  return (
    <section class="share" aria-label={room.waysIn}>
      <header class="section-head">
        <h3>{room.waysIn}</h3>
        <Ready meeting={meeting} />
      </header>
      <dl class="ways">
        <Way label={room.linkForAll} value={meeting.joinUrl} link />
        <Way label={room.linkForModerators} value={meeting.moderatorUrl} link />
        {meeting.dialIn.map((way) => (
          <Way
            key={way.uri}
            label={room.number(way.label, room.languages[way.language ?? meeting.language])}
            value={way.number}
          />
        ))}
        <Way label={room.code} value={meeting.codes.join} shown={formatCode(meeting.codes.join)} />
        <Way
          label={room.codeForModerators}
          value={meeting.codes.moderator}
          shown={formatCode(meeting.codes.moderator)}
        />
        {meeting.extension !== undefined && (
          <Way label={room.extension} value={meeting.extension} />
        )}
      </dl>
    </section>
  );
}

/** What can be sent, printed or kept as it is. */
function Ready({ meeting }: { readonly meeting: MeetingView }) {
  const { room } = words('console');
  return (
    <span class="share-actions">
      <Copy
        text={invitation(meeting, formatCode(meeting.codes.join), room)}
        what={room.invitation}
        words={room.copyInvitation}
      />
      <a
        class="button button-plain button-small"
        href={invitationAddress(meeting, 'html')}
        target="_blank"
        rel="noreferrer"
      >
        {room.forMail}
      </a>
      {meeting.startsAt !== undefined && (
        <a
          class="button button-plain button-small"
          href={invitationAddress(meeting, 'ics')}
          download
        >
          {room.forCalendars}
        </a>
      )}
      <a
        class="button button-plain button-small"
        href={formatRoute({ kind: 'card', id: meeting.id })}
      >
        <Icon name="print" /> {room.card}
      </a>
    </span>
  );
}

/** The page's cookie opens it. */
function invitationAddress({ id, language }: MeetingView, format: 'html' | 'ics'): string {
  return `/api/v1/meetings/${id}/invitation?format=${format}&language=${language}`;
}

function Way(props: {
  readonly label: string;
  readonly value: string;
  readonly shown?: string;
  readonly link?: boolean;
}) {
  const shown = props.shown ?? props.value;
  return (
    <div class="way">
      <dt>{props.label}</dt>
      <dd>
        {props.link ? (
          <a class="way-value" dir="ltr" href={props.value} target="_blank" rel="noreferrer">
            {shown.replace(/^https?:\/\//, '')}
          </a>
        ) : (
          <span class="way-value number">{shown}</span>
        )}
        <Copy text={props.value} what={props.label.toLowerCase()} />
      </dd>
    </div>
  );
}
