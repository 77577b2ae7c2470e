import { randomUUID } from 'node:crypto';
import { channelHeaders, originated, parked, sentTo, showChannels } from './scripted-channel.ts';
import type { Channel } from './scripted-channel.ts';
import {
  jsonList,
  memberCommand,
  memberHeaders,
  relate,
  roomHeaders,
} from './scripted-conference.ts';
import type { ScriptedConference, ScriptedMember } from './scripted-conference.ts';
import { ScriptedEsl } from './scripted-esl.ts';

/**
 * A FreeSWITCH of words: answers commands and tells events as mod_conference and mod_commands do,
 * over a real socket, with no calls behind it. Tests play the callers.
 */
export class ScriptedFreeSwitch {
  readonly wire = new ScriptedEsl({
    run: (line) => this.#run(line),
    message: (uuid, headers) => this.#sendmsg(uuid, headers),
  });
  readonly channels = new Map<string, Channel>();
  readonly conferences = new Map<string, ScriptedConference>();
  /** Every command but logins, subscriptions and probes, in order. */
  readonly heard: string[] = [];
  /** What it says it is. */
  version = '1.11.99';
  /** Replies instead of the usual, by the start of the command. */
  readonly instead = new Map<string, (command: string) => string | undefined>();
  /** While true, words last until `complete` or `uuid_break`; else they are over at once. */
  wordsLast = false;
  #memberId = 0;

