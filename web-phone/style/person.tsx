import type { ComponentChildren } from 'preact';
import type { Participant } from '../../protocol/room/room.ts';
import { mutedWords } from '../feed/mute-wish.ts';
import { nowMs } from './clock.ts';
import { formatDuration, initials } from './format.ts';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';

export interface PersonProps {
  readonly person: Participant;
  /** This is oneself. */
  readonly own?: boolean;
  /** They are here in a browser, and speak over this phone. */
  readonly overPhone?: boolean;
  /** In the place of the name, while it is being changed. */
  readonly naming?: ComponentChildren;
  /** Right beside the name: what changes it. */
  readonly beside?: ComponentChildren;
  /** Place in the queue of hands, from 1. */
  readonly place?: number;
  /** Buttons for this person. */
  readonly actions?: ComponentChildren;
}

/** One lamp on the line: who it is, how they came, whether they speak or are muted. */
export function Person(props: PersonProps) {
  const { person, place, actions } = props;
  return (
    <li class={classesOf(person)} data-person={person.id}>
      <span class="lamp" aria-hidden="true">
        {person.unnamed ? <Icon name="phone" /> : initials(person.name)}
      </span>
      <div class="person-words">
        <Name {...props} />
        <span class="person-facts">
          <Icon name={person.via} />
          <span>{via(person, props.overPhone ?? false)}</span>
          <span class="person-time">
            <Since ms={person.joinedAtMs} />
          </span>
        </span>
      </div>
      <span class="person-state">
        {person.wantsHelp && <State icon="help" words="asks for help" look="help" />}
        {person.hand && <Hand place={place} />}
        <Speech person={person} />
      </span>
      {actions !== undefined && <span class="person-actions">{actions}</span>}
    </li>
  );
}

function Name({ person, own = false, naming, beside }: PersonProps) {
  if (naming !== undefined) return <span class="person-name">{naming}</span>;
  return (
    <span class="person-name">
      <bdi class={person.unnamed ? 'person-unnamed' : undefined}>{person.name}</bdi>
      {beside}
      {own && <span class="badge">you</span>}
      {person.unnamed && <span class="badge badge-unnamed">unnamed caller</span>}
      {person.role === 'moderator' && <Moderator />}
    </span>
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

function via(person: Participant, overPhone: boolean): string {
  const way = person.via === 'browser' ? 'Browser' : person.number || 'Phone';
  const facts = [
    overPhone ? `${way}, and in the browser` : way,
    person.muted && person.mutedBy !== undefined ? mutedWords(person) : undefined,
    person.askedToUnmute ? 'asked to unmute …' : undefined,
    person.moving ? 'one moment, is being reconnected …' : undefined,
    person.onHold ? 'has us on hold' : undefined,
    person.held ? 'on hold' : undefined,
  ];
  return facts.filter((each) => each !== undefined).join(', ');
}

function Hand({ place }: { readonly place: number | undefined }) {
  const words = !place ? 'hand raised' : `hand raised, number ${place}`;
  return <State icon="hand" words={words} look="hand" mark={place} />;
}

/** Talking or muted; otherwise an empty place of the same width. */
function Speech({ person }: { readonly person: Participant }) {
  if (person.muted) return <State icon="microphone-off" words="muted" look="muted" />;
  if (person.talking) return <State icon="sound" words="talking" look="talks" />;
  return <span class="state" />;
}

function State(props: {
  readonly icon: IconName;
  readonly words: string;
  readonly look: string;
  readonly mark?: number | undefined;
}) {
  return (
    <span class={`state state-${props.look}`} title={props.words}>
      <Icon name={props.icon} />
      {props.mark !== undefined && (
        <span class="state-mark" aria-hidden="true">
          {props.mark}
        </span>
      )}
      <span class="hidden">{props.words}</span>
    </span>
  );
}

/** How long ago something began; ticks. */
export function Since({ ms }: { readonly ms: number }) {
  return <time>{formatDuration(nowMs.value - ms)}</time>;
}
