import { formatJsonEvent, formatPlainEvent } from '../../../protocol/esl/event.ts';
import { answer, negotiate } from './answer.ts';
import type { ApiCommand, ApiPlace } from './api-command.ts';
import { deliver, execute, transfer } from './app-engine.ts';
import type { AppCall } from './app-run.ts';
import type { Channel } from './channel.ts';
import { setVariable } from './channel.ts';
import { channelData } from './channel-event.ts';
import { PARK } from './dialplan.ts';
import { eventPrelude } from './event-prelude.ts';
import { toCause } from './hangup-cause.ts';
import { hangup } from './hangup.ts';
import type { SwitchNode } from './node.ts';
import { separateBy, separateString } from './separate-string.ts';

const NO_CHANNEL = '-ERR No such channel!\n';

/** `uuid_…` of mod_commands: reach into one channel. */
export const UUID_COMMANDS: Readonly<Record<string, ApiCommand>> = {
  uuid_kill(place, args) {
    const [uuid, cause] = separateString(args, 2);
    if (uuid === undefined) return '-USAGE: <uuid> [cause]\n';
    return onChannel(place, uuid, (channel) => {
      place.later(() => hangup(place.node, channel, toCause(cause)));
      return '+OK\n';
    });
  },

  uuid_exists: ({ node }, args) => String(node.channels.has(args)),

  uuid_getvar(place, args) {
    const [uuid, name] = separateString(args, 4);
    if (uuid === undefined || name === undefined) return '-USAGE: <uuid> <var>\n';
    return onChannel(place, uuid, (channel) => channel.variables.get(name) ?? '_undef_');
  },

  uuid_setvar(place, args) {
    const [uuid, name] = separateString(args, 2);
    if (uuid === undefined || name === undefined) return '-USAGE: <uuid> <var> [value]\n';
    // The value is the rest of the line, blanks included.
    const value = /^\S+ +\S+ +(.*)$/s.exec(args.trim())?.[1];
    return onChannel(place, uuid, (channel) => {
      setVariable(channel, name, value);
      return '+OK\n';
    });
  },

  uuid_dump(place, args) {
    const [uuid, format = 'txt'] = separateString(args, 2);
    if (uuid === undefined) return '-USAGE: <uuid> [format]\n';
    return onChannel(place, uuid, (channel) => dump(place.node, channel, format));
  },

  uuid_broadcast(place, args) {
    const [uuid, path] = separateString(args, 4);
    if (uuid === undefined || path === undefined) {
      return '-USAGE: <uuid> <path> [aleg|bleg|holdb|both]\n';
    }
    const channel = place.node.channels.get(uuid);
    if (channel === undefined) return '-ERR invalid uuid\n';
    place.later(() => execute(place.node, channel, toBroadcast(path)));
    return '+OK Message sent\n';
  },

  uuid_break(place, args) {
    const [uuid, flag = ''] = separateString(args, 2);
    if (uuid === undefined) return '-USAGE: <uuid> [all]\n';
    return onChannel(place, uuid, (channel) => {
      place.later(() => {
        if (flag.includes('all')) channel.waiting.length = 0;
        deliver(place.node, channel, { kind: 'break' });
      });
      return '+OK\n';
    });
  },

  uuid_transfer(place, args) {
    const words = separateString(args, 5);
    const [uuid, ...rest] = words;
    const target = rest[0]?.startsWith('-') === true ? rest.slice(1) : rest;
    if (uuid === undefined || target[0] === undefined) {
      return '-USAGE: <uuid> [-bleg|-both] <dest-exten> [<dialplan>] [<context>]\n';
    }
    const calls = toExtension(target[0], target[1]);
    return onChannel(place, uuid, (channel) => {
      place.later(() => transfer(place.node, channel, { calls, dialled: target[0] }));
      return '+OK\n';
    });
  },

  uuid_park: (place, args) =>
    onChannel(place, args, (channel) => {
      place.later(() =>
        transfer(place.node, channel, { calls: [{ app: 'park', args: '', untold: true }] }),
      );
      return '+OK\n';
    }),

  uuid_answer(place, args) {
    const channel = place.node.channels.get(args);
    if (channel === undefined) return '-ERROR\n';
    place.later(() => answerNow(place.node, channel));
    return '+OK\n';
  },

  uuid_send_dtmf(place, args) {
    const [uuid, digits] = separateString(args, 2);
    if (uuid === undefined || digits === undefined) return '-USAGE: <uuid> <dtmf_data>\n';
    const channel = place.node.channels.get(uuid);
    if (channel === undefined) return '-ERR Cannot locate session!\n';
    place.node.media({
      kind: 'send-digits',
      leg: channel.uuid,
      digits: digits.replace(/@.*$/, ''),
    });
    return `+OK ${uuid} sent DTMF ${digits}.\n`;
  },
};

function onChannel(place: ApiPlace, uuid: string, act: (channel: Channel) => string): string {
  const channel = place.node.channels.get(uuid);
  return channel === undefined ? NO_CHANNEL : act(channel);
}

/** Answers at once, or by the application where media is not there yet. */
function answerNow(node: SwitchNode, channel: Channel): void {
  if (channel.media.kind === 'ready') {
    answer(node, channel);
    return;
  }
  negotiate(node, channel);
  execute(node, channel, { app: 'answer', args: '' });
}

/** `path`, or `app::args`. */
function toBroadcast(text: string): AppCall {
  const at = text.indexOf('::');
  if (at < 0) return { app: 'playback', args: text };
  return { app: text.slice(0, at).replace(/!.*$/, ''), args: text.slice(at + 2) };
}

/** The inline dialplan, `app:args,app:args`; every other one parks. */
function toExtension(text: string, name: string | undefined): readonly AppCall[] {
  if (name?.toLowerCase() !== 'inline') return PARK;
  const own = /^m:(.):/.exec(text)?.[1];
  const list = own === undefined ? text : text.slice(4);
  return separateBy(list, own ?? ',').map((each) => {
    const at = each.indexOf(':');
    return at < 0
      ? { app: each.trim(), args: '' }
      : { app: each.slice(0, at).trim(), args: each.slice(at + 1) };
  });
}

/** FreeSWITCH writes `plain` as it stands and everything else that it does not know URL-encoded. */
function dump(node: SwitchNode, channel: Channel, format: string): string {
  const prelude = eventPrelude(node.settings, 'CHANNEL_DATA', node.world.nowUs(), 0);
  const headers = [...prelude, ...channelData(channel, 'CHANNEL_DATA')];
  if (format.toLowerCase() === 'json') return formatJsonEvent({ headers });
  if (format.toLowerCase() !== 'plain') return formatPlainEvent({ headers });
  return `${headers.map(({ name, value }) => `${name}: [${value}]\n`).join('')}\n`;
}
