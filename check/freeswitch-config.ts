import { isOlder } from '../bridge/fitness.ts';
import type { FreeswitchFacts } from './freeswitch-facts.ts';
import * as ask from './freeswitch-facts.ts';
import type { Finding } from './finding.ts';
import { fault, ok, unknown, warning } from './finding.ts';
import type { Element } from './xml.ts';
import { all, named, params, parseXml } from './xml.ts';

/** Words of suppress-events (conference_utils_clear_eflags) that the bridge must hear. */
const NEEDED_EVENTS = [
  ...['add-member', 'del-member', 'start-talking', 'stop-talking', 'mute-detect', 'mute-member'],
  ...['hold-member', 'dtmf', 'dtmf-member', 'volume-in-member', 'volume-out-member'],
  ...['lock', 'unlock', 'floor-change', 'record', 'play-file-done', 'bgdial-result'],
];
const ROOM_RATE = '48000';

/** The profile `partyline` of conference.conf. */
export function conferenceFindings({ answers }: FreeswitchFacts): readonly Finding[] {
  const conference = parseXml(answers.get(ask.configuration('conference')) ?? '');
  if (conference === undefined) return [unknown('conference profile', 'not told')];
  const profile = named(conference, 'profile', 'partyline');
  if (profile === undefined)
    return [
      fault(
        'conference profile',
        'there is none called partyline: rooms would be 8 kHz, with stock keys',
        'Use conference.conf.xml of freeswitch-conf.',
      ),
    ];
  return [
    ok('conference profile', 'partyline'),
    rateFinding(profile),
    eventFinding(profile),
    keyFinding(conference, profile),
  ];
}

function rateFinding(profile: Element): Finding {
  const rate = params(profile, 'rate').at(-1) ?? '8000';
  if (rate === ROOM_RATE) return ok('room’s rate', `${rate} Hz`);
  return warning('room’s rate', `${rate} Hz`, `Set rate to ${ROOM_RATE}: browsers speak that.`);
}

function eventFinding(profile: Element): Finding {
  const suppressed = params(profile, 'suppress-events').flatMap((words) => words.split(','));
  const lost = NEEDED_EVENTS.filter((word) =>
    suppressed.some((each) => ['all', word].includes(each.trim())),
  );
  if (lost.length === 0) return ok('room’s events', 'none suppressed that the bridge reads');
  return fault(
    'room’s events',
    `${lost.join(', ')} suppressed`,
    'Take suppress-events out of the profile: people would be missing from the list.',
  );
}

function keyFinding(conference: Element, profile: Element): Finding {
  const groups = ['caller-controls', 'moderator-controls'].map(
    (name) => params(profile, name).at(-1) ?? 'default',
  );
  const bound = groups.filter((group) => {
    const keys = all(named(conference, 'group', group), 'control').length;
    return keys > 0 || (group === 'default' && named(conference, 'group', group) === undefined);
  });
  if (bound.length === 0) return ok('room’s keys', 'left to the bridge');
  return fault(
    'room’s keys',
    `${[...new Set(bound)].join(', ')} binds keys: # would hang up`,
    'Set caller-controls and moderator-controls to partyline, a group without a control.',
  );
}

/** Switches of the core, and its limits. */
export function configFindings(facts: FreeswitchFacts): readonly Finding[] {
  return [
    expansionFinding(facts),
    variableFinding(facts, ask.DTD, {
      what: 'document types in XML',
      wanted: 'true',
      why: 'Set xml_disable_dtd to true: XML could name entities without end.',
    }),
    variableFinding(facts, ask.ICE, {
      what: 'browsers’ ICE checks',
      wanted: 'true',
      why: 'Set ice_verify_message_integrity to true: others could redirect a call’s audio.',
    }),
    variableFinding(facts, ask.DTLS, {
      what: 'browsers’ certificates',
      wanted: 'fingerprint',
      why: 'Set rtp_dtls_client_cert_verify_mode to fingerprint: others could take a call’s audio over.',
    }),
    commandFinding(facts),
    ...limitFindings(facts),
    listenFinding(facts),
  ];
}

function expansionFinding({ answers }: FreeswitchFacts): Finding {
  const said = answers.get(ask.API_EXPANSION) ?? '';
  if (/is off/.test(said)) return ok('API expansion', 'off');
  if (!/is on/.test(said)) return unknown('API expansion', 'not told');
  return fault(
    'API expansion',
    'on: a caller’s name that holds ${…} could run commands',
    'Set api-expansion to false in switch.conf.xml.',
  );
}

