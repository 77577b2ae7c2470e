import type { ComponentChildren } from 'preact';
import type { Participant } from '../../protocol/room/room.ts';
import { nowMs } from './clock.ts';
import { formatDuration, initials } from './format.ts';
import { Icon } from './icon.tsx';

export interface PersonProps {
  readonly person: Participant;
  /** This is oneself. */
  readonly own?: boolean;
  /** Buttons for this person. */
  readonly actions?: ComponentChildren;
}

/** One lamp on the line: who it is, how they came, whether they speak or are muted. */
export function Person({ person, own = false, actions }: PersonProps) {
  return (
    <li class={classesOf(person)} data-person={person.id}>
      <span class="lamp" aria-hidden="true">
        {initials(person.name)}
      </span>
      <div class="person-words">
        <span class="person-name">
          <bdi>{person.name}</bdi>
          {own && <span class="badge">you</span>}
          {person.role === 'moderator' && <Moderator />}
        </span>
        <span class="person-facts">
          <Icon name={person.via} />
          <span>{via(person)}</span>
          <span class="person-time">
            <Since ms={person.joinedAtMs} />
          </span>
        </span>
      </div>
      <span class="person-state">
        {person.hand && <State icon="hand" words="hand raised" />}
        <Speech person={person} />
      </span>
      {actions !== undefined && <span class="person-actions">{actions}</span>}
    </li>
  );
}

/** On a narrow screen only the star stays. */
function Moderator() {
  return (
    <span class="badge badge-role" title="moderator">
      <Icon name="star" />
      <span class="badge-words">moderator</span>
    </span>
  );
}

function classesOf(person: Participant): string {
  const talks = person.talking && !person.muted;
  return `person${talks ? ' person-talks' : ''}${person.muted ? ' person-muted' : ''}`;
}

function via(person: Participant): string {
  const where = person.state === 'lobby' ? 'waiting in the lobby' : undefined;
  const held = person.held ? 'on hold' : undefined;
  const way = person.via === 'browser' ? 'Browser' : person.number || 'Phone';
  return [way, where, held].filter((each) => each !== undefined).join(', ');
}

/** Talking or muted; otherwise an empty place of the same width. */
function Speech({ person }: { readonly person: Participant }) {
  if (person.muted) return <State icon="microphone-off" words="muted" look="muted" />;
  if (person.talking) return <State icon="sound" words="talking" look="talks" />;
  return <span class="state" />;
}

function State(props: {
  readonly icon: 'hand' | 'microphone-off' | 'sound';
  readonly words: string;
  readonly look?: string;
}) {
  return (
    <span class={`state state-${props.look ?? 'plain'}`} title={props.words}>
      <Icon name={props.icon} />
      <span class="hidden">{props.words}</span>
    </span>
  );
}

/** How long ago something began; ticks. */
export function Since({ ms }: { readonly ms: number }) {
  return <time>{formatDuration(nowMs.value - ms)}</time>;
}
