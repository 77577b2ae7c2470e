import { BLUE, RED } from '../support/breakout-shots.ts';
import { legId, ROOM } from '../support/people.ts';
import { account } from '../support/scenes.ts';
import type { Journey } from './deed.ts';
import { from } from './from-shot.ts';

const at = (path: string): string => `/meetings/${ROOM}${path}`;
const PEOPLE = `* ${at('/participants/*')}`;

/** One meeting's room in the console. */
export const ROOM_JOURNEYS: readonly Journey[] = [
  {
    name: 'the whole room is silenced, locked, recorded, spoken to and ended',
    place: 'console room',
    start: from('console-room', {
      'GET /announcements': [200, [{ name: 'fire-drill', seconds: 12 }]],
    }),
    deeds: [
      { at: 'button Mute all', sees: { asks: `POST ${at('/mute-all')}` } },
      { at: 'button Unmute all', sees: { asks: `POST ${at('/unmute-all')}` } },
      { at: 'button Unlock', also: ['button Lock'], sees: { asks: `POST ${at('/lock')}` } },
      {
        at: 'button Record',
        also: ['button Stop recording'],
        sees: { asks: `POST ${at('/recording')}` },
      },
      { at: 'button Announce', sees: { dialog: 'Announce' } },
      {
        at: 'combobox Which announcement',
        keys: [],
        sees: { focus: 'combobox Which announcement' },
      },
      { at: 'combobox Who hears it' },
      { at: 'button Play', sees: { asks: `POST ${at('/announce')}` } },
      { at: 'button End meeting', sees: { dialog: 'End “Monday round”?' } },
      { at: 'button End meeting', sees: { text: 'about to end' } },
    ],
  },
  {
    name: 'those before the door are let in or not, and what people ask for is settled',
    place: 'console room',
    start: from('room-busy'),
    deeds: [
      { at: 'button Admit Alan Turing', also: ['button Admit *'], sees: { asks: PEOPLE } },
      { at: 'button Refuse Caller*', also: ['button Refuse *'], sees: { asks: PEOPLE } },
      { at: 'button Admit all', sees: { asks: '* *' } },
      { at: 'button Refuse all', sees: { dialog: 'Refuse all 2?' } },
      { at: 'button Refuse all', sees: { asks: '* *' } },
      {
        at: 'button Help for Caller* is attended to',
        also: ['button Help for * is attended to'],
        sees: { asks: PEOPLE },
      },
      {
        at: 'button Lower the hand of 陳美玲',
        also: ['button Lower the hand of *'],
        sees: { asks: PEOPLE },
      },
    ],
  },
  {
    name: 'breakout rooms are opened',
    place: 'console room',
    start: from('console-room'),
    deeds: [
      { at: 'button Open breakout rooms', sees: { dialog: 'Open breakout rooms' } },
      { at: 'button One room more', sees: { text: '3 rooms' } },
      { at: 'button One room less', sees: { text: '2 rooms' } },
      { at: 'textbox Name of room 1', also: ['textbox Name of room *'], types: '!' },
      { at: 'combobox Who goes where' },
      { at: 'textbox Minutes (optional)', types: '15' },
      { at: 'button Open', sees: { asks: `POST ${at('/breakouts')}` } },
    ],
  },
  {
    name: 'the invitation is copied and the card gone to',
    place: 'console room',
    start: from('console-room-empty'),
    deeds: [
      { at: 'button Copy invitation', also: ['button Copy *'], sees: { text: 'Copied' } },
      {
        at: 'link For a mail',
        also: ['link For calendars'],
        keys: [],
        sees: { focus: 'link For a mail' },
      },
      { at: 'link Card for callers', sees: { focus: '*' } },
    ],
  },
  {
    name: 'on a narrow screen one goes back from a meeting to all of them',
    place: 'console room',
    start: async (page, server) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await from('console-room-empty')(page, server);
    },
    deeds: [{ at: 'link All meetings', sees: { focus: 'h1 Meetings' } }],
  },
  {
    name: 'on a narrow screen what is seldom done to a room is in a menu',
    place: 'console room',
    start: async (page, server) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await from('console-room')(page, server);
    },
    deeds: [
      { at: 'button More', sees: { focus: 'menuitem Unmute all' } },
      { at: 'menuitem Settings', sees: { dialog: 'Meeting settings' } },
      { at: 'button Cancel', sees: { focus: 'button More' } },
    ],
  },
  {
    name: 'one time of a series is left out',
    place: 'console room',
    start: from('series'),
    deeds: [
      {
        at: 'button Leave out *',
        also: ['button Bring back *'],
        sees: { asks: `* ${at('/occurrences/*')}` },
      },
    ],
  },
  {
    name: 'somebody is called in',
    place: 'console room',
    start: from('room-busy', {
      'GET /accounts': [200, [account()]],
      [`POST ${at('/calls')}`]: [202, { id: legId(70) }],
    }),
    deeds: [
      { at: 'button Call somebody', sees: { dialog: 'Call somebody' } },
      { at: 'textbox Desk phone or number', also: ['textbox Desk phone'], types: '203' },
      { at: 'textbox Name (optional)', types: 'Bob' },
      { at: 'checkbox Joins as a moderator' },
      { at: 'button Call', sees: { asks: `POST ${at('/calls')}` } },
      {
        at: 'button Cancel the call to Reception',
        also: ['button Cancel the call to *', 'button Call * again'],
        sees: { asks: `DELETE ${at('/calls/*')}` },
      },
    ],
  },
  {
    name: 'a ban of one meeting is lifted, and who talked looked at',
    place: 'console room',
    start: from('room-busy'),
    deeds: [
      { at: 'summary Who talked' },
      {
        at: 'button Lift the ban of Tim',
        also: ['button Lift the ban of *'],
        sees: { asks: `DELETE ${at('/bans/b1')}` },
      },
      { at: 'link 127.0.0.1*', keys: [], sees: { focus: 'link 127.0.0.1*' } },
    ],
  },
  {
    name: 'one person is muted, renamed, looked at and removed',
    place: 'console room',
    start: from('console-room'),
    deeds: [
      {
        at: 'button Mute Tim',
        also: [
          'button Mute *',
          'button Unmute *',
          'button Ask to unmute*',
          'button * was asked to unmute',
        ],
        sees: { asks: PEOPLE },
      },
      {
        at: 'button Rename Tim',
        also: ['button Rename *'],
        sees: { focus: 'textbox New name for Tim' },
      },
      {
        at: 'button Leave it as it was',
        also: ['button Keep the name'],
        sees: { focus: 'button Rename Tim' },
      },
      { at: 'button Rename Tim', sees: { focus: 'textbox New name for Tim' } },
      {
        at: 'textbox New name for Tim',
        also: ['textbox New name for *'],
        types: 'Timothy',
        keys: ['Enter'],
        sees: { focus: 'button Rename Tim' },
      },
      { at: 'button Details of Tim', also: ['button Details of *'], sees: { dialog: 'Tim' } },
      {
        at: 'button Louder: How loud they hear',
        also: ['button Louder: *', 'button Softer: *'],
        sees: { asks: PEOPLE },
      },
      {
        at: 'checkbox Moderator',
        also: ['checkbox Tim moderates', 'checkbox * moderates'],
        sees: { asks: PEOPLE },
      },
      { at: 'checkbox On hold', sees: { asks: PEOPLE } },
      { at: 'checkbox Hears nothing', sees: { asks: PEOPLE } },
      { at: 'button Close', sees: { focus: 'button Details of Tim' } },
      { at: 'button Remove Tim', also: ['button Remove *'], sees: { dialog: 'Remove Tim?' } },
      { at: 'radio Remove and ban', also: ['radio Remove'] },
      { at: 'button Remove and ban', sees: { asks: '* *' } },
    ],
  },
  {
    name: 'a menu holds what else can be done about somebody',
    place: 'console room',
    start: from('console-room'),
    deeds: [
      {
        at: 'button More for Tim',
        also: ['button More for *'],
        sees: { focus: 'menuitem Details …' },
      },
      { at: 'menuitem Details …', sees: { dialog: 'Tim' } },
      { at: 'button Close', sees: { focus: 'button More for Tim' } },
      { at: 'button More for Tim', sees: { focus: 'menuitem Details …' } },
      { at: 'menuitem Rename', sees: { focus: 'textbox New name for Tim' } },
      { at: 'textbox New name for Tim', keys: ['Escape'], sees: { focus: 'button * Tim' } },
      { at: 'button More for Tim', sees: { focus: 'menuitem Details …' } },
      { at: 'menuitemcheckbox Moderator', sees: { asks: PEOPLE } },
      { at: 'button More for Tim', sees: { focus: 'menuitem Details …' } },
      { at: 'menuitemcheckbox On hold', sees: { asks: PEOPLE } },
      { at: 'button More for Tim', sees: { focus: 'menuitem Details …' } },
      { at: 'menuitemcheckbox Hears nothing', sees: { asks: PEOPLE } },
      { at: 'button More for 陳美玲', sees: { focus: 'menuitem Details …' } },
      { at: 'menuitem Lower the hand', sees: { asks: PEOPLE } },
      { at: 'button More for Tim', sees: { focus: 'menuitem Details …' } },
      { at: 'menuitem Remove …', sees: { dialog: 'Remove Tim?' } },
    ],
  },
  {
    name: 'people are moved among breakout rooms and called back',
    place: 'console room',
    start: from('room-breakouts'),
    deeds: [
      { at: 'button More for Grace Hopper', sees: { focus: 'menuitem Details …' } },
      {
        at: 'menuitem To Red',
        also: ['menuitem To *'],
        sees: { asks: `POST ${at(`/breakouts/${RED}/move`)}` },
      },
      { at: 'button Main room', also: ['button Red', 'button Blue*'], sees: { asks: 'POST *' } },
      { at: 'button Move Ada Lovelace', also: ['button Move *'] },
      { at: 'button Blue*', sees: { asks: `POST ${at(`/breakouts/${BLUE}/move`)}` } },
      {
        at: 'button Details of Grace Hopper',
        keys: ['Control+a'],
        sees: { text: '1 selected' },
      },
      { at: 'button Move …', sees: { focus: 'menuitem To Red' } },
      { at: 'menuitem To Red', sees: { asks: `POST ${at(`/breakouts/${RED}/move`)}` } },
      { at: 'button Call all back', sees: { dialog: 'Call all back?' } },
      { at: 'button Call back', sees: { asks: `POST ${at('/breakouts/close')}` } },
    ],
  },
  {
    name: 'people are found, sorted and selected',
    place: 'console room',
    start: async (page, server) => {
      await from('crowd-30')(page, server);
      // Everybody has left by then: nothing is waited for.
      server.otherwise = [404, {}];
    },
    deeds: [
      { at: 'combobox Sort by' },
      {
        at: 'button Talking*',
        also: [
          'button Hands*',
          'button Help*',
          'button Muted*',
          'button Not muted*',
          'button Phones*',
          'button Browsers*',
          'button Poor sound*',
        ],
      },
      { at: 'button Talking*' },
      { at: 'textbox Find by name or number', types: 'nobody', sees: { text: 'Nobody fits' } },
      { at: 'button Show everybody', sees: { gone: 'button Show everybody' } },
      { at: 'button Select', sees: { focus: 'button Done' } },
      {
        at: 'checkbox Select Grace Lovelace',
        also: ['checkbox Select *'],
        sees: { text: '1 selected' },
      },
      // From one of a row to the last row's, and on from there.
      {
        at: 'button Details of Grace Lovelace',
        keys: ['End'],
        sees: { focus: 'button Details of *' },
      },
      {
        at: 'button Select all 30',
        also: ['button Select all *'],
        sees: { text: '30 selected' },
      },
      { at: 'button Mute', sees: { text: 'had left' } },
      { at: 'button Unmute', sees: { text: 'unmuted or asked' } },
      { at: 'button Remove', sees: { dialog: 'Remove 30 people?' } },
      { at: 'button Remove', sees: { asks: PEOPLE } },
      { at: 'button Done', sees: { focus: 'button Select' } },
    ],
  },
];