  /** A call arrives and is parked by the dialplan. */
  park(uuid: string, identity?: string): void {
    this.channels.set(uuid, parked(uuid, identity));
    this.wire.tell('CHANNEL_PARK', this.#channelHeaders(uuid));
  }

  /** The caller hangs up, or is hung up. */
  hangUp(uuid: string, cause = 'NORMAL_CLEARING'): void {
    for (const conference of this.conferences.values()) this.leave(conference.name, uuid);
    const headers = { ...this.#channelHeaders(uuid), 'Hangup-Cause': cause };
    if (this.channels.delete(uuid))
      this.wire.tell('CHANNEL_HANGUP_COMPLETE', { ...headers, 'Answer-State': 'hangup' });
  }

  /** A phone that was called rings. */
  ring(uuid: string): void {
    this.#channel(uuid).callstate = 'RINGING';
    this.wire.tell('CHANNEL_PROGRESS', this.#channelHeaders(uuid));
  }

  /** A phone that was called is taken up, and parked. */
  answer(uuid: string): void {
    const channel = this.#channel(uuid);
    channel.answered = true;
    channel.callstate = 'ACTIVE';
    channel.application = 'park';
    this.wire.tell('CHANNEL_ANSWER', this.#channelHeaders(uuid));
    this.wire.tell('CHANNEL_PARK', this.#channelHeaders(uuid));
  }

  /** A phone puts its call on hold, or takes it back. */
  hold(uuid: string, on: boolean): void {
    this.#channel(uuid).callstate = on ? 'HELD' : 'ACTIVE';
    this.wire.tell(on ? 'CHANNEL_HOLD' : 'CHANNEL_UNHOLD', this.#channelHeaders(uuid));
  }

  /** What a caller presses, key by key. */
  press(uuid: string, keys: string): void {
    for (const key of keys)
      this.wire.tell('DTMF', { ...this.#channelHeaders(uuid), 'DTMF-Digit': key });
  }

  /** The running application of a leg comes to its end. */
  complete(uuid: string): void {
    const channel = this.channels.get(uuid);
    if (channel === undefined) return;
    channel.running = false;
    this.wire.tell('CHANNEL_EXECUTE_COMPLETE', {
      ...this.#channelHeaders(uuid),
      Application: channel.application,
      ...(channel.task === '' ? {} : { 'Application-UUID': channel.task }),
      'Application-Data': channel.data,
      'Application-Response': '_none_',
    });
  }

  enter(room: string, uuid: string, flags: readonly string[] = []): ScriptedMember {
    let conference = this.conferences.get(room);
    if (conference === undefined) {
      conference = { name: room, uuid: randomUUID(), locked: false, recording: false, members: [] };
      this.conferences.set(room, conference);
      this.maintain('conference-create', conference);
    }
    this.#memberId += 1;
    const member: ScriptedMember = {
      uuid,
      id: this.#memberId,
      speak: !flags.includes('mute'),
      hear: true,
      hold: false,
      talking: false,
      volumeIn: 0,
      volumeOut: 0,
      moderator: flags.includes('moderator'),
      unheard: new Set(),
    };
    conference.members.push(member);
    this.maintain('add-member', conference, member);
    return member;
  }

  leave(room: string, uuid: string): void {
    const conference = this.conferences.get(room);
    const index = conference?.members.findIndex((member) => member.uuid === uuid) ?? -1;
    if (conference === undefined || index < 0) return;
    const [member] = conference.members.splice(index, 1);
    this.maintain('del-member', conference, member);
    if (conference.members.length > 0) return;
    this.conferences.delete(room);
    this.maintain('conference-destroy', conference);
  }

  member(uuid: string): ScriptedMember {
    const all = [...this.conferences.values()].flatMap((conference) => conference.members);
    const found = all.find((member) => member.uuid === uuid);
    if (found === undefined) throw new Error(`${uuid} is in no room`);
    return found;
  }

  conference(room: string): ScriptedConference {
    const found = this.conferences.get(room);
    if (found === undefined) throw new Error(`no room ${room}`);
    return found;
  }

  /** The process ends and another starts: nothing is left. */
  restart(): void {
    this.wire.restartSequence();
    this.channels.clear();
    this.conferences.clear();
    this.#memberId = 0;
  }

  maintain(
    action: string,
    conference: ScriptedConference,
    member?: ScriptedMember,
    more: Readonly<Record<string, string>> = {},
  ): void {
    this.wire.tell('CUSTOM', {
      ...roomHeaders(conference),
      ...(member === undefined ? {} : memberHeaders(member)),
      ...more,
      Action: action,
    });
  }

  #run(line: string): string | undefined {
    if (line !== 'status' && !line.startsWith('module_exists ')) this.heard.push(line);
    for (const [start, answer] of this.instead) {
      const given = line.startsWith(start) ? answer(line) : undefined;
      if (given !== undefined) return given;
    }
    const [command = '', ...words] = line.split(' ');
    const run = this.#commands[command];
    return run === undefined ? `-ERR ${command} Command not found!\n` : run(words);
  }

  readonly #commands: Readonly<Record<string, (words: readonly string[]) => string | undefined>> = {
    status: () => `UP 0 years\nFreeSWITCH (Version ${this.version}-scripted) is ready\n`,
    show: () => showChannels(this.channels.values()),
    uuid_getvar: ([uuid = '', name = '']) => this.#variable(uuid, name),
    uuid_setvar: ([uuid = '', name = '', value = '']) => {
      this.channels.get(uuid)?.variables.set(name, value);
      return '+OK\n';
    },
    uuid_break: ([uuid = '']) => {
      const channel = this.channels.get(uuid);
      if (channel === undefined) return '-ERR invalid uuid\n';
      const breakable = channel.application === 'playback' || channel.application === 'record';
      if (channel.running && breakable) this.complete(uuid);
      return '+OK\n';
    },
    uuid_kill: ([uuid = '', cause]) => {
      if (!this.channels.has(uuid)) return '-ERR No such channel!\n';
      this.hangUp(uuid, cause);
      return '+OK\n';
    },
    originate: (words) => this.#originate(words.join(' ')),
    conference: (words) => this.#conference(words),
  };

  #conference(words: readonly string[]): string {
    const [name = '', verb = ''] = words;
    const conference = this.conferences.get(name);
    if (conference === undefined) return `-ERR Conference ${name} not found\n`;
    if (verb === 'json_list') return jsonList(conference);
    if (verb === 'lock' || verb === 'unlock') {
      conference.locked = verb === 'lock';
      this.maintain(verb, conference);
      return `+OK ${name} ${verb}ed\n`;
    }
    const room = this.#roomCommand(conference, words.slice(1));
    return room ?? this.#memberCommand(conference, words.slice(1));
  }

  #roomCommand(
    conference: ScriptedConference,
    [verb = '', first = '', second, third = '']: readonly string[],
  ): string | undefined {
    const toMember = conference.members.some(({ id }) => id === Number(second));
    switch (verb) {
      case 'play':
        if (second === undefined) return `+OK (play) Playing file ${first}\n`;
        return toMember
          ? `+OK (play) Playing file ${first} to member ${second}\n`
          : `-ERR Member: 4242 not found.\n`;
      case 'stop':
        return '+OK Stopped 0 files.\n';
      case 'relate':
        return relate(conference, [Number(first), Number(second)], third);
      case 'transfer':
        return this.#transfer(conference, first, Number(second));
      case 'record':
        conference.recording = true;
        this.maintain('start-recording', conference, undefined, { Path: first });
        return `+OK Record file ${first}\n`;
      case 'norecord':
        conference.recording = false;
        this.maintain('stop-recording', conference, undefined, { 'Other-Recordings': 'false' });
        return 'Stopped recording file x\n+OK Stopped recording 0 file(s)\n';
      default:
        return undefined;
    }
  }

  /** The job ends with the call, so its answer is not due now. */
  #originate(line: string): string | undefined {
    const channel = originated(line);
    this.channels.set(channel.uuid, channel);
    return undefined;
  }

  #memberCommand(
    conference: ScriptedConference,
    [verb = '', target = '', argument = '']: readonly string[],
  ): string {
    const member = conference.members.find((one) => one.id === Number(target));
    if (member === undefined) return `-ERR Non-Existant ID ${target}\n`;
    const done = memberCommand(verb, member, argument);
    if (done === undefined) return `-ERR Conference command '${verb}' not found.\n`;
    const more: Record<string, string> =
      done.level === undefined ? {} : { 'Volume-Level': String(done.level) };
    this.maintain(done.action, conference, member, more);
    if (verb === 'kick') this.#kicked(conference.name, member.uuid);
    return done.reply;
  }

  /** The reply first; then the leg leaves the one and enters the other. */
  #transfer(conference: ScriptedConference, to: string, id: number): string {
    const member = conference.members.find((one) => one.id === id);
    if (member === undefined) return `-ERR No Member ${id} in conference ${conference.name}.\n`;
    queueMicrotask(() => {
      this.leave(conference.name, member.uuid);
      this.complete(member.uuid);
      const { room, flags } = sentTo(to);
      this.#channel(member.uuid).data = to;
      this.enter(room, member.uuid, flags);
    });
    return `+OK Member '${id}' sent to conference ${to}.\n`;
  }

  /** The leg leaves the application and is parked again; nobody hangs it up. */
  #kicked(room: string, uuid: string): void {
    this.leave(room, uuid);
    this.complete(uuid);
  }

