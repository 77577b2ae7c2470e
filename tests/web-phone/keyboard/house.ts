import { ROOM } from '../support/people.ts';
import { BEN, ELSEWHERE, KEY } from '../support/people-scenes.ts';
import { account, trunk } from '../support/scenes.ts';
import { PAUSED, WELL } from '../support/webhook-scenes.ts';
import type { Journey } from './deed.ts';
import { from } from './from-shot.ts';

const PASSWORD = { ...BEN, oneTimePassword: 'once' };
const ENDED = { type: 'about:blank', title: 'Ended', status: 409, detail: 'It has ended.' };
const SETTINGS = account({ password: 'Xk4-tQ9w-77mPz' });

const TELEPHONES: readonly Journey[] = [
  {
    name: 'a desk phone is added, and its settings copied',
    place: 'console phones',
    start: from('console-phones-empty', { 'POST /accounts': [201, SETTINGS] }),
    deeds: [
      { at: 'button Add the first one', sees: { dialog: 'Add a phone' } },
      { at: 'button Close', sees: { focus: 'button Add the first one' } },
      { at: 'button Add a phone', sees: { dialog: 'Add a phone' } },
      { at: 'textbox Whose phone, or where', types: 'Reception' },
      { at: 'textbox User name', types: 'reception' },
      { at: 'button Create', sees: { text: 'Type this' } },
      { at: 'tab snom' },
      { at: 'button Copy settings', also: ['button Copy *'], sees: { text: ': Copied' } },
      { at: 'summary *' },
      { at: 'button Save *', sees: { focus: 'button Save *' } },
      { at: 'tab Linphone', also: ['tab *'] },
      { at: 'button Done', sees: { focus: '*' } },
    ],
  },
  {
    name: 'a desk phone is changed, has a new password, and is deleted and had back',
    place: 'console phones',
    start: from('phones-list', {
      'PATCH /accounts/reception': [200, account()],
      'POST /accounts/reception/rotate': [200, SETTINGS],
      'DELETE /accounts/201': [204],
    }),
    deeds: [
      {
        at: 'button Change reception',
        also: ['button Change *'],
        sees: { dialog: 'Phone “reception”' },
      },
      { at: 'textbox Whose phone, or where', types: ' West' },
      { at: 'textbox Extension', types: '21' },
      { at: 'combobox Which person' },
      { at: 'button Save', sees: { asks: 'PATCH /accounts/reception' } },
      {
        at: 'button New password for reception',
        also: ['button New password for *'],
        sees: { dialog: 'A new password for “reception”?' },
      },
      { at: 'button Make a new password', sees: { next: 'Settings for “reception”' } },
      { at: 'button Done', sees: { focus: 'button New password for reception' } },
      {
        at: 'button Delete 201',
        also: ['button Delete *'],
        sees: { asks: 'DELETE /accounts/201' },
      },
      { at: 'button Undo', sees: { asks: 'POST /accounts/201/restore' } },
    ],
  },
  {
    name: 'a trunk is added',
    place: 'console trunks',
    start: from('house-no-trunks', { 'POST /trunks': [201, trunk()] }),
    deeds: [
      { at: 'button Add the first one', sees: { dialog: 'New trunk' } },
      { at: 'button Close', sees: { focus: 'button Add the first one' } },
      { at: 'button Add a trunk', sees: { dialog: 'New trunk' } },
      { at: 'textbox Name', types: 'provider' },
      { at: 'textbox Server', types: 'sip.example.org:5060' },
      { at: 'combobox Transport' },
      { at: 'textbox User name (optional)', types: 'party' },
      { at: 'textbox Password', types: 'secret' },
      { at: 'checkbox Register with the provider' },
      { at: 'textbox Its calls come from', types: '192.0.2.1' },
      { at: 'textbox Numbers that reach us', types: '+4930901234 Berlin de' },
      { at: 'checkbox Believe the callers’ numbers that it tells' },
      { at: 'checkbox Meetings may call out by it' },
      { at: 'textbox Number shown to those we call (optional)', types: '+4930901234' },
      { at: 'button Create', sees: { asks: '* /trunks*' } },
    ],
  },
  {
    name: 'a trunk is tested, changed and deleted',
    place: 'console trunks',
    start: from('trunk-tested', {
      'PUT /trunks/provider': [200, trunk()],
      'DELETE /trunks/house': [204],
    }),
    deeds: [
      {
        at: 'button Test provider',
        also: ['button Test *'],
        sees: { asks: 'POST /trunks/provider/test' },
      },
      {
        at: 'button Change provider',
        also: ['button Change *'],
        sees: { dialog: 'Trunk “provider”' },
      },
      { at: 'button Save', sees: { focus: 'button Change provider' } },
      {
        at: 'button Delete house',
        also: ['button Delete *'],
        sees: { dialog: 'Delete the trunk “house”?' },
      },
      { at: 'button Delete', sees: { asks: 'DELETE /trunks/house' } },
    ],
  },
];

