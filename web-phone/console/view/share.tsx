import type { MeetingView } from '../../../protocol/http/views.ts';
import { Copy } from '../../style/copy.tsx';
import { formatCode } from '../../style/format.ts';
import { Icon } from '../../style/icon.tsx';
import { formatRoute } from '../route.ts';
import { invitation, languageName } from '../ways-in.ts';

/** All the ways into a meeting, each to be copied. */
export function Share({ meeting }: { readonly meeting: MeetingView }) {
  // Observers are told of no way in.
  if (meeting.joinUrl === '') return null;
  return (
    <section class="share" aria-label="Ways in">
      <header class="section-head">
        <h3>Ways in</h3>
        <span class="share-actions">
          <Copy
            text={invitation(meeting, formatCode(meeting.codes.join))}
            what="invitation"
            words="Copy invitation"
          />
          <a
            class="button button-plain button-small"
            href={invitationAddress(meeting, 'html')}
            target="_blank"
            rel="noreferrer"
          >
            For a mail
          </a>
          {meeting.startsAt !== undefined && (
            <a
              class="button button-plain button-small"
              href={invitationAddress(meeting, 'ics')}
              download
            >
              For calendars
            </a>
          )}
          <a
            class="button button-plain button-small"
            href={formatRoute({ kind: 'card', id: meeting.id })}
          >
            <Icon name="print" /> Card for callers
          </a>
        </span>
      </header>
      <dl class="ways">
        <Way label="Link for everybody" value={meeting.joinUrl} link />
        <Way label="Link for moderators" value={meeting.moderatorUrl} link />
        {meeting.dialIn.map((way) => (
          <Way
            key={way.uri}
            label={`Number · ${way.label} · ${languageName(way.language ?? meeting.language)}`}
            value={way.number}
          />
        ))}
        <Way label="Code" value={meeting.codes.join} shown={formatCode(meeting.codes.join)} />
        <Way
          label="Code for moderators"
          value={meeting.codes.moderator}
          shown={formatCode(meeting.codes.moderator)}
        />
        {meeting.extension !== undefined && <Way label="Extension" value={meeting.extension} />}
      </dl>
    </section>
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
          <a class="way-value" href={props.value} target="_blank" rel="noreferrer">
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
