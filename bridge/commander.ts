import type { Outcome, RoomCommand } from '../protocol/room/command.ts';
import type { ParticipantId, RoomEnd, RoomId } from '../protocol/room/room.ts';
import { unreachable } from '../protocol/unreachable.ts';
import { announce } from './announcing.ts';
import type { AnnouncingOptions } from './announcing.ts';
import type { Dialer } from './dialer.ts';
import type { Expulsion } from './expulsion.ts';
import { clampVolume } from './from-esl.ts';
import type { Desk } from './desk/desk.ts';
import type { Found } from './ledger.ts';
import { Mover } from './mover.ts';
import type { Muting } from './muting.ts';
import type { FreeSwitchNode } from './node.ts';
import { DONE, NO_PARTICIPANT, NO_ROOM, UNAVAILABLE, outcomeOf, refused } from './outcomes.ts';
import { recordingPath } from './recording-path.ts';
import type { StandingPatch } from './standing.ts';
import { GOES_ON, endSaying } from './room-end.ts';
import { lockLine, recordLine, stopRecordingLine } from './to-esl-rooms.ts';
import type { Wish } from './wishes.ts';
import type { Wisher } from './wisher.ts';

const MAX_NAME = 100;

export interface CommanderOptions extends AnnouncingOptions {
  readonly node: FreeSwitchNode;
  readonly desk: Desk;
  readonly dialer: Dialer;
  readonly wisher: Wisher;
  readonly muting: Muting;
  readonly expulsion: Expulsion;
  /** Where meetings are recorded: absolute, as FreeSWITCH sees it. */
  readonly recordingsDir?: string;
  readonly now: () => number;
}

type AboutRoom = Exclude<RoomCommand, { readonly id: ParticipantId }>;
type AboutPerson = Exclude<
  Extract<RoomCommand, { readonly id: ParticipantId }>,
  { kind: 'call' | 'cancel-call' }
>;
type AboutHearing = Extract<AboutPerson, { kind: 'set-unheard' }>;
type AboutMember = Extract<AboutPerson, { kind: 'set-deaf' | 'set-held' | 'set-volume' }>;

/** Takes every command, and gives each to who carries it out. */
export class Commander {
  readonly #options: CommanderOptions;
  readonly #mover: Mover;

  constructor(options: CommanderOptions) {
    this.#options = options;
    this.#mover = new Mover(options);
  }

  async execute(command: RoomCommand): Promise<Outcome> {
    const { ledger, dialer } = this.#options;
    if (command.kind === 'call') return dialer.call(command);
    if (!ledger.isOpen(command.room)) return NO_ROOM;
    if (command.kind === 'cancel-call') return dialer.cancel(command.room, command.id);
    return 'id' in command ? this.#aboutPerson(command) : this.#aboutRoom(command);
  }

  async #aboutRoom(command: AboutRoom): Promise<Outcome> {
    const { node, muting, expulsion, ledger, desk } = this.#options;
    const { room } = command;
    switch (command.kind) {
      case 'mute-all':
        return muting.all(command);
      case 'unmute-all':
        return muting.unmuteAll(room);
      case 'set-locked':
        return outcomeOf(await node.api(lockLine(room, command.on)));
      case 'set-recording':
        return this.#record(room, command.on);
      case 'announce':
        return announce(this.#options, command);
      case 'announce-end':
        return this.#announceEnd(room, command.end);
      case 'close-room':
        return expulsion.closeRoom(room);
      case 'admit-all':
        for (const leg of ledger.lobby(room)) desk.admitted(leg);
        return DONE;
      case 'refuse-all':
        for (const leg of ledger.lobby(room)) desk.refused(leg);
        return DONE;
      default:
        return unreachable(command);
    }
  }

