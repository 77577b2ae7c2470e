import { qualityWord } from '../../protocol/room/quality.ts';
import type { Participant, ParticipantId } from '../../protocol/room/room.ts';

/** What people can be looked for by, beside their name. */
export const TRAITS = [
  'talking',
  'hand',
  'help',
  'muted',
  'unmuted',
  'phone',
  'browser',
  'poor',
] as const;
export type Trait = (typeof TRAITS)[number];

export const ORDERS = ['joined', 'name', 'talked'] as const;
export type Order = (typeof ORDERS)[number];

/** Whom of a crowd somebody wants to see, and in which order. */
export interface CrowdView {
  /** Part of a name, or digits of a number as it is shown. */
  readonly search: string;
  /** All of them must hold. */
  readonly traits: ReadonlySet<Trait>;
  readonly order: Order;
}

export const EVERYBODY: CrowdView = { search: '', traits: new Set(), order: 'joined' };

export function isNarrowed({ search, traits }: CrowdView): boolean {
  return search.trim() !== '' || traits.size > 0;
}

export function hasTrait(person: Participant, trait: Trait): boolean {
  switch (trait) {
    case 'talking':
      return person.talking && !person.muted;
    case 'hand':
      return person.hand;
    case 'help':
      return person.wantsHelp === true;
    case 'muted':
      return person.muted;
    case 'unmuted':
      return !person.muted;
    case 'poor':
      return person.quality !== undefined && isPoor(person.quality);
    default:
      return person.via === trait;
  }
}

function isPoor(quality: NonNullable<Participant['quality']>): boolean {
  const word = qualityWord(quality);
  return word === 'poor' || word === 'bad';
}

/** Who fits, in the order that they came in. */
export function fitting(
  people: readonly Participant[],
  { search, traits }: CrowdView,
): readonly Participant[] {
  const sought = plain(search.trim());
  return people.filter(
    (person) => hasWords(person, sought) && [...traits].every((trait) => hasTrait(person, trait)),
  );
}

/** Letters without their accents, in small. */
function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

function hasWords({ name, number }: Participant, sought: string): boolean {
  if (sought === '') return true;
  const digits = sought.replace(/[\s().-]/g, '');
  return (
    plain(name).includes(sought) ||
    (/^[+…\d]+$/u.test(digits) && number.replace(/[\s().-]/g, '').includes(digits))
  );
}

/** How many have each trait. */
export function traitCounts(people: readonly Participant[]): Readonly<Record<Trait, number>> {
  const counted = TRAITS.map((trait) => [
    trait,
    people.filter((person) => hasTrait(person, trait)).length,
  ]);
  return Object.fromEntries(counted) as Record<Trait, number>;
}

/**
 * `people` are in the order of their arrival. Who talked last is first by `talkedAtMs`, when they
 * began to; whoever never did stays behind, by arrival.
 */
export function sorted(
  people: readonly Participant[],
  order: Order,
  by: {
    readonly talkedAtMs: (id: ParticipantId) => number | undefined;
    readonly locale: string;
  },
): readonly Participant[] {
  switch (order) {
    case 'joined':
      return people;
    case 'name': {
      const { compare } = new Intl.Collator(by.locale, { numeric: true, sensitivity: 'base' });
      return people.toSorted((a, b) => compare(a.name, b.name));
    }
    case 'talked': {
      const at = new Map(people.map(({ id }) => [id, by.talkedAtMs(id) ?? 0]));
      return people.toSorted((a, b) => (at.get(b.id) ?? 0) - (at.get(a.id) ?? 0));
    }
  }
}

/** As it was, for a list that somebody is about to click in: who left is gone, who came is last. */
export function steady<T>(before: readonly T[], now: readonly T[]): readonly T[] {
  const [known, present] = [new Set(before), new Set(now)];
  return [...before.filter((each) => present.has(each)), ...now.filter((each) => !known.has(each))];
}

/** The very same list where nothing changed. */
export function sameOr<T>(before: readonly T[], now: readonly T[]): readonly T[] {
  const same = before.length === now.length && before.every((each, n) => each === now[n]);
  return same ? before : now;
}