const PEOPLE: readonly Journey[] = [
  {
    name: 'somebody is added, and shown a way in',
    place: 'console people',
    start: from('people-list', { 'POST /people': [201, PASSWORD] }),
    deeds: [
      { at: 'button Add somebody', sees: { dialog: 'Add somebody' } },
      { at: 'textbox Name', types: 'Ben Okri' },
      { at: 'textbox Name they sign in with', types: 'ben' },
      { at: 'combobox Role' },
      { at: 'button Add', sees: { next: 'A way in for Ben Okri' } },
      { at: 'button Copy one-time password', sees: { text: ': Copied' } },
      { at: 'button Done', sees: { focus: 'button Add somebody' } },
    ],
  },
  {
    name: 'somebody is changed, given a new password, and deleted',
    place: 'console people',
    start: from('people-list', {
      'GET /accounts': [200, [account(), account({ username: 'desk-2', name: 'Desk 2' })]],
      [`PATCH /people/${BEN.id}`]: [200, BEN],
      [`POST /people/${BEN.id}/reset`]: [200, PASSWORD],
      [`DELETE /people/${BEN.id}`]: [204],
    }),
    deeds: [
      { at: 'button Change Ben Okri', also: ['button Change *'], sees: { dialog: 'Ben Okri' } },
      { at: 'checkbox May sign in' },
      { at: 'button Save', sees: { asks: `PATCH /people/${BEN.id}` } },
      {
        at: 'button New password for Ben Okri',
        also: ['button New password for *'],
        sees: { dialog: 'A new one-time password for Ben Okri?' },
      },
      { at: 'button Reset', sees: { next: 'A way in for Ben Okri' } },
      { at: 'button Done', sees: { focus: 'button New password for Ben Okri' } },
      {
        at: 'button Delete Ben Okri',
        also: ['button Delete *'],
        sees: { dialog: 'Delete the account of Ben Okri?' },
      },
      { at: 'button Delete', sees: { asks: `DELETE /people/${BEN.id}` } },
    ],
  },
  {
    name: 'somebody is found, and given a desk phone',
    place: 'console people',
    start: from('comfort-people', { 'GET /accounts': [200, [account()]] }),
    deeds: [
      { at: 'textbox Find somebody', keys: ['Backspace'] },
      { at: 'button Change Person 1', sees: { dialog: 'Person 1' } },
      {
        at: 'checkbox Reception*',
        also: ['checkbox Desk 2*'],
        // The list that is looked at after it says what it did before.
        sees: { asks: 'PATCH /accounts/*' },
      },
    ],
  },
];

