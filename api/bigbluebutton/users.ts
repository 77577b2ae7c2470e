import type { Participant, Room, Via } from '../../protocol/room/room.ts';
import { rowsOf } from '../../protocol/room/rows.ts';
import { digestLetters, internalUserId } from './names.ts';
import type { BbbPerson } from './shelf.ts';

/** Somebody inside, as BigBlueButton sees people: once, with all their legs. */
export interface BbbUser {
  readonly internalID: string;
  /** As the client named them, else as `internalID`. */
  readonly userID: string;
  readonly name: string;
  readonly role: 'MODERATOR' | 'VIEWER';
  readonly via: Via;
  readonly muted: boolean;
  readonly talking: boolean;
  readonly handRaised: boolean;
  /** Masked; empty for browsers. */
  readonly number: string;
  /** They are muted and may not unmute themselves. */
  readonly listeningOnly: boolean;
  readonly customData: Readonly<Record<string, string>>;
}

/** Everybody inside by their internal ids, those in the lobby not. `people` are those who came by a `join`. */
export function usersOf(
  room: Room | undefined,
  listenOnly: boolean,
  people: ReadonlyMap<string, BbbPerson>,
): ReadonlyMap<string, BbbUser> {
  if (room === undefined) return new Map();
  const inside = rowsOf(room).filter(({ state }) => state === 'joined');
  const users = inside.map((row) => userOf(room, row, { listenOnly, people }));
  return new Map(users.map((user) => [user.internalID, user]));
}

function userOf(
  room: Room,
  row: Participant,
  known: { readonly listenOnly: boolean; readonly people: ReadonlyMap<string, BbbPerson> },
): BbbUser {
  const { personId, via, role, muted } = row;
  const person = personId === undefined ? undefined : known.people.get(digestLetters(personId));
  // Who came by a join is a web user, over whatever they speak.
  const isWeb = person !== undefined || via === 'browser';
  const internalID = internalUserId(room.id, personId ?? row.id, isWeb ? 'w' : 'v');
  return {
    internalID,
    ...namesOf(row, internalID, person),
    role: role === 'moderator' ? 'MODERATOR' : 'VIEWER',
    via,
    muted,
    talking: row.talking,
    handRaised: row.hand,
    number: row.number,
    listeningOnly: known.listenOnly && muted && role === 'participant',
  };
}

/** As the client named them, unless somebody gave them another name here. */
function namesOf(
  { name }: Participant,
  internalID: string,
  person: BbbPerson | undefined,
): Pick<BbbUser, 'userID' | 'name' | 'customData'> {
  if (person === undefined) return { userID: internalID, name, customData: {} };
  return {
    userID: person.userID ?? internalID,
    name: person.name === name ? person.fullName : name,
    customData: person.customData,
  };
}