  #sendmsg(uuid: string, headers: readonly string[]): string {
    const channel = this.channels.get(uuid);
    if (channel === undefined) return `-ERR invalid session id [${uuid}]`;
    const value = (name: string): string =>
      headers.find((header) => header.startsWith(`${name}: `))?.slice(name.length + 2) ?? '';
    const application = value('execute-app-name');
    const data = value('execute-app-arg');
    this.heard.push(`${uuid} ${application} ${data}`.trimEnd());
    // After the reply, and in the order they came.
    queueMicrotask(() => {
      channel.application = application;
      channel.data = data;
      channel.task = value('Event-UUID');
      channel.running = true;
      this.#execute(channel);
    });
    return '+OK';
  }

  #execute(channel: Channel): void {
    if (channel.application === 'answer') channel.answered = true;
    if (channel.application === 'answer') this.complete(channel.uuid);
    const lasts = this.wordsLast || channel.data.includes('hold-music');
    if (channel.application === 'playback' && !lasts) this.complete(channel.uuid);
    if (channel.application !== 'conference') return;
    const { room, flags } = sentTo(channel.data);
    this.enter(room, channel.uuid, flags);
  }

  #channel(uuid: string): Channel {
    const channel = this.channels.get(uuid);
    if (channel === undefined) throw new Error(`no channel ${uuid}`);
    return channel;
  }

  #variable(uuid: string, name: string): string {
    const channel = this.channels.get(uuid);
    if (channel === undefined) return '-ERR No such channel!\n';
    return channel.variables.get(name) ?? '_undef_';
  }

  #channelHeaders(uuid: string): Record<string, string> {
    return channelHeaders(uuid, this.channels.get(uuid));
  }
}