const PROGRAMS: readonly Journey[] = [
  {
    name: 'a key is made and revoked',
    place: 'console keys',
    start: from('people-keys', {
      'POST /keys': [201, { ...KEY, key: `plk_${'x'.repeat(43)}` }],
      [`DELETE /keys/${KEY.id}`]: [204],
    }),
    deeds: [
      { at: 'link the API', keys: [], sees: { focus: 'link the API' } },
      { at: 'button Make a key', sees: { dialog: 'Make a key' } },
      { at: 'textbox Which program', types: 'Calendar' },
      { at: 'combobox Good for' },
      { at: 'checkbox See meetings and who is in them', also: ['checkbox *'] },
      { at: 'checkbox Make, change and end meetings' },
      { at: 'button Make', sees: { next: 'The key “Calendar”' } },
      { at: 'button Copy key', sees: { text: ': Copied' } },
      { at: 'button Done', sees: { focus: 'button Make a key' } },
      { at: 'button Revoke Calendar', sees: { dialog: 'Revoke the key “Calendar”?' } },
      { at: 'button Revoke', sees: { asks: `DELETE /keys/${KEY.id}` } },
    ],
  },
  {
    name: 'a webhook is added',
    place: 'console webhooks',
    start: from('house-webhooks'),
    deeds: [
      { at: 'button Add a webhook', sees: { dialog: 'Add a webhook' } },
      { at: 'textbox Address', types: 'https://example.org/' },
      { at: 'checkbox All events' },
      { at: 'checkbox participant.joined', also: ['checkbox *'] },
      { at: 'button Add', sees: { next: 'The webhook’s secret' } },
      { at: 'button Copy the secret', sees: { text: ': Copied' } },
      { at: 'button Done', sees: { focus: 'button Add a webhook' } },
    ],
  },
  {
    name: 'a webhook is tested, looked into, paused, given a secret and deleted',
    place: 'console webhooks',
    start: from('house-webhooks', {
      [`POST /webhooks/${WELL.id}/rotate`]: [200, { ...WELL, secret: 'whsec_new' }],
      [`DELETE /webhooks/${WELL.id}`]: [204],
    }),
    deeds: [
      {
        at: 'button Test',
        also: ['button Test*'],
        sees: { asks: `POST /webhooks/${WELL.id}/test` },
      },
      { at: 'button Log', also: ['button Log*'], sees: { dialog: 'What was sent' } },
      {
        at: 'button Send again: Message 16*',
        also: ['button Send again*'],
        sees: { asks: `POST /webhooks/${WELL.id}/deliveries/2/replay` },
      },
      { at: 'button Close', sees: { focus: 'button Log*' } },
      {
        at: 'button Resume',
        also: ['button Resume*'],
        sees: { asks: `PATCH /webhooks/${PAUSED.id}` },
      },
      { at: 'button Pause', also: ['button Pause*'], sees: { asks: `PATCH /webhooks/*` } },
      {
        at: 'button New secret',
        also: ['button New secret*'],
        sees: { dialog: 'Make a new secret?' },
      },
      { at: 'button Make it', sees: { next: 'The webhook’s secret' } },
      { at: 'button Done', sees: { focus: 'button New secret*' } },
      {
        at: `button Delete ${PAUSED.url}`,
        also: ['button Delete *'],
        sees: { text: 'is told nothing any more' },
      },
    ],
  },
];

