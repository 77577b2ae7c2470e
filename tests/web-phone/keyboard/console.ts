import { meeting, ROOM } from '../support/people.ts';
import { ADA } from '../support/people-scenes.ts';
import { SIGNED_IN, SIGNED_OUT } from '../support/scenes.ts';
import type { Journey } from './deed.ts';
import { from } from './from-shot.ts';

const ONE = `/meetings/${ROOM}`;
const SIGNED: readonly [number, object] = [200, SIGNED_IN];

/** What stands on every part of the console, its windows and notices, and its door. */
const EVERYWHERE: readonly Journey[] = [
  {
    name: 'every place of the console is gone to',
    place: 'console',
    start: async (page, server) => {
      await from('comfort-meetings')(page, server);
      // Nothing asks again before they sign out.
      server.replies.set('GET /session', [200, { ...SIGNED_OUT, ways: { setup: false } }]);
    },
    deeds: [
      { at: 'button Skip to the content', sees: { focus: 'h1 Meetings' } },
      { at: 'link History', sees: { focus: 'h1 History' } },
      { at: 'link Recordings', sees: { focus: 'h1 Recordings' } },
      { at: 'link Desk phones', sees: { focus: 'h1 Desk phones' } },
      { at: 'link Trunks', sees: { focus: 'h1 Trunks' } },
      { at: 'link People', sees: { focus: 'h1 People' } },
      { at: 'link System', sees: { focus: '*' } },
      { at: 'link Alarms', sees: { focus: 'h1 Alarms' } },
      { at: 'link Bans', sees: { focus: 'h1 Bans' } },
      { at: 'link Audit', sees: { focus: 'h1 Audit' } },
      { at: 'link API keys', sees: { focus: 'h1 API keys' } },
      { at: 'link Webhooks', sees: { focus: 'h1 Webhooks' } },
      { at: 'link You', sees: { focus: 'h1 Ada Lovelace*' } },
      { at: 'link Meetings', sees: { focus: 'h1 Meetings' } },
      { at: 'button Go to …', sees: { dialog: 'Go to …' } },
      { at: 'combobox Go to …', types: 'alarm', keys: ['Enter'], sees: { focus: 'h1 Alarms' } },
      { at: 'button Sign out', sees: { text: 'Admin key' } },
    ],
  },
  {
    name: 'on a narrow screen the places are behind a button',
    place: 'console',
    start: async (page, server) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await from('people-list')(page, server);
    },
    deeds: [
      { at: 'button Places', sees: { dialog: 'Places' } },
      { at: 'link Alarms', sees: { focus: 'h1 Alarms' } },
    ],
  },
  {
    name: 'what was deleted is had back, and its notice put away',
    place: 'console',
    start: from('comfort-undo'),
    deeds: [
      { at: 'button Undo', sees: { gone: 'button Undo' } },
      { at: 'button Delete https*', sees: { gone: 'button Delete https*' } },
      { at: 'button Dismiss', sees: { asks: 'DELETE /webhooks/w1' } },
    ],
  },
  {
    name: 'what the server refused is tried again',
    place: 'console',
    start: from('comfort-refused'),
    deeds: [{ at: 'button Try again', sees: { asks: 'GET /people' } }],
  },
  {
    name: 'an alarm is put away',
    place: 'console',
    start: from('alarm-banner'),
    deeds: [{ at: 'button Put away', sees: { gone: 'button Put away' } }],
  },
  {
    name: 'one looks at an alarm',
    place: 'console',
    start: from('alarm-banner'),
    deeds: [{ at: 'link Look*', sees: { focus: 'h1 Alarms' } }],
  },
  {
    name: 'one reads what to do while calls cannot come in',
    place: 'console',
    start: from('console-not-ready'),
    deeds: [{ at: 'link What to do', keys: [], sees: { focus: 'link What to do' } }],
  },
  {
    name: 'one signs in by the admin key',
    place: 'console',
    start: from('console-sign-in', { 'POST /session': SIGNED }),
    deeds: [
      { at: 'button Make the first account', sees: { text: 'It owns this server' } },
      { at: 'button Use the admin key', sees: { gone: 'textbox Your name' } },
      { at: 'textbox Admin key', types: 'right' },
      { at: 'button Sign in', sees: { asks: 'POST /session' } },
    ],
  },
  {
    name: 'the console is read in another language',
    place: 'console',
    start: from('console-sign-in'),
    deeds: [{ at: 'combobox Language', also: ['combobox Sprache'] }],
  },
  {
    name: 'one signs in by name and password, or where one is known',
    place: 'console',
    start: from('people-sign-in', { 'POST /session': SIGNED }),
    deeds: [
      { at: 'link Sign in with the house', keys: [], sees: { focus: 'link Sign in with*' } },
      { at: 'button Use the admin key', sees: { gone: 'textbox Password' } },
      { at: 'button Use name and password', sees: { gone: 'textbox Admin key' } },
      { at: 'textbox Name you sign in with', types: 'ada' },
      {
        at: 'textbox Password',
        types: 'a few words are good',
        keys: ['Enter'],
        sees: { asks: 'POST /session' },
      },
    ],
  },
  {
    name: 'the first account is made',
    place: 'console',
    start: from('people-first-account', { 'POST /session/setup': [201, ADA] }),
    deeds: [
      { at: 'textbox Admin key', types: 'right' },
      { at: 'textbox Your name', types: 'Ada' },
      { at: 'textbox Name you sign in with', types: 'ada' },
      { at: 'textbox Password', types: 'a few words are good' },
      { at: 'button Make the account', sees: { asks: 'POST /*' } },
    ],
  },
  {
    name: 'one signs in again and goes on',
    place: 'console',
    start: from('comfort-sign-in-again', {
      'POST /session': SIGNED,
      'GET /session': [200, SIGNED_OUT],
    }),
    deeds: [
      { at: 'button Use the admin key', sees: { gone: 'textbox Password' } },
      { at: 'textbox Admin key', types: 'right', keys: ['Enter'], sees: { asks: 'POST /session' } },
    ],
  },
];

