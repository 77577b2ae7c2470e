import { expect, test } from 'vitest';
import { nameIn, roleIn } from '../../../meetings/rules/vouching.ts';
import type { RoleRules } from '../../../meetings/rules/vouching.ts';

const rules: RoleRules = {
  roleClaim: 'groups',
  roles: [
    ['viewers', 'observer'],
    ['staff', 'moderator'],
    ['admins', 'owner'],
  ],
};

const cases: readonly (readonly [string, object, Partial<RoleRules>, string | undefined])[] = [
  ['a text', { groups: 'staff' }, {}, 'moderator'],
  ['the highest of several', { groups: ['viewers', 'admins', 'staff'] }, {}, 'owner'],
  ['none that is known', { groups: ['others'] }, {}, undefined],
  [
    'none that is known, with a role for all others',
    { groups: [] },
    { otherwise: 'participant' },
    'participant',
  ],
  [
    'a known one above that for all others',
    { groups: ['admins'] },
    { otherwise: 'observer' },
    'owner',
  ],
  [
    'inside another',
    { realm_access: { roles: ['staff'] } },
    { roleClaim: 'realm_access.roles' },
    'moderator',
  ],
  [
    'of a name with dots',
    { 'https://id.example/roles': ['staff'] },
    { roleClaim: 'https://id.example/roles' },
    'moderator',
  ],
  ['of no text', { groups: { staff: true } }, {}, undefined],
  [
    'of an object’s own words',
    { groups: ['constructor'] },
    { roleClaim: '__proto__.constructor' },
    undefined,
  ],
  ['absent', {}, {}, undefined],
];
test.each(cases)('the role by a claim that is %s', (_, claims, more, role) => {
  expect(roleIn(claims as Record<string, unknown>, { ...rules, ...more })).toBe(role);
});

test.each([
  [{ name: ' Ada Lovelace ' }, 'Ada Lovelace'],
  [{ name: '', preferred_username: 'ada' }, 'ada'],
  [{ name: '<b>Ada</b>', email: 'ada@example.org' }, 'ada@example.org'],
  [{ name: 7 }, 'Somebody'],
])('of %j the name is %s', (claims, name) => {
  expect(nameIn(claims)).toBe(name);
});
