import { computed, signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import type { Participant, ParticipantId, RoomId } from '../../protocol/room/room.ts';
import { handQueue } from '../../protocol/room/rows.ts';
import { inOrder } from '../feed/people.ts';
import type { FeedState } from '../feed/state.ts';
import { EVERYBODY, fitting, sameOr, sorted, steady, traitCounts } from '../room/crowd.ts';
import type { CrowdView, Trait } from '../room/crowd.ts';
import { allOrNone, extended, noneSelected, present, toggled } from '../room/selection.ts';
import type { Selection } from '../room/selection.ts';
import { TalkLog } from '../room/talk-log.ts';
import { currentTongue } from '../words/words.ts';

type Ids = readonly ParticipantId[];

/** What somebody looks at of one room: whom, in which order, who is selected, whose details. */
export class RoomList {
  readonly room: RoomId;
  readonly view: Signal<CrowdView> = signal(EVERYBODY);
  readonly selecting = signal(false);
  readonly details = signal<ParticipantId | undefined>(undefined);
  /** A hand is over the list: rows stay where they are. */
  readonly held = signal(false);
  readonly talks = new TalkLog();
  /** Everybody inside, by arrival. */
  readonly people: ReadonlySignal<readonly Participant[]>;
  /** Those who are to be seen, in order. The same list while nobody comes, goes or moves in it. */
  readonly ids: ReadonlySignal<Ids>;
  readonly counts: ReadonlySignal<Readonly<Record<Trait, number>>>;
  readonly total: ReadonlySignal<number>;
  readonly selected: ReadonlySignal<ReadonlySet<ParticipantId>>;
  readonly #selection = signal<Selection<ParticipantId>>(noneSelected());
  readonly #byId: ReadonlySignal<ReadonlyMap<ParticipantId, Participant>>;
  readonly #hands: ReadonlySignal<ReadonlyMap<ParticipantId, number>>;
  readonly #feed: ReadonlySignal<FeedState>;
  #shown: Ids = [];

  constructor(room: RoomId, feed: ReadonlySignal<FeedState>) {
    this.room = room;
    this.#feed = feed;
    const live = computed(() => feed.value.rooms.get(room));
    this.people = computed(() => {
      const people = inOrder(live.value);
      this.talks.look(people, Date.now());
      return people;
    });
    this.#byId = computed(() => new Map(this.people.value.map((person) => [person.id, person])));
    this.#hands = computed(() => {
      const queue = live.value ? handQueue(live.value) : [];
      return new Map(queue.map(({ id }, n) => [id, n + 1]));
    });
    this.ids = computed(() => this.#order());
    this.total = computed(() => this.people.value.length);
    let counts = traitCounts([]);
    this.counts = computed(() => {
      const now = traitCounts(this.people.value);
      const same = (Object.keys(now) as Trait[]).every((trait) => now[trait] === counts[trait]);
      return same ? counts : (counts = now);
    });
    let chosen: ReadonlySet<ParticipantId> = new Set();
    this.selected = computed(() => {
      const { ids } = present(this.#selection.value, (id) => this.#byId.value.has(id));
      const same = ids.size === chosen.size && [...ids].every((id) => chosen.has(id));
      return same ? chosen : (chosen = ids);
    });
  }

  person(id: ParticipantId): Participant | undefined {
    return this.#byId.value.get(id);
  }

  /** Place in the queue of hands, from 1; 0: no hand is up. */
  handPlace(id: ParticipantId): number {
    return this.#hands.value.get(id) ?? 0;
  }

  /** A browser's sound is carried by this phone. */
  isOverPhone(person: Participant): boolean {
    if (person.via !== 'phone') return false;
    const all = this.#feed.value.rooms.get(this.room)?.people.values() ?? [];
    return [...all].some(({ audioBy }) => audioBy === person.id);
  }

  toggleTrait(trait: Trait): void {
    const traits = new Set(this.view.peek().traits);
    if (!traits.delete(trait)) traits.add(trait);
    this.view.value = { ...this.view.peek(), traits };
  }

  showEverybody(): void {
    this.view.value = { ...EVERYBODY, order: this.view.peek().order };
  }

  /** `range`: with shift, from the one before. */
  select(id: ParticipantId, range: boolean): void {
    const now = this.#selection.peek();
    this.#selection.value = range ? extended(now, id, this.ids.peek()) : toggled(now, id);
  }

  selectAll(): void {
    this.selecting.value = true;
    this.#selection.value = allOrNone(this.#selection.peek(), this.ids.peek());
  }

  /** Nobody is selected any more, and no boxes are shown. */
  stopSelecting(): void {
    this.selecting.value = false;
    this.#selection.value = noneSelected();
  }

  selectedPeople(): readonly Participant[] {
    const ids = this.selected.peek();
    return this.people.peek().filter(({ id }) => ids.has(id));
  }

  #order(): Ids {
    const view = this.view.value;
    const people = sorted(fitting(this.people.value, view), view.order, {
      talkedAtMs: (id) => this.talks.beganMs(id),
      locale: currentTongue().locale,
    });
    const now = people.map(({ id }) => id);
    const moves = view.order === 'talked' && this.held.value;
    this.#shown = sameOr(this.#shown, moves ? steady(this.#shown, now) : now);
    return this.#shown;
  }
}