const MEETINGS: readonly Journey[] = [
  {
    name: 'a meeting is found, and gone to',
    place: 'console meetings',
    start: from('comfort-meetings'),
    deeds: [
      { at: 'textbox Find a meeting', types: 'choir', sees: { text: '3 meetings' } },
      { at: 'combobox Order' },
      {
        at: 'link Choir*',
        also: [
          'link * nobody in it*',
          'link * ended*',
          'link * people*',
          'link * person*',
          'link *starts*',
          'link *nobody in it*',
          'link *ended*',
          'link *people*',
          'link *person*',
        ],
        sees: { focus: 'h2 Choir*' },
      },
    ],
  },
  {
    name: 'the first meeting is made',
    place: 'console meetings',
    start: from('console-empty', { 'POST /meetings': [201, meeting()] }),
    deeds: [
      { at: 'button Create the first one', sees: { dialog: 'New meeting' } },
      { at: 'button Close', sees: { focus: 'button Create the first one' } },
      { at: 'button New meeting', sees: { dialog: 'New meeting' } },
      { at: 'textbox Name', types: 'Tuesday' },
      { at: 'button Create', sees: { asks: 'POST /meetings' } },
    ],
  },
];

/** The settings stand over the meeting's room, and on an ended one's. */
const SETTINGS: readonly Journey[] = [
  {
    name: 'a window is left by its cross, by Cancel, and with what was typed',
    place: 'console',
    start: from('console-room-empty'),
    deeds: [
      { at: 'button Settings', sees: { dialog: 'Meeting settings' } },
      { at: 'button Close', sees: { focus: 'button Settings' } },
      { at: 'button Settings', sees: { dialog: 'Meeting settings' } },
      { at: 'textbox Name', types: 'Tuesday' },
      { at: 'button Cancel', sees: { dialog: 'Leave without saving?' } },
      { at: 'button Leave', sees: { focus: 'button Settings' } },
    ],
  },
  {
    name: 'people are named, and a meeting made like another',
    place: 'console room',
    start: from('comfort-members', { [`PATCH ${ONE}`]: [200, meeting()] }),
    deeds: [
      { at: 'summary People', keys: ['Enter', 'Enter'], sees: { focus: 'summary People' } },
      { at: 'textbox Add somebody', keys: ['End'], sees: { focus: 'textbox Add somebody' } },
      { at: 'button Add Cleo*', sees: { gone: 'button Add Cleo*' } },
      { at: 'combobox Ben Okri', also: ['combobox Cleo*'], keys: ['ArrowUp'] },
      {
        at: 'button Remove Ben Okri',
        also: ['button Remove *'],
        sees: { gone: 'combobox Ben Okri' },
      },
      { at: 'button Save', sees: { asks: `PATCH ${ONE}` } },
      { at: 'button Settings', sees: { dialog: 'Meeting settings' } },
      { at: 'button Duplicate', sees: { gone: 'button Duplicate' } },
    ],
  },
  {
    name: 'everything about a new meeting is set',
    place: 'console meetings',
    start: from('comfort-meetings', { 'POST /meetings': [201, meeting()] }),
    deeds: [
      { at: 'button New meeting', sees: { dialog: 'New meeting' } },
      { at: 'textbox Name', types: 'Tuesday' },
      {
        at: 'textbox Starts at (optional)',
        keys: ['1', '2', '2', '4', '2', '0', '2', '6', 'Tab', '0', '9', '0', '0', 'a'],
      },
      { at: 'summary Length and repeats' },
      { at: 'combobox Repeats' },
      { at: 'textbox Length in minutes (optional)', types: '45' },
      { at: 'textbox Open early, in minutes (optional)', types: '5' },
      { at: 'summary Coming in' },
      { at: 'checkbox Let people in one by one' },
      { at: 'checkbox Wait for a moderator' },
      { at: 'checkbox Ask callers for their name' },
      { at: 'textbox Extension (optional)', types: '42' },
      { at: 'textbox At most, people (optional)', types: '20' },
      { at: 'checkbox People may have their own phone called' },
      { at: 'summary Speaking' },
      { at: 'checkbox Mute people as they join' },
      { at: 'checkbox People may unmute themselves' },
      { at: 'combobox When a moderator unmutes somebody' },
      { at: 'summary Language and sounds' },
      { at: 'combobox Spoken language' },
      { at: 'combobox When somebody comes or goes' },
      { at: 'textbox Only up to so many people', keys: ['Backspace'] },
      { at: 'checkbox Record from the beginning' },
      { at: 'summary Ending' },
      { at: 'textbox Longest, in minutes (optional)', types: '90' },
      { at: 'textbox Minutes without a moderator (optional)', types: '5' },
      { at: 'textbox Minutes of silence (optional)', types: '5' },
      { at: 'textbox Minutes empty (optional)', types: '5' },
      { at: 'button Cancel', sees: { dialog: 'Leave without saving?' } },
      { at: 'button Leave', sees: { focus: 'button New meeting' } },
    ],
  },
  {
    name: 'an ended meeting is made again, and deleted',
    place: 'console room',
    start: from('comfort-ended'),
    deeds: [
      { at: 'button Make another like it', sees: { dialog: 'New meeting' } },
      { at: 'button Close', sees: { focus: 'button Make another like it' } },
      { at: 'button Delete', sees: { text: 'is deleted' } },
    ],
  },
  {
    name: 'the card for callers is printed',
    place: 'console card',
    start: async (page, server) => {
      await page.addInitScript('window.print = () => { document.title = "printed"; }');
      await from('card')(page, server);
    },
    deeds: [
      { at: 'button Print', sees: { focus: 'button Print' } },
      { at: 'link Back to the meeting', sees: { focus: 'h2 Monday round' } },
    ],
  },
];

export const CONSOLE_JOURNEYS: readonly Journey[] = [...EVERYWHERE, ...MEETINGS, ...SETTINGS];
