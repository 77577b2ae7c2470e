import type { ComponentChildren } from 'preact';
import type { Participant } from '../../protocol/room/room.ts';
import { words } from '../words/words.ts';
import { nowMs } from './clock.ts';
import { formatDuration, initials, leftToRight } from './format.ts';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';
import { slotProps } from './row-slots.ts';
import type { RowSlot } from './row-slots.ts';
import { SoundBars } from './sound-bars.tsx';

export interface PersonProps {
  readonly person: Participant;
  /** This is oneself. */
  readonly own?: boolean;
  /** They are here in a browser, and speak over this phone. */
  readonly overPhone?: boolean;
  /** In the place of the name, while it is being changed. */
  readonly naming?: ComponentChildren;
  /** After the name and its badges: what changes it. */
  readonly beside?: ComponentChildren;
  /** Place in the queue of hands, from 1. */
  readonly place?: number;
  /** Buttons for this person. */
  readonly actions?: ComponentChildren;
  /** In the place of the lamp: what selects the row. */
  readonly lead?: ComponentChildren;
  readonly selected?: boolean;
  /** Makes a button of the name. */
  readonly details?: { readonly label: string; readonly onOpen: () => void };
  /** How well they are received, where it is measured. */
  readonly sound?: boolean;
  /** Where it stands in a list that is too long to be in the page. */
  readonly slot?: RowSlot;
}

/** One lamp on the line: who it is, how they came, whether they speak or are muted. */
export function Person(props: PersonProps) {
  const { person, place, actions, slot, lead } = props;
  return (
    <li class={classesOf(props)} data-person={person.id} {...(slot && slotProps(slot))}>
      {lead ?? (
        <span class="lamp" aria-hidden="true">
          {person.unnamed ? <Icon name="phone" /> : initials(person.name)}
        </span>
      )}
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
        {person.wantsHelp && (
          <State icon="help" words={words('shared').inRoom.asksForHelp} look="help" />
        )}
        {person.hand && <Hand place={place} />}
        {props.sound === true && person.quality && <SoundBars quality={person.quality} />}
        <Speech person={person} />
      </span>
      {actions !== undefined && <span class="person-actions">{actions}</span>}
    </li>
  );
}

function Name({ person, own = false, naming, beside, details }: PersonProps) {
  const { inRoom } = words('shared');
  if (naming !== undefined) return <span class="person-name">{naming}</span>;
  const name = <bdi class={person.unnamed ? 'person-unnamed' : undefined}>{person.name}</bdi>;
  return (
    <span class="person-name">
      {details ? (
        <button
          type="button"
          class="person-details"
          aria-label={details.label}
          aria-haspopup="dialog"
          onClick={details.onOpen}
        >
          {name}
        </button>
      ) : (
        name
      )}
      {own && <span class="badge">{inRoom.you}</span>}
      {person.unnamed && <span class="badge badge-unnamed">{inRoom.unnamed}</span>}
      {person.role === 'moderator' && <Moderator />}
      {beside}
    </span>
  );
}

/** On a narrow screen only the star stays. */
function Moderator() {
  const { moderator } = words('shared').inRoom;
  return (
    <span class="badge badge-role" title={moderator}>
      <Icon name="star" />
      <span class="badge-words">{moderator}</span>
    </span>
  );
}

function classesOf({ person, selected = false, lead }: PersonProps): string {
  const looks = [
    person.talking && !person.muted && 'person-talks',
    person.muted && 'person-muted',
    selected && 'person-selected',
    lead !== undefined && 'person-led',
  ];
  return ['person', ...looks.filter((look) => look !== false)].join(' ');
}

function via(person: Participant, overPhone: boolean): string {
  const { inRoom } = words('shared');
  const way =
    person.via === 'browser' ? inRoom.browser : leftToRight(person.number) || inRoom.phone;
  const facts = [
    overPhone ? inRoom.andBrowser(way) : way,
    person.muted && person.mutedBy !== undefined ? inRoom.mutedBy[person.mutedBy] : undefined,
    person.askedToUnmute ? inRoom.askedToUnmute : undefined,
    person.moving ? inRoom.moving : undefined,
    person.onHold ? inRoom.hasUsOnHold : undefined,
    person.held ? inRoom.onHold : undefined,
    person.deaf ? inRoom.deaf : undefined,
  ];
  return facts.filter((each) => each !== undefined).join(', ');
}

function Hand({ place }: { readonly place: number | undefined }) {
  const { inRoom } = words('shared');
  const said = !place ? inRoom.handRaised : inRoom.handPlace(place);
  return <State icon="hand" words={said} look="hand" mark={place} />;
}

/** Talking or muted; otherwise an empty place of the same width. */
function Speech({ person }: { readonly person: Participant }) {
  const { inRoom } = words('shared');
  if (person.muted) return <State icon="microphone-off" words={inRoom.muted} look="muted" />;
  if (person.talking) return <State icon="sound" words={inRoom.talking} look="talks" />;
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