const WATCHED: readonly Journey[] = [
  {
    name: 'an alarm is lifted',
    place: 'console alarms',
    start: from('alarms'),
    deeds: [
      {
        at: 'button Lift: Wrong codes*',
        also: ['button Lift: *'],
        sees: { asks: 'DELETE /alarms/*' },
      },
      { at: 'button Forget*', sees: { asks: 'DELETE /alarms/*' } },
      { at: 'link Who was kept out*', sees: { focus: 'h1 Bans' } },
    ],
  },
  {
    name: 'somebody is banned from every meeting, and a ban lifted',
    place: 'console bans',
    start: from('bans'),
    deeds: [
      { at: 'button Ban somebody', sees: { dialog: 'Ban from every meeting' } },
      { at: 'combobox Whom', keys: ['ArrowDown', 'ArrowUp'], sees: { focus: 'combobox Whom' } },
      { at: 'textbox Number', types: '+4930901234' },
      { at: 'textbox Name*', types: 'Nuisance' },
      { at: 'combobox For how long' },
      { at: 'button Ban', sees: { asks: 'POST /bans' } },
      {
        at: 'button Lift the ban of Nuisance caller',
        also: ['button Lift the ban of *'],
        sees: { gone: 'button Lift the ban of Nuisance caller' },
      },
      { at: 'link In “Monday round”', also: ['link In “*”'], sees: { focus: 'h2 Monday round' } },
    ],
  },
  {
    name: 'the audit log is narrowed, checked and saved',
    place: 'console audit',
    start: from('house-audit'),
    deeds: [
      { at: 'link CSV', keys: [], sees: { focus: 'link CSV' } },
      { at: 'link JSON lines', keys: [], sees: { focus: 'link JSON lines' } },
      { at: 'button Check the chain', sees: { asks: 'GET /audit/verify' } },
      { at: 'textbox Who', types: 'admin' },
      { at: 'textbox What', types: 'lock' },
      { at: 'combobox Outcome' },
    ],
  },
  {
    name: 'a session is searched for',
    place: 'console history',
    start: from('history'),
    deeds: [
      { at: 'textbox Somebody who was there', types: 'Ada' },
      { at: 'button Search', sees: { asks: 'GET /history' } },
      { at: 'link Weekly round*', also: ['link *'], sees: { text: 'Thin: there' } },
    ],
  },
  {
    name: 'a session is looked at and forgotten',
    place: 'console session',
    start: from('history-session'),
    deeds: [
      {
        at: 'region Who was there',
        also: ['div Who was there'],
        keys: ['ArrowRight'],
        sees: { focus: 'region Who was there' },
      },
      { at: 'link CSV', keys: [], sees: { focus: 'link CSV' } },
      { at: 'link JSON', keys: [], sees: { focus: 'link JSON' } },
      { at: 'button Forget this session', sees: { dialog: 'Forget this session?' } },
      { at: 'button Cancel', sees: { focus: 'button Forget this session' } },
      { at: 'link History', sees: { focus: 'h1 History' } },
    ],
  },
  {
    name: 'a FreeSWITCH is emptied, and takes rooms again',
    place: 'console system',
    start: from('system-troubled'),
    deeds: [
      { at: 'button Copy the state of the system', sees: { text: ': Copied' } },
      {
        at: 'button Empty 10.0.0.5:8021',
        also: ['button Empty *'],
        sees: { dialog: 'Empty 10.0.0.5:8021?' },
      },
      { at: 'button Let them end', sees: { asks: 'POST *' } },
      { at: 'button Empty 10.0.0.5:8021', sees: { dialog: 'Empty 10.0.0.5:8021?' } },
      { at: 'button Move them now', sees: { asks: 'POST *' } },
      { at: 'button Let it take rooms: *', sees: { asks: '* *' } },
    ],
  },
  {
    name: 'somebody changes their password and signs out elsewhere',
    place: 'console me',
    start: from('house-me', { [`POST /me/meetings/${ROOM}/ticket`]: [409, ENDED] }),
    deeds: [
      { at: 'button Change password', sees: { dialog: 'Change your password' } },
      { at: 'textbox Password you have now', types: 'the old one' },
      { at: 'textbox New password', types: 'a few words are good' },
      { at: 'button Change', sees: { asks: 'POST /me/password' } },
      { at: 'link Your telephone', keys: [], sees: { focus: 'link Your telephone' } },
      {
        at: `button Sign out ${ELSEWHERE.address}`,
        also: ['button Sign out *'],
        sees: { asks: `DELETE /me/sessions/${ELSEWHERE.id}` },
      },
      {
        at: 'button Join Monday round',
        also: ['button Join *'],
        sees: { asks: `POST /me/meetings/${ROOM}/ticket` },
      },
    ],
  },
];

export const HOUSE_JOURNEYS: readonly Journey[] = [
  ...TELEPHONES,
  ...PEOPLE,
  ...PROGRAMS,
  ...WATCHED,
];
