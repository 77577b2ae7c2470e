import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { OwnMeetingView, SignedInView } from '../../../protocol/http/people.ts';
import { Button } from '../../style/button.tsx';
import { Icon } from '../../style/icon.tsx';
import { spokenTime } from '../../style/local-time.ts';
import { ChangePassword } from './change-password.tsx';
import type { DeskProps } from './page.tsx';
import { roleWords } from './person-dialog.tsx';

/** What concerns whoever is signed in: their meetings, password and sessions. */
export function Me({ desk }: DeskProps) {
  const changing = useSignal(false);
  const { name = '', role } = desk.session.who;
  return (
    <main class="place">
      <header class="section-head">
        <h1>
          <bdi>{name}</bdi> <span class="badge">{roleWords(role)}</span>
        </h1>
        <Button icon="lock" onClick={() => (changing.value = true)}>
          Change password
        </Button>
      </header>
      {role !== 'observer' && <OwnMeetings desk={desk} />}
      <Sessions desk={desk} />
      {changing.value && <ChangePassword desk={desk} onClose={() => (changing.value = false)} />}
    </main>
  );
}

function OwnMeetings({ desk }: DeskProps) {
  useEffect(() => desk.ownMeetings.watch(), [desk]);
  const list = desk.ownMeetings.list.value;
  return (
    <section class="stack" aria-labelledby="own-meetings">
      <h2 id="own-meetings">Your meetings</h2>
      {list?.length === 0 && <p class="soft">No meeting names you at the moment.</p>}
      {list && list.length > 0 && (
        <ul class="rows">
          {list.map((meeting) => (
            <MeetingRow key={meeting.id} desk={desk} meeting={meeting} />
          ))}
        </ul>
      )}
    </section>
  );
}

function MeetingRow({ desk, meeting }: DeskProps & { readonly meeting: OwnMeetingView }) {
  const { id, name, startsAt, role } = meeting;
  return (
    <li class="row-card">
      <span class="lamp lamp-on" aria-hidden="true">
        <Icon name="door" />
      </span>
      <span class="row-words">
        <span class="person-name">
          <bdi>{name}</bdi> {role === 'moderator' && <span class="badge">moderator</span>}
        </span>
        <span class="soft">{startsAt === undefined ? 'Open' : spokenTime(startsAt)}</span>
      </span>
      <Button look="primary" size="small" label={`Join ${name}`} onClick={() => void desk.join(id)}>
        Join
      </Button>
    </li>
  );
}

function Sessions({ desk }: DeskProps) {
  useEffect(() => desk.sessions.watch(), [desk]);
  return (
    <section class="stack" aria-labelledby="own-sessions">
      <h2 id="own-sessions">Where you are signed in</h2>
      <ul class="rows">
        {desk.sessions.list.value?.map((session) => (
          <SessionRow key={session.id} desk={desk} session={session} />
        ))}
      </ul>
    </section>
  );
}

function SessionRow({ desk, session }: DeskProps & { readonly session: SignedInView }) {
  const { id, address, userAgent, lastUsedAt, createdAt, current } = session;
  const end = async () => {
    const answer = await desk.sessions.remove(id);
    if (!answer.ok) desk.notices.warn(answer.problem.detail);
  };
  return (
    <li class="row-card">
      <span class={`lamp${current ? ' lamp-on' : ''}`} aria-hidden="true">
        <Icon name="browser" />
      </span>
      <span class="row-words">
        <span class="person-name">
          <span class="number">{address}</span> {current && <span class="badge">here</span>}
        </span>
        <span class="soft">{userAgent || 'unnamed browser'}</span>
        <span class="soft">
          Since {spokenTime(createdAt)} · last used {spokenTime(lastUsedAt)}
        </span>
      </span>
      {!current && (
        <Button size="small" label={`Sign out ${address}`} onClick={() => void end()}>
          Sign out
        </Button>
      )}
    </li>
  );
}
