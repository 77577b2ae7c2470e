import type { EslCommand } from './command.ts';
import type { EslEvent } from './event.ts';
import { formatJsonEvent, formatPlainEvent } from './event.ts';
import { headerOf } from './headers.ts';
import type { EslHeaders } from './headers.ts';
import type { EventFormat, Reply, Subscription } from './subscription.ts';
import {
  NO_SUBSCRIPTION,
  addEvents,
  changeFilter,
  removeAllEvents,
  removeEvents,
} from './subscription.ts';

/** The switch's end of one event socket connection, after mod_event_socket.c. */
export interface ServerSession {
  readonly login: 'asked' | 'accepted' | 'ended';
  readonly subscription: Subscription;
  readonly logging: boolean;
}

export type ServerEffect =
  | { readonly kind: 'write'; readonly text: string }
  /** Run it; the answer goes out by `formatApiResponse`, and no later command before it. */
  | { readonly kind: 'api'; readonly command: string; readonly args: string }
  /** Already acknowledged; its end is the event BACKGROUND_JOB. */
  | {
      readonly kind: 'bgapi';
      readonly jobUuid: string;
      readonly command: string;
      readonly args: string;
    }
  /** For a channel. Whether it exists is the switch's to say: by `sendmsgReply`. */
  | { readonly kind: 'sendmsg'; readonly uuid: string; readonly command: EslCommand }
  /** To be fired as it stands; the reply with its Event-UUID is already written. */
  | { readonly kind: 'fire'; readonly name: string; readonly event: EslEvent }
  | { readonly kind: 'close' };

export type ServerStep = readonly [ServerSession, readonly ServerEffect[]];

export interface ServerChoices {
  isPassword(attempt: string): boolean;
  /** A fresh UUID for a job that names none. */
  uuid(): string;
}

export const NEW_SESSION: ServerSession = {
  login: 'asked',
  subscription: NO_SUBSCRIPTION,
  logging: false,
};

