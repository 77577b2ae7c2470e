import type { ParticipantId } from '../protocol/room/room.ts';
import type { Member } from './members.ts';
import { handedOver, withOwnWish } from './standing.ts';
import type { Standing, StandingPatch } from './standing.ts';

/** For each leg whose sound another leg of the same person carries: that other leg. */
export type Carriers = ReadonlyMap<ParticipantId, ParticipantId>;

type Inside = ReadonlyMap<ParticipantId, Member>;

/**
 * Where one person is in a room with several legs and one of them is a phone, the phone that came
 * last carries; browsers alone are each their own.
 */
export function carriersIn(inside: Inside): Carriers {
  const carriers = new Map<ParticipantId, ParticipantId>();
  for (const legs of byPerson(inside).values()) {
    const phones = legs.filter(({ row }) => row.via === 'phone');
    // FreeSWITCH numbers members in the order they came.
    const [carrier] = phones.toSorted((a, b) => b.memberId - a.memberId);
    if (carrier === undefined) continue;
    for (const { row } of legs) if (row.id !== carrier.row.id) carriers.set(row.id, carrier.row.id);
  }
  return carriers;
}

function byPerson(inside: Inside): ReadonlyMap<string, readonly Member[]> {
  const persons = new Map<string, Member[]>();
  for (const member of inside.values()) {
    const { personId } = member.row;
    if (personId === undefined) continue;
    const legs = persons.get(personId);
    if (legs === undefined) persons.set(personId, [member]);
    else legs.push(member);
  }
  return new Map([...persons].filter(([, legs]) => legs.length > 1));
}

export interface Move {
  readonly leg: ParticipantId;
  readonly patch: StandingPatch;
}

/**
 * What changes for legs whose sound moves. `before` may name a carrier that has just left, whose
 * standing is still known: its person goes on as they were on the phone.
 */
export function moves(
  { before, now }: { readonly before: Carriers; readonly now: Carriers },
  inside: Inside,
  standingOf: (leg: ParticipantId) => Standing,
): readonly Move[] {
  const silenced = [...now].flatMap(([leg, carrier]) =>
    silence(inside, { leg, carrier }, standingOf),
  );
  const restored = [...inside.keys()].flatMap((leg) =>
    now.has(leg) ? [] : restore({ leg, carrier: before.get(leg) }, standingOf),
  );
  return [...silenced, ...restored];
}

function silence(
  inside: Inside,
  { leg, carrier }: { readonly leg: ParticipantId; readonly carrier: ParticipantId },
  standingOf: (leg: ParticipantId) => Standing,
): readonly Move[] {
  const silenced = inside.get(leg);
  const standing = standingOf(leg);
  // So since before we started, perhaps: the carrier has gone on by itself since.
  if (silenced === undefined || standing.carried) return [];
  const wish = withOwnWish(standing.wish, silenced.row);
  const own: Move = { leg, patch: { wish, carried: true } };
  // A leg that comes to a phone that is there already changes nothing about the person.
  if ((inside.get(carrier)?.memberId ?? 0) < silenced.memberId) return [own];
  const over = handedOver({ ...standing, wish }, standingOf(carrier));
  return [
    { leg: carrier, patch: over },
    { leg, patch: { ...own.patch, handAtMs: undefined, wantsHelp: undefined } },
  ];
}

function restore(
  { leg, carrier }: { readonly leg: ParticipantId; readonly carrier: ParticipantId | undefined },
  standingOf: (leg: ParticipantId) => Standing,
): readonly Move[] {
  const standing = standingOf(leg);
  if (!standing.carried) return [];
  const back = carrier === undefined ? {} : handedOver(standingOf(carrier), standing);
  return [{ leg, patch: { ...back, carried: undefined } }];
}