function variableFinding(
  { answers }: FreeswitchFacts,
  question: string,
  { what, wanted, why }: { readonly what: string; readonly wanted: string; readonly why: string },
): Finding {
  const said = answers.get(question)?.trim();
  const isOld = isOlder(answers.get(ask.VERSION)?.trim() ?? '', HARDENED_VERSION);
  if (said === wanted && isOld && question !== ask.DTD)
    return unknown(what, `${wanted}, in force from ${HARDENED_VERSION} on`);
  if (said === wanted) return ok(what, wanted);
  if (said === undefined || said.startsWith('-ERR')) return unknown(what, 'not told');
  return warning(what, said === '' ? 'not set' : said, why);
}

/** The first that knows the interface-allowlist, and checks browsers' ICE and certificates. */
export const HARDENED_VERSION = '1.11.2';
const SHELL = ['system', 'bg_system', 'spawn', 'bg_spawn', 'spawn_stream'];

/** Whoever has the password has a shell with these; 1.11.2 and later can leave them out. */
function commandFinding({ answers }: FreeswitchFacts): Finding {
  const said = answers.get(ask.COMMANDS) ?? '';
  if (!said.startsWith('name,')) return unknown('shell commands', 'not told');
  const offered = said.split('\n').map((line) => line.split(',')[0] ?? '');
  const shell = SHELL.filter((command) => offered.includes(command));
  if (shell.length === 0) return ok('shell commands', 'not offered');
  const version = answers.get(ask.VERSION)?.trim() ?? '';
  if (isOlder(version, HARDENED_VERSION))
    return unknown(
      'shell commands',
      `offered: ${HARDENED_VERSION} is the first that can do without`,
    );
  return warning(
    'shell commands',
    `${shell.join(', ')} offered`,
    'Use the interface-allowlist of freeswitch-conf’s switch.conf.xml.',
  );
}

const FEWEST_SESSIONS = 100;
const SLOWEST_START = 30;
const PORTS_A_CALL = 2;

function limitFindings({ answers }: FreeswitchFacts): Finding[] {
  const status = answers.get(ask.STATUS) ?? '';
  const sessions = Number(/(\d+) session\(s\) max/.exec(status)?.[1]);
  const perSecond = Number(/out of max (\d+)/.exec(status)?.[1]);
  if (Number.isNaN(sessions) || Number.isNaN(perSecond)) return [unknown('limits', 'not told')];
  return [
    sessions >= FEWEST_SESSIONS
      ? ok('calls at once', `${sessions}`)
      : warning('calls at once', `${sessions}`, 'Raise max-sessions in switch.conf.xml.'),
    perSecond >= SLOWEST_START
      ? ok('calls a second', `${perSecond}`)
      : warning('calls a second', `${perSecond}`, 'Raise sessions-per-second in switch.conf.xml.'),
    portFinding(answers, sessions),
  ];
}

function portFinding(answers: ReadonlyMap<string, string>, sessions: number): Finding {
  const core = parseXml(answers.get(ask.configuration('switch')) ?? '');
  if (core === undefined) return unknown('RTP ports', 'not told');
  const first = Number(params(core, 'rtp-start-port').at(-1) ?? 16_384);
  const last = Number(params(core, 'rtp-end-port').at(-1) ?? 32_768);
  const range = `${first}-${last}`;
  const calls = Math.floor((last - first + 1) / PORTS_A_CALL);
  if (!(calls > 0))
    return fault('RTP ports', range, 'Set PARTYLINE_RTP_PORTS, such as 20000-24999.');
  if (calls >= sessions) return ok('RTP ports', `${range}, for ${calls} calls`);
  return warning(
    'RTP ports',
    `${range}, for ${calls} calls where ${sessions} may come`,
    'Widen PARTYLINE_RTP_PORTS, or lower max-sessions.',
  );
}

function listenFinding({ answers }: FreeswitchFacts): Finding {
  const socket = parseXml(answers.get(ask.configuration('event_socket')) ?? '');
  if (socket === undefined) return unknown('event socket’s address', 'not told');
  const address = params(socket, 'listen-ip').at(-1) ?? '127.0.0.1';
  if (['127.0.0.1', '::1', 'localhost'].includes(address))
    return ok('event socket’s address', address);
  return warning(
    'event socket’s address',
    address,
    'Set listen-ip to 127.0.0.1 in event_socket.conf.xml: its protocol is not encrypted.',
  );
}