export const AUTH_REQUEST = 'Content-Type: auth/request\n\n';
const GOODBYE = 'Disconnected, goodbye.\nSee you at ClueCon! http://www.cluecon.com/\n';
const DENIED = 'Access Denied, go away.\n';
const LEVELS = ['console', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug'];

/** What the switch says to an address outside its access list, before closing. */
export const RUDE_REJECTION = `Content-Type: text/rude-rejection\nContent-Length: ${DENIED.length}\n\n${DENIED}`;

/** Answers one command of a controller. */
export function receive(
  session: ServerSession,
  command: EslCommand,
  choices: ServerChoices,
): ServerStep {
  const line = command.line;
  if (/^(exit|\.\.\.)/i.test(line)) return end(session, '+OK bye');
  if (session.login !== 'accepted') return login(session, line, choices);
  const word = /^[a-z_]*/i.exec(line)?.[0].toLowerCase() ?? '';
  const rest = line.slice(word.length).replace(/^ +/, '');
  const verb = word === 'events' ? 'event' : word;
  switch (verb) {
    case 'api':
      return [session, [{ kind: 'api', ...splitCommand(rest) }]];
    case 'bgapi':
      return bgapi(session, rest, command.headers, choices);
    case 'sendmsg':
      return sendmsg(session, rest, command);
    case 'sendevent':
      return sendevent(session, rest, command, choices.uuid());
    default:
      return settings(session, verb, rest);
  }
}

function settings(session: ServerSession, verb: string, rest: string): ServerStep {
  switch (verb) {
    case 'event':
      return subscribe(session, addEvents(session.subscription, words(rest)));
    case 'nixevent':
      return subscribe(session, removeEvents(session.subscription, words(rest)));
    case 'noevents':
      return subscribe(session, removeAllEvents(session.subscription));
    case 'filter':
      return subscribe(session, changeFilter(session.subscription, rest));
    case 'myevents':
      return reply(session, '-ERR invalid uuid');
    case 'linger':
    case 'nolinger':
      return reply(session, '-ERR not controlling a session');
    case 'log':
      return startLog(session, rest);
    case 'nolog':
      if (!session.logging) return reply(session, '-ERR not loging');
      return reply({ ...session, logging: false }, '+OK no longer logging');
    default:
      return reply(session, '-ERR command not found');
  }
}

function formatReply(text: string): string {
  return `Content-Type: command/reply\nReply-Text: ${text}\n\n`;
}

/** The frame around an API command's output. Empty output is replaced, as FreeSWITCH does. */
export function formatApiResponse(output: string): string {
  const body = output === '' ? '-ERR no reply\n' : output;
  return `Content-Type: api/response\nContent-Length: ${Buffer.byteLength(body)}\n\n${body}`;
}

/** The frame around one event. */
export function formatEventFrame(event: EslEvent, format: EventFormat): string {
  const body = format === 'json' ? formatJsonEvent(event) : formatPlainEvent(event);
  const length = Buffer.byteLength(body);
  return `Content-Length: ${length}\nContent-Type: text/event-${format}\n\n${body}`;
}

/** The reply to `sendmsg`, once it is known whether the channel is there. */
export function sendmsgReply(uuid: string, found: boolean): string {
  return formatReply(found ? '+OK' : `-ERR invalid session id [${uuid}]`);
}

/** Takes the last leave of a controller: notice, then close. */
export function goodbye(message = GOODBYE): readonly ServerEffect[] {
  const head = `Content-Type: text/disconnect-notice\nContent-Length: ${Buffer.byteLength(message)}`;
  return [{ kind: 'write', text: `${head}\n\n${message}` }, { kind: 'close' }];
}

function login(session: ServerSession, line: string, choices: ServerChoices): ServerStep {
  if (/^userauth /i.test(line)) return end(session, '-ERR invalid');
  if (!/^auth /i.test(line)) return reply(session, '-ERR command not found');
  if (!choices.isPassword(line.slice('auth '.length))) return end(session, '-ERR invalid');
  return reply({ ...session, login: 'accepted' }, '+OK accepted');
}

function end(session: ServerSession, text: string): ServerStep {
  const last: ServerEffect = { kind: 'write', text: formatReply(text) };
  return [{ ...session, login: 'ended' }, [last, ...goodbye()]];
}

function bgapi(
  session: ServerSession,
  rest: string,
  headers: EslHeaders,
  choices: ServerChoices,
): ServerStep {
  const jobUuid = headerOf(headers, 'Job-UUID') ?? choices.uuid();
  const text = `Content-Type: command/reply\nReply-Text: +OK Job-UUID: ${jobUuid}\nJob-UUID: ${jobUuid}\n\n`;
  return [
    session,
    [
      { kind: 'write', text },
      { kind: 'bgapi', jobUuid, ...splitCommand(rest) },
    ],
  ];
}

function sendmsg(session: ServerSession, rest: string, command: EslCommand): ServerStep {
  const uuid = rest.trim() || (headerOf(command.headers, 'session-id') ?? '');
  return [session, [{ kind: 'sendmsg', uuid, command }]];
}

function sendevent(
  session: ServerSession,
  name: string,
  command: EslCommand,
  eventUuid: string,
): ServerStep {
  const headers = [...command.headers, { name: 'Event-UUID', value: eventUuid }];
  const event = command.body === '' ? { headers } : { headers, body: command.body };
  return [
    session,
    [
      { kind: 'write', text: formatReply(`+OK ${eventUuid}`) },
      { kind: 'fire', name: name.trim(), event },
    ],
  ];
}

function startLog(session: ServerSession, rest: string): ServerStep {
  const word = words(rest)[0] ?? '';
  const level = /^\d$/.test(word) ? Number(word) : LEVELS.indexOf(word.toLowerCase() || 'debug');
  if (level < 0 || level >= LEVELS.length) return reply(session, '-ERR invalid log level');
  return reply({ ...session, logging: true }, `+OK log level ${word} [${level}]`);
}

function subscribe(session: ServerSession, outcome: Reply): ServerStep {
  return reply({ ...session, subscription: outcome.subscription }, outcome.reply);
}

function reply(session: ServerSession, text: string): ServerStep {
  return [session, [{ kind: 'write', text: formatReply(text) }]];
}

function splitCommand(text: string): { command: string; args: string } {
  const space = text.indexOf(' ');
  if (space < 0) return { command: text, args: '' };
  return { command: text.slice(0, space), args: text.slice(space + 1) };
}

function words(text: string): string[] {
  return text.split(' ').filter((word) => word !== '');
}
