import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { OwnMeetingView, SignedInView } from '../../../protocol/http/people.ts';
import { browserName } from '../../phone/device.ts';
import { Button } from '../../style/button.tsx';
import { nowMs } from '../../style/clock.ts';
import { Icon } from '../../style/icon.tsx';
import { LanguageChoice } from '../../style/language-choice.tsx';
import { spokenMoment, spokenTime } from '../../style/local-time.ts';
import { Waiting } from '../../style/waiting.tsx';
import { words } from '../../words/words.ts';
import { ChangePassword } from './change-password.tsx';
import { ListedRows } from './listed-rows.tsx';
import type { DeskProps } from './page.tsx';

/** What concerns whoever is signed in: their meetings, password and sessions. */
export function Me({ desk }: DeskProps) {
  const say = words('console').me;
  const changing = useSignal(false);
  const { name = '', role } = desk.session.who;
  return (
    <main class="place">
      <header class="section-head">
        <h1>
          <bdi>{name}</bdi> <span class="badge">{words('console').people.role[role]}</span>
        </h1>
        <span class="me-actions">
          {desk.session.who.personId !== undefined && (
            <a class="button" href="/phone">
              <Icon name="phone" /> {say.telephone}
            </a>
          )}
          <Button icon="lock" onClick={() => (changing.value = true)}>
            {say.changePassword}
          </Button>
        </span>
      </header>
      <LanguageChoice />
      <Own desk={desk} />
      {changing.value && <ChangePassword desk={desk} onClose={() => (changing.value = false)} />}
    </main>
  );
}

/** Shown once all of it is known: what comes later would push the rest. */
function Own({ desk }: DeskProps) {
  const joins = desk.session.who.role !== 'observer';
  useEffect(() => (joins ? desk.ownMeetings.watch() : undefined), [desk, joins]);
  useEffect(() => desk.sessions.watch(), [desk]);
  const lists = joins ? [desk.ownMeetings, desk.sessions] : [desk.sessions];
  if (lists.some(({ list, problem }) => !list.value && !problem.value)) return <Waiting />;
  return (
    <>
      {joins && <OwnMeetings desk={desk} />}
      <Sessions desk={desk} />
    </>
  );
}

function OwnMeetings({ desk }: DeskProps) {
  const say = words('console').me;
  return (
    <section class="stack" aria-labelledby="own-meetings">
      <h2 id="own-meetings">{say.yourMeetings}</h2>
      <ListedRows
        of={desk.ownMeetings}
        empty={<p class="soft">{say.noMeetings}</p>}
        row={(meeting) => <MeetingRow key={meeting.id} desk={desk} meeting={meeting} />}
      />
    </section>
  );
}

function MeetingRow({ desk, meeting }: DeskProps & { readonly meeting: OwnMeetingView }) {
  const { id, name, startsAt, role } = meeting;
  const say = words('console').me;
  return (
    <li class="row-card">
      <span class="lamp lamp-on" aria-hidden="true">
        <Icon name="door" />
      </span>
      <span class="row-words">
        <span class="person-name">
          <bdi>{name}</bdi> {role === 'moderator' && <span class="badge">{say.moderator}</span>}
        </span>
        <span class="soft">{startsAt === undefined ? say.open : spokenTime(startsAt)}</span>
      </span>
      <Button
        look="primary"
        size="small"
        label={say.joinIt(name)}
        onClick={() => void desk.join(id)}
      >
        {say.join}
      </Button>
    </li>
  );
}

function Sessions({ desk }: DeskProps) {
  return (
    <section class="stack" aria-labelledby="own-sessions">
      <h2 id="own-sessions">{words('console').me.signedInAt}</h2>
      <ListedRows
        of={desk.sessions}
        empty={null}
        row={(session) => <SessionRow key={session.id} desk={desk} session={session} />}
      />
    </section>
  );
}

function SessionRow({ desk, session }: DeskProps & { readonly session: SignedInView }) {
  const { id, address, userAgent, lastUsedAt, createdAt, current } = session;
  const say = words('console').me;
  const now = nowMs.peek();
  const end = async () => {
    const answer = await desk.sessions.remove(id);
    if (!answer.ok) desk.refused(answer.problem);
  };
  return (
    <li class="row-card">
      <span class={`lamp${current ? ' lamp-on' : ''}`} aria-hidden="true">
        <Icon name="browser" />
      </span>
      <span class="row-words">
        <span class="person-name">
          <span class="number">{address}</span> {current && <span class="badge">{say.here}</span>}
        </span>
        <span class="soft">{browserName(userAgent) ?? (userAgent || say.unnamed)}</span>
        <span class="soft">
          {say.since(spokenMoment(createdAt, now), spokenMoment(lastUsedAt, now))}
        </span>
      </span>
      {!current && (
        <Button size="small" label={say.signOutAt(address)} onClick={() => void end()}>
          {say.signOut}
        </Button>
      )}
    </li>
  );
}