  async #aboutPerson(command: AboutPerson): Promise<Outcome> {
    const found = this.#found(command);
    if (found === undefined) return NO_PARTICIPANT;
    switch (command.kind) {
      case 'remove':
        return this.#options.expulsion.remove(command);
      case 'admit':
        return this.#admit(found);
      case 'rename':
        return this.#rename(found, command.name);
      case 'set-role':
        return this.#note(found, { role: command.role });
      case 'set-hand':
        return this.#hand(found, command.on);
      case 'set-help':
        return this.#note(found, { wantsHelp: command.on || undefined });
      default:
        if (found.row.state !== 'joined') return NOT_INSIDE;
        if (command.kind === 'move') return this.#mover.move(command);
        if (command.kind === 'set-muted')
          return this.#options.muting.set(found.room, found.row, command);
        return this.#wish(found, command);
    }
  }

  /** Whom a command is about: the leg that speaks for the person. */
  #found({ room, id }: AboutPerson): Found | undefined {
    const { ledger } = this.#options;
    const found = ledger.find(id);
    if (found?.room !== room) return undefined;
    const { audioBy } = found.row;
    return audioBy === undefined ? found : (ledger.find(audioBy) ?? found);
  }

  #announceEnd(room: RoomId, end: RoomEnd | undefined): Outcome {
    const { ledger, speaker, now } = this.#options;
    ledger.ends(room, end);
    const saying = end === undefined ? GOES_ON : endSaying(end, now());
    if (saying !== undefined) speaker.sayToRoom(room, saying);
    return DONE;
  }

  #admit({ row }: Found): Outcome {
    if (row.state === 'joined') return refused('This person is in the meeting already.');
    this.#options.desk.admitted(row.id);
    return DONE;
  }

  async #rename(found: Found, name: string): Promise<Outcome> {
    const tidy = name.replace(/\p{Cc}/gu, '').trim();
    if (tidy === '' || [...tidy].length > MAX_NAME)
      return refused(`A name has 1 to ${MAX_NAME} characters.`);
    return this.#note(found, { name: tidy });
  }

  #hand(found: Found, on: boolean): Promise<Outcome> {
    const { ledger, now } = this.#options;
    const { handAtMs } = ledger.standing(found.row.id);
    return this.#note(found, { handAtMs: on ? (handAtMs ?? now()) : undefined });
  }

  /** What is kept on the leg is so once it is written there. */
  async #note({ row }: Found, patch: StandingPatch): Promise<Outcome> {
    return (await this.#options.ledger.note(row.id, patch)) ? DONE : UNAVAILABLE;
  }

  #wish(found: Found, command: AboutMember | AboutHearing): Promise<Outcome> {
    if (command.kind === 'set-unheard') return this.#options.wisher.hearing.wish(found, command);
    const { room, row } = found;
    const wish = wishOf(command);
    if (wish === undefined) return Promise.resolve(BAD_VOLUME);
    return this.#options.wisher.wish({ room, leg: row.id }, wish);
  }

  async #record(room: RoomId, on: boolean): Promise<Outcome> {
    const { node, ledger, recordingsDir, now } = this.#options;
    const recording = ledger.rooms.get(room)?.recording;
    if (recording === undefined) return NO_ROOM;
    if (recording === on) return DONE;
    if (!on) return stopped(await node.api(stopRecordingLine(room)));
    if (recordingsDir === undefined) return NO_RECORDING;
    return outcomeOf(await node.api(recordLine(room, recordingPath(recordingsDir, room, now()))));
  }
}

/** The reply has a line for each file, and the verdict last. */
function stopped(reply: Parameters<typeof outcomeOf>[0]): Outcome {
  return reply.kind === 'answered' && /^\+OK/m.test(reply.text) ? DONE : outcomeOf(reply);
}

const NOT_INSIDE = refused('This person waits in the lobby: let them in first.');
const BAD_VOLUME = refused('A volume is a whole number from -4 to 4.');
const NO_RECORDING = refused('Recording is switched off: whoever runs Partyline must allow it.');

function wishOf(command: AboutMember): Wish | undefined {
  switch (command.kind) {
    case 'set-deaf':
      return { deaf: command.on };
    case 'set-held':
      return { held: command.on };
    case 'set-volume':
      if (clampVolume(command.level) !== command.level) return undefined;
      return command.direction === 'in'
        ? { volumeIn: command.level }
        : { volumeOut: command.level };
    default:
      return unreachable(command);
  }
}
