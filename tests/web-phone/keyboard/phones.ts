import { person, ROOM } from '../support/people.ts';
import type { Journey } from './deed.ts';
import { from } from './from-shot.ts';

const at = (path: string): string => `/meetings/${ROOM}${path}`;
const OWN = `PATCH ${at(`/participants/${person(1).id}`)}`;
const PEOPLE = `* ${at('/participants/*')}`;

const DOOR: readonly Journey[] = [
  {
    name: 'the page is read in another language',
    place: 'door and call',
    start: from('join-ready'),
    deeds: [{ at: 'combobox Language*', also: ['combobox Sprache*'], keys: ['ArrowDown'] }],
  },
  {
    name: 'who has no microphone listens',
    place: 'door and call',
    start: from('door-missing'),
    deeds: [
      { at: 'button Try again', also: ['button Try the microphone'], sees: { focus: '*' } },
      {
        at: 'link 7000',
        also: ['link +*', 'link Call with the code'],
        keys: [],
        sees: { focus: 'link *' },
      },
      { at: 'button Join and only listen', sees: { text: 'Leave' } },
    ],
  },
  {
    name: 'who cannot use this browser has a phone called',
    place: 'door and call',
    start: from('door-call-me'),
    deeds: [{ at: 'button Call my phone instead', sees: { text: 'Leave' } }],
  },
  {
    name: 'a lost call is tried again at once',
    place: 'door and call',
    start: from('call-server-away'),
    deeds: [{ at: 'button Try now', sees: { focus: '*' } }],
  },
  {
    name: 'who was in the call a moment ago goes back in',
    place: 'door and call',
    start: from('join-former'),
    deeds: [
      { at: 'button Go back in', also: ['button Take the call here'], sees: { text: 'Leave' } },
    ],
  },
  {
    name: 'who waits in the lobby leaves',
    place: 'door and call',
    start: from('soft-lobby'),
    deeds: [{ at: 'button Leave', sees: { text: 'You left the meeting' } }],
  },
  {
    name: 'the sound is turned on where the browser keeps it off',
    place: 'door and call',
    start: from('call-sound-off'),
    deeds: [{ at: 'button Hear the meeting', sees: { focus: '*' } }],
  },
];

