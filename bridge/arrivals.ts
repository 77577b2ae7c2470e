import type { Admission, WhyRefused } from '../protocol/call/admission.ts';
import type { CallIdentity } from '../protocol/call/identity.ts';
import { masked } from '../protocol/call/masked.ts';
import type { NumberPolicy } from '../protocol/call/masked.ts';
import type { Role, RoomId } from '../protocol/room/room.ts';
import type { Who } from './members.ts';
import type { Standing } from './standing.ts';

/**
 * The last word on an admission, to be asked in the same breath as the place is taken: others may
 * have come, or the room been locked, while the rules were thinking.
 */
export function lastWord(
  admission: Admission,
  room: { readonly people: number; readonly locked: boolean },
): Admission {
  if (admission.kind !== 'join') return admission;
  // mod_conference would turn it away too, but with a sound and a call already answered.
  if (room.locked) return { kind: 'refuse', why: 'locked' };
  const full = admission.maxParticipants !== undefined && room.people >= admission.maxParticipants;
  return full ? { kind: 'refuse', why: 'full' } : admission;
}

/** Whether a leg was in its room before, at a node that it had to leave. */
export function isBack({ replaces }: CallIdentity, { insideSinceMs }: Standing): boolean {
  return replaces !== undefined && insideSinceMs !== undefined;
}

/**
 * What holds for those who come back: a lock, a full room and a lobby are for others. They stand as they
 * stood; only who may not be there at all any more stays out.
 */
export function backIn(
  said: Admission,
  stood: { readonly room: RoomId; readonly role: Role; readonly muted: boolean },
): Admission {
  const isOver = said.kind === 'refuse' && OVER.has(said.why);
  return isOver ? said : { kind: 'join', ...stood };
}

const OVER: ReadonlySet<WhyRefused> = new Set(['unknown', 'ended', 'banned']);

/** Who a leg is to those who see it. Its whole number goes no further than here. */
export function whoOf(identity: CallIdentity, role: Role, numbers: NumberPolicy): Who {
  const { name, number, via, personId, unnamed, device } = identity;
  return {
    name: unnamed === true ? masked(name, numbers) || STAND_IN : name,
    number: masked(number, numbers),
    via,
    role,
    ...(unnamed && { unnamed }),
    ...(personId === undefined ? {} : { personId }),
    ...(device === undefined ? {} : { device }),
  };
}

/** Of a caller without a name whose number is not shown either. */
const STAND_IN = 'Unnamed caller';

/** The caller as the reception came to know them: who they are and where they belong. */
export function recognised(
  identity: CallIdentity,
  found: {
    readonly room: RoomId;
    readonly role: Role;
    readonly person?: { readonly id: string; readonly name: string };
  },
): CallIdentity {
  const { room, role, person } = found;
  const { destination: before } = identity;
  const dialled = before.kind === 'reception' ? { dialled: before.dialled } : {};
  const destination = { kind: 'meeting', room, role, by: 'code', ...dialled } as const;
  if (person === undefined) return { ...identity, destination };
  const known = { ...identity, destination, name: person.name, personId: person.id };
  delete known.unnamed;
  return known;
}

/** The room and role a caller is on the way to; the reception does not know them yet, the echo test has none. */
export function boundFor({
  destination,
}: CallIdentity): { readonly room: RoomId; readonly role: Role } | undefined {
  return 'room' in destination ? destination : undefined;
}

/** Nobody knows this caller's name: neither an account nor a personal code nor they told it. */
export function isNameless({ unnamed, account, personId }: CallIdentity): boolean {
  return unnamed === true && account === undefined && personId === undefined;
}
