import type { TrunkTrouble } from '../../../protocol/call/trunk-trouble.ts';

type Kind = TrunkTrouble['kind'];

/** Lines to the telephone network. */
export const trunks = {
  heading: 'Trunks',
  add: 'Add a trunk',
  addFirst: 'Add the first one',
  noneTitle: 'No trunks yet',
  none: 'A trunk is a line to the telephone network: people dial in by its numbers, and meetings call out by it. Your provider tells you its server, and a user name with a password or the addresses from which its calls come.',
  callsOut: 'calls out',
  state: {
    registered: 'Registered',
    reachable: 'Reachable',
    trying: 'Trying to reach it',
    refused: 'Refused',
    off: 'Takes calls only',
  },
  asking: 'Asking',
  from: (addresses: string) => `from ${addresses}`,
  /** What the provider's server answered, in its own words. */
  said: (status: number, reason: string) => (reason === '' ? `${status}` : `${status} “${reason}”`),
  trouble: {
    'no-login': () => 'It is to register and has no user name and password.',
    'no-answer': () => 'The provider does not answer.',
    'no-answer-to-options': () => 'The server does not answer OPTIONS.',
    'login-refused': (said) =>
      `The provider does not take the user name and password; it says ${said}.`,
    'registration-refused': (said) => `The provider refuses the registration; it says ${said}.`,
    'registration-failed': (said) => `The registration fails; the provider says ${said}.`,
  } as Readonly<Record<Kind, (said: string) => string>>,
  mend: {
    refused:
      'Look at the user name and the password. It is tried again in ten minutes, and at once when you save a change.',
    trying:
      'Look at the server, its port and the transport; a firewall must let us reach it. It is tried again by itself.',
    'no-login': 'Give it both, or let it not register.',
    'registration-refused':
      'Ask the provider whether the account may register. It is tried again in ten minutes, and at once when you save a change.',
    'registration-failed':
      'The trouble is at the provider: ask there if it stays. It is tried again by itself.',
  } as Readonly<Record<'refused' | 'trying', string> & Partial<Record<Kind, string>>>,
  leadsTo: (language: string) => `Reception, in ${language}`,
  language: { en: 'English', de: 'German' },
  numbersNote:
    'Each number leads to the reception, which asks for the code in the number’s language. A number cannot lead straight into one meeting.',
  test: 'Test',
  testOf: (name: string) => `Test ${name}`,
  answered: (status: number, reason: string, ms: number) =>
    `It answers OPTIONS with ${status} ${reason} after ${ms} ms`,
  answeredBy: (agent: string) => `(${agent})`,
  fine: 'It is there.',
  rather: 'It is there, but refuses the question; calls may work all the same.',
  silent: (ms: number) =>
    `No answer within ${Math.round(ms / 1_000)} s. Look at the server, its port and the transport, and at the firewall between.`,
  callIn: (number: string) =>
    `To test calls to you, call ${number} from another telephone: the reception must answer.`,
  change: (name: string) => `Change ${name}`,
  delete: (name: string) => `Delete ${name}`,
  deleteTitle: (name: string) => `Delete the trunk “${name}”?`,
  deleteVerb: 'Delete',
  deleteAbout: 'No call comes or goes by it any more. Calls that are up go on.',
  editTitle: (name: string) => `Trunk “${name}”`,
  newTitle: 'New trunk',
  save: 'Save',
  create: 'Create',
  name: 'Name',
  nameHint: 'Small letters, digits and dashes.',
  server: 'Server',
  serverHint: 'Your provider’s host and port.',
  transport: 'Transport',
  username: 'User name (optional)',
  usernameHint: 'For signing in.',
  password: 'Password',
  passwordNew: 'Never shown again.',
  passwordOld: 'Empty: as it is.',
  register: 'Register with the provider',
  registerHint: 'So that it knows where we are. Most providers with a user name want it.',
  addresses: 'Its calls come from',
  addressesHint:
    'Addresses or networks. Only these are believed; none are needed where we register.',
  numbers: 'Numbers that reach us',
  numbersHint:
    'One a line: the number, what it is called, and the language callers hear, en or de.',
  trusts: 'Believe the callers’ numbers that it tells',
  trustsHint: 'Off: whoever calls by it is shown without a number, and bans know them less well.',
  outbound: 'Meetings may call out by it',
  callerId: 'Number shown to those we call (optional)',
  wrongName: 'Small letters, digits and dashes, a letter first.',
  wrongServer: 'A host and a port: sip.example.org:5060.',
  wrongNumber: (line: string) => `“${line}” does not begin with a number such as +4930901234.`,
};