const CALL: readonly Journey[] = [
  {
    name: 'the panels of a call are opened, used and closed',
    place: 'door and call',
    start: from('in-call-line'),
    deeds: [
      { at: 'button Close', sees: { focus: 'button Connection: fair' } },
      {
        at: 'button Connection: fair',
        also: ['button Connection*'],
        sees: { text: 'How you hear the others' },
      },
      { at: 'button Keypad', sees: { text: 'keys work too' } },
      {
        at: 'button 1',
        also: [
          'button 2*',
          'button 3*',
          'button 4*',
          'button 5*',
          'button 6*',
          'button 7*',
          'button 8*',
          'button 9*',
          'button 0',
          'button star',
          'button hash',
        ],
        sees: { text: '1' },
      },
      { at: 'button Use a phone instead', sees: { text: 'Dial' } },
      { at: 'button Microphone and speaker', sees: { text: 'How you like your calls' } },
      { at: 'slider Volume of everybody', keys: ['ArrowLeft'] },
      { at: 'checkbox Hold Space to talk while muted' },
      { at: 'checkbox Remind me when I speak while muted' },
      { at: 'combobox Tell my screen reader' },
      { at: 'checkbox Single keys do things' },
      { at: 'button Keyboard shortcuts', sees: { dialog: 'Keyboard shortcuts' } },
      { at: 'button Close', sees: { focus: 'button Keyboard shortcuts' } },
    ],
  },
  {
    name: 'somebody sets up, comes in, leaves and comes back',
    place: 'door and call',
    start: from('join-ready'),
    deeds: [
      { at: 'combobox Microphone', keys: [], sees: { focus: 'combobox Microphone' } },
      {
        at: 'combobox Speaker',
        also: ['combobox Speaker*'],
        keys: [],
        sees: { focus: 'combobox Speaker' },
      },
      { at: 'summary How the microphone hears' },
      { at: 'checkbox Suppress noise' },
      { at: 'checkbox Cancel echo' },
      { at: 'checkbox Level my voice' },
      { at: 'textbox Your name', types: '!' },
      {
        at: 'button Test',
        also: ['button Test the speaker'],
        sees: { focus: 'button Test' },
      },
      { at: 'button Hear yourself', sees: { text: 's left' } },
      { at: 'button Stop the test', sees: { text: 'Test again' } },
      { at: 'button Test again', sees: { text: 's left' } },
      { at: 'button Stop the test', sees: { text: 'Test again' } },
      { at: 'button Close', sees: { text: 'Hear yourself' } },
      { at: 'button Join the meeting', sees: { text: 'Leave' } },
      { at: 'button Leave', sees: { text: 'You left the meeting' } },
      { at: 'button Join again', sees: { text: 'Leave' } },
    ],
  },
  {
    name: 'somebody mutes, asks for help and to speak, and does not hear one',
    place: 'door and call',
    start: from('call'),
    deeds: [
      { at: 'button Mute*', also: ['button Unmute*', 'button *Microphone*'], sees: { asks: OWN } },
      { at: 'button Raise your hand', also: ['button Lower your hand*'], sees: { asks: OWN } },
      { at: 'button Ask for help', also: ['button No longer needed'], sees: { asks: OWN } },
      {
        at: 'button Don’t hear Tim',
        also: ['button Don’t hear *', 'button Hear * again'],
        sees: { asks: OWN },
      },
      { at: 'button Change your name', sees: { focus: 'textbox New name for Ada Lovelace' } },
      {
        at: 'textbox New name for Ada Lovelace',
        types: 'Countess',
        keys: ['Enter'],
        sees: { asks: OWN },
      },
      { at: 'button Dismiss', sees: { gone: 'button Dismiss' } },
    ],
  },
  {
    name: 'somebody has their phone called',
    place: 'door and call',
    start: from('soft-call-me'),
    deeds: [
      { at: 'textbox Your phone’s number', types: '203' },
      { at: 'button Call my phone', sees: { asks: 'POST *' } },
    ],
  },
  {
    name: 'a call to their phone is given up',
    place: 'door and call',
    start: from('soft-ringing'),
    deeds: [{ at: 'button Cancel', sees: { asks: 'DELETE *' } }],
  },
  {
    name: 'their phone is hung up',
    place: 'door and call',
    start: from('soft-on-phone'),
    deeds: [{ at: 'button Hang up the phone', sees: { asks: 'DELETE *' } }],
  },
  {
    name: 'a weak line is looked at',
    place: 'door and call',
    start: from('in-call-weak'),
    deeds: [
      { at: 'button Show the numbers', sees: { text: 'How you hear the others' } },
      { at: 'button Close', sees: { text: 'Use a phone' } },
      { at: 'button Use a phone', sees: { text: 'Dial' } },
    ],
  },
  {
    name: 'who is asked to unmute says no',
    place: 'door and call',
    start: from('soft-asked'),
    deeds: [{ at: 'button Not now', sees: { gone: 'button Not now' } }],
  },
  {
    name: 'who is muted by a moderator unmutes from the notice',
    place: 'door and call',
    start: from('call-muted'),
    deeds: [{ at: 'button Unmute', sees: { asks: OWN } }],
  },
  {
    name: 'one goes back from a breakout room',
    place: 'door and call',
    start: from('soft-breakout'),
    deeds: [{ at: 'button Back to the main room', sees: { asks: 'POST *' } }],
  },
  {
    name: 'one goes to another breakout room',
    place: 'door and call',
    start: from('soft-breakout-choose'),
    deeds: [{ at: 'button Blue*', also: ['button Red'], sees: { asks: 'POST *' } }],
  },
  {
    name: 'a moderator runs the room from the call',
    place: 'door and call',
    start: from('soft-moderator'),
    deeds: [
      { at: 'button Admit Alan Turing', also: ['button Admit *'], sees: { asks: PEOPLE } },
      { at: 'button Refuse Caller*', also: ['button Refuse *'], sees: { asks: PEOPLE } },
      { at: 'button Admit all', sees: { asks: '* *' } },
      { at: 'button Refuse all', sees: { dialog: 'Refuse all 2?' } },
      { at: 'button Cancel', sees: { focus: 'button Refuse all' } },
      {
        at: 'button Help for Caller* is attended to',
        also: ['button Help for *'],
        sees: { asks: PEOPLE },
      },
      {
        at: 'button Lower the hand of 陳美玲',
        also: ['button Lower the hand of *'],
        sees: { asks: PEOPLE },
      },
      { at: 'button Mute all', sees: { asks: `POST ${at('/mute-all')}` } },
      { at: 'button Unmute all', sees: { asks: `POST ${at('/unmute-all')}` } },
      { at: 'button Lock', also: ['button Unlock'], sees: { asks: `POST ${at('/lock')}` } },
      {
        at: 'button Mute Grace Hopper',
        also: ['button Ask to unmute: *', 'button * was asked to unmute'],
        sees: { asks: PEOPLE },
      },
      {
        at: 'button Rename Tim',
        also: ['button Rename *'],
        sees: { focus: 'textbox New name for Tim' },
      },
      {
        at: 'textbox New name for Tim',
        types: 'Timothy',
        keys: ['Enter'],
        sees: { asks: PEOPLE },
      },
      { at: 'button Remove Tim', also: ['button Remove *'], sees: { dialog: 'Remove Tim?' } },
      { at: 'radio Remove and ban' },
      { at: 'button Remove and ban', sees: { asks: '* *' } },
    ],
  },
];

