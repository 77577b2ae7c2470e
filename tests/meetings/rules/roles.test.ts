import { describe, expect, test } from 'vitest';
import { actorOn, isSeenBy, may, scopeFor } from '../../../meetings/rules/access.ts';
import type { Act, Seat, User } from '../../../meetings/rules/access.ts';
import { SCOPES } from '../../../meetings/rules/scopes.ts';
import type { Scope } from '../../../meetings/rules/scopes.ts';
import { seatOf } from '../../../meetings/rules/seats.ts';
import type { PersonRole } from '../../../protocol/http/people.ts';
import type { RoomId } from '../../../protocol/room/room.ts';

const room = 'm-abcdefghijklmnop' as RoomId;
const other = 'm-bbcdefghijklmnop' as RoomId;
const ROLES: readonly PersonRole[] = ['owner', 'moderator', 'participant', 'observer'];

function user(role: PersonRole, seat?: Seat, scopes?: readonly Scope[]): User {
  return {
    kind: 'user',
    by: scopes ? 'key' : 'session',
    personId: 'me',
    name: 'Ada',
    role,
    ...(seat && { seat: { room, as: seat } }),
    ...(scopes && { scopes }),
  };
}

/** Which roles may, and `seated`: moderators in meetings that are theirs. */
const HOUSE: readonly (readonly [Act, may: string, scope: Scope | 'none'])[] = [
  [{ kind: 'run' }, 'owner', 'system:write'],
  [{ kind: 'read' }, 'owner observer', 'system:read'],
  [{ kind: 'read-people' }, 'owner moderator observer', 'people:read'],
  [{ kind: 'run-people' }, 'owner', 'people:admin'],
  [{ kind: 'read-audit' }, 'owner observer', 'audit:read'],
  [{ kind: 'list-meetings' }, 'owner moderator observer', 'meetings:read'],
  [{ kind: 'make-meeting' }, 'owner moderator', 'meetings:write'],
  [{ kind: 'own-account' }, 'owner moderator participant observer', 'none'],
  [{ kind: 'own-keys' }, 'owner moderator observer', 'none'],
  [{ kind: 'own-meetings' }, 'owner moderator participant', 'none'],
];
const IN_A_MEETING: readonly (readonly [Act & { room: RoomId }, may: string, scope: Scope])[] = [
  [{ kind: 'read-meeting', room }, 'owner seated observer', 'meetings:read'],
  [{ kind: 'run-meeting', room }, 'owner seated', 'meetings:write'],
  [{ kind: 'watch', room }, 'owner seated observer', 'meetings:read'],
  [{ kind: 'moderate', room }, 'owner seated', 'rooms:control'],
  [{ kind: 'change-row', room, personId: 'me', fields: ['hand'] }, 'owner seated', 'rooms:control'],
  [{ kind: 'call-me', room, callMe: true }, 'owner seated', 'rooms:control'],
  [{ kind: 'cancel-call', room, personId: 'me' }, 'owner seated', 'rooms:control'],
];

describe.each(HOUSE)('%j', (act, who) => {
  test.each(ROLES)(`may be done by ${who}: %s`, (role) => {
    for (const seat of [undefined, 'owner', 'moderator', 'participant'] as const)
      expect(may(user(role, seat), act), String(seat)).toBe(who.split(' ').includes(role));
  });
});

describe.each(IN_A_MEETING)('%j', (act, who) => {
  const elsewhere = { ...act, room: other } as Act;
  const allowed = who.split(' ');
  test.each(ROLES)(`may be done by ${who}: %s`, (role) => {
    const always = allowed.includes(role);
    for (const seat of ['owner', 'moderator'] as const)
      expect(may(user(role, seat), act), seat).toBe(
        always || (role === 'moderator' && allowed.includes('seated')),
      );
    expect(may(user(role, 'participant'), act), 'as a participant').toBe(always);
    expect(may(user(role), act), 'without a seat').toBe(always);
    expect(may(user(role, 'moderator'), elsewhere), 'elsewhere').toBe(always);
  });
});

describe('a key', () => {
  const acts = [...HOUSE, ...IN_A_MEETING];
  test.each(acts)('for all but its scope does not do %j', (act, _, scope) => {
    expect(scopeFor(act)).toBe(scope);
    const others = SCOPES.filter((each) => each !== scope);
    expect(may(user('owner', 'owner', others), act)).toBe(false);
    expect(may(user('owner', 'owner', SCOPES), act)).toBe(scope !== 'none');
    if (scope !== 'none') expect(may(user('owner', undefined, [scope]), act)).toBe(true);
  });

  test('with every scope reaches no further than its person', () => {
    for (const [act] of acts)
      for (const role of ROLES)
        if (may(user(role, 'moderator', SCOPES), act))
          expect(may(user(role, 'moderator'), act), `${role} ${act.kind}`).toBe(true);
  });

  test('acts on rows as a program; its person at the console as a moderator', () => {
    expect(actorOn(user('owner', undefined, SCOPES), 'you')).toBe('program');
    expect(actorOn(user('moderator', 'owner'), 'you')).toBe('moderator');
  });
});

test('moderators see the meetings that are theirs to run; owners and observers all; participants none', () => {
  const seen = ROLES.map((role) =>
    (['owner', 'moderator', 'participant', undefined] as const).map((seat) =>
      isSeenBy(user(role), seat),
    ),
  );
  const all = [true, true, true, true];
  expect(seen).toEqual([all, [true, true, false, false], [false, false, false, false], all]);
});

test('who made a meeting owns it, whatever else it names them', () => {
  const members = [
    { personId: 'ada', role: 'participant' },
    { personId: 'ben', role: 'moderator' },
  ] as const;
  const seats = { owner: 'ada', members };
  expect(['ada', 'ben', 'cleo'].map((id) => seatOf(seats, id))).toEqual([
    'owner',
    'moderator',
    undefined,
  ]);
  expect(seatOf({}, 'ada')).toBeUndefined();
});