const TELEPHONE: readonly Journey[] = [
  {
    name: 'a stranger goes to sign in',
    place: 'telephone',
    start: from('line-stranger'),
    deeds: [{ at: 'link To the console', keys: [], sees: { focus: 'link To the console' } }],
  },
  {
    name: 'somebody sets the sound, and clears the list of calls',
    place: 'telephone',
    start: from('line-ready'),
    deeds: [
      { at: 'summary Sound and ringing' },
      {
        at: 'combobox Microphone',
        also: ['combobox Speaker*'],
        keys: [],
        sees: { focus: 'combobox Microphone' },
      },
      { at: 'button Try the ringing', sees: { focus: 'button Try the ringing' } },
      {
        at: 'combobox Language*',
        also: ['combobox Sprache*'],
        keys: [],
        sees: { focus: 'combobox *' },
      },
      { at: 'button Clear the list', sees: { text: 'The last calls are cleared' } },
      { at: 'button Undo', also: ['button Dismiss'], sees: { gone: 'button Undo' } },
    ],
  },
  {
    name: 'somebody is called by keys, held and hung up',
    place: 'telephone',
    start: from('line-ready'),
    deeds: [
      { at: 'button Keypad' },
      {
        at: 'button 2*',
        also: [
          'button 0*',
          'button 1*',
          'button 3*',
          'button 4*',
          'button 5*',
          'button 6*',
          'button 7*',
          'button 8*',
          'button 9*',
          'button star',
          'button hash',
        ],
        sees: { focus: 'button 2*' },
      },
      { at: 'button Delete the last digit', sees: { focus: '*' } },
      { at: 'textbox Name or number', types: '202' },
      { at: 'button Call', sees: { text: 'Hang up' } },
      { at: 'button Mute', also: ['button Unmute'] },
      { at: 'button Hold', also: ['button Resume'], sees: { text: 'On hold' } },
      { at: 'button Resume', sees: { gone: 'button Resume' } },
      { at: 'button Hang up', sees: { gone: 'button Hang up' } },
      { at: 'button Call Reception*', also: ['button Call *'], sees: { text: 'Hang up' } },
    ],
  },
  {
    name: 'a call is answered and hung up',
    place: 'telephone',
    start: from('line-incoming'),
    deeds: [
      { at: 'button Answer', also: ['button Hold and answer'], sees: { text: 'Hang up' } },
      { at: 'button Hang up', sees: { gone: 'button Hang up' } },
    ],
  },
  {
    name: 'a call is transferred, at once and after asking',
    place: 'telephone',
    start: from('line-talking'),
    deeds: [
      { at: 'button Transfer', sees: { focus: 'textbox Name or number' } },
      { at: 'button Cancel', sees: { focus: 'button Transfer' } },
      { at: 'button Transfer', sees: { focus: 'textbox Name or number' } },
      {
        at: 'textbox Name or number',
        types: '205',
        keys: ['Enter'],
        sees: { text: 'Rings at Attic' },
      },
      { at: 'button Hold', sees: { text: 'On hold' } },
      { at: 'button Call Attic', sees: { text: 'Connect with Grace Hopper' } },
      { at: 'button Connect with Grace Hopper', sees: { text: 'Rings at Grace Hopper' } },
    ],
  },
  {
    name: 'a call is given up before anybody answers, and the last number called again',
    place: 'telephone',
    start: from('line-calling'),
    deeds: [
      { at: 'button Cancel', sees: { gone: 'button Cancel' } },
      { at: 'button Last number', sees: { focus: 'button Call' } },
      { at: 'button Call', sees: { text: 'Calling…' } },
    ],
  },
  {
    name: 'a call is declined',
    place: 'telephone',
    start: from('line-incoming'),
    deeds: [{ at: 'button Decline', sees: { gone: 'button Decline' } }],
  },
  {
    name: 'who is busy is called again, or let be',
    place: 'telephone',
    start: from('line-busy'),
    deeds: [
      { at: 'button Call again', sees: { text: 'Busy' } },
      { at: 'button Close', sees: { gone: 'button Call again' } },
    ],
  },
];

export const PHONE_JOURNEYS: readonly Journey[] = [...DOOR, ...CALL, ...TELEPHONE];
