import { unreachable } from '../../protocol/unreachable.ts';
import type {
  LegId,
  MediaCommand,
  MediaEvent,
  MemberMix,
  PlayTarget,
  RoomName,
} from './contract.ts';
import { Echo } from './dsp/echo.ts';
import { Leg } from './leg.ts';
import { LegRecorder } from './leg-recorder.ts';
import type { LegClocks } from './leg.ts';
import type { LegOpener, OpenedLeg, Renegotiation } from './leg-opener.ts';
import type { PlayQueue } from './play.ts';
import { Player } from './player.ts';
import { Recorder } from './recorder.ts';
import { Room } from './room.ts';
import type { TransportListener } from './transport.ts';

export interface EngineOptions {
  readonly opener: LegOpener;
  readonly rtpTimeoutMs: number;
  readonly ffmpeg?: string;
  readonly clocks: LegClocks;
}

type LegCommand = Extract<MediaCommand, { readonly leg: LegId }>;
type SdpKind = 'answer-leg' | 'offer-leg' | 'accept-answer' | 'update-leg';
type SdpCommand = Extract<LegCommand, { readonly kind: SdpKind }>;
/** Enough for 20 ms of any codec. */
const MOST_SAMPLES = 960;

/** Legs, rooms, plays and recordings: carries out commands, tells what happened, beats every 20 ms. */
export class MediaEngine {
  readonly #options: EngineOptions;
  readonly #emit: (event: MediaEvent) => void;
  readonly #opened = new Map<LegId, OpenedLeg>();
  readonly #legs = new Map<LegId, Leg>();
  readonly #legPlays = new Map<LegId, PlayQueue>();
  readonly #rooms = new Map<RoomName, Room>();
  readonly #echoes = new Map<LegId, Echo>();
  readonly #roomOf = new Map<LegId, Room>();
  /** Commands for legs whose ports are being opened. */
  readonly #waiting = new Map<LegId, MediaCommand[]>();
  readonly #player: Player;
  readonly #recorder: Recorder;
  readonly #legRecorder: LegRecorder;
  readonly #scratch = new Int16Array(MOST_SAMPLES);

  constructor(options: EngineOptions, emit: (event: MediaEvent) => void) {
    this.#options = options;
    this.#emit = emit;
    this.#player = new Player(options.ffmpeg, emit);
    this.#recorder = new Recorder(emit);
    this.#legRecorder = new LegRecorder(emit);
  }

  execute(command: MediaCommand): void {
    const leg = legOf(command);
    const waiting = leg === undefined ? undefined : this.#waiting.get(leg);
    if (waiting) {
      waiting.push(command);
      return;
    }
    if ('leg' in command) this.#executeForLeg(command);
    else this.#executeForRoom(command);
  }

  tick(nowMs: number): void {
    for (const room of this.#rooms.values()) room.tick(nowMs);
    for (const leg of this.#legs.values()) {
      if (!this.#roomOf.has(leg.id)) this.#tickAlone(leg, nowMs);
    }
    for (const leg of this.#legs.values()) leg.tick(nowMs);
  }

  /** Ends everything; files are whole when it resolves. */
  async stop(): Promise<void> {
    for (const room of [...this.#rooms.keys()]) this.#closeRoom(room);
    for (const leg of [...this.#opened.keys()]) this.#closeLeg(leg);
    await Promise.all([this.#recorder.settled(), this.#legRecorder.settled()]);
    this.#options.opener.close();
  }

  #executeForRoom(command: Exclude<MediaCommand, LegCommand>): void {
    switch (command.kind) {
      case 'open-room':
        return this.#openRoom(command.room, command.sampleRateHz);
      case 'close-room':
        return this.#closeRoom(command.room);
      case 'play':
        return this.#player.play(command, this.#queueOf(command.target));
      case 'stop-play':
        return this.#stopPlay(command.play);
      case 'start-recording':
        return this.#startRecording(command.room, command.path);
      case 'stop-recording':
        return this.#stopRecording(command.room, command.path);
      default:
        return unreachable(command);
    }
  }

  #executeForLeg(command: LegCommand): void {
    const { leg } = command;
    switch (command.kind) {
      case 'answer-leg':
        return this.#open(leg, this.#answerLeg(leg, command.offer));
      case 'offer-leg':
        return this.#open(leg, this.#offerLeg(leg, command.browser));
      case 'accept-answer':
        return this.#renegotiate(leg, (opened) => opened.takeAnswer(command.answer));
      case 'update-leg':
        return this.#renegotiate(leg, (opened) => opened.takeOffer(command.offer));
      default:
        return this.#executeInCall(command);
    }
  }

  #executeInCall(command: Exclude<LegCommand, SdpCommand>): void {
    const { leg } = command;
    switch (command.kind) {
      case 'start-leg':
        return this.#withLeg(leg, (one) => one.start());
      case 'close-leg':
        return this.#closeLeg(leg);
      case 'join-room':
        return this.#joinRoom(leg, command);
      case 'set-mix':
        return this.#setMix(leg, command.mix);
      case 'leave-room':
        return this.#leaveRoom(leg);
      case 'echo-leg':
        return void this.#echoes.set(leg, new Echo(command.delayMs));
      case 'stop-echo':
        return void this.#echoes.delete(leg);
      case 'record-leg':
        return this.#legRecorder.start(this.#legs.get(leg), command);
      case 'stop-leg-recording':
        return this.#legRecorder.stop(leg, command.path);
      case 'send-digits':
        return this.#withLeg(leg, (one) => one.sendDigits(command.digits));
      default:
        return unreachable(command);
    }
  }

  /** A leg in no room hears what is played to it, or itself, else silence. */
  #tickAlone(leg: Leg, nowMs: number): void {
    const echo = this.#echoes.get(leg.id);
    if (echo) return this.#tickEcho(leg, echo, nowMs);
    leg.read(nowMs, 'none');
    const plays = leg.runsPlays ? this.#legPlays.get(leg.id) : undefined;
    if (plays?.active) {
      const frame = this.#scratch.subarray(0, leg.sampleRateHz / 50);
      frame.fill(0);
      plays.mixInto(frame);
      if (leg.canSend) leg.say(frame);
      else leg.sayNothing();
      return;
    }
    if (leg.canSend) leg.saySilence();
    else leg.sayNothing();
  }

  #tickEcho(leg: Leg, echo: Echo, nowMs: number): void {
    const voice = echo.next(leg.read(nowMs, 'full'));
    if (!leg.canSend) leg.sayNothing();
    // A frame of before the codec changed is of another length.
    else if (voice?.length === leg.sampleRateHz / 50) leg.say(voice);
    else leg.saySilence();
  }

  /** Opening takes a moment; what is asked of the leg meanwhile waits its turn. */
  #open(leg: LegId, opening: Promise<void>): void {
    this.#waiting.set(leg, []);
    const settled = opening.catch((error: unknown) => this.#refuseForWant(leg, error));
    void settled.then(() => {
      const waiting = this.#waiting.get(leg) ?? [];
      this.#waiting.delete(leg);
      for (const command of waiting) this.execute(command);
    });
  }

  /** The system has no more of something, descriptors say: that costs this leg and no other. */
  #refuseForWant(leg: LegId, error: unknown): void {
    const isSystems = error instanceof Error && 'syscall' in error;
    if (!isSystems) throw error;
    this.#emit({ kind: 'leg-refused', leg, reason: 'no-ports' });
  }

  async #answerLeg(leg: LegId, offer: string): Promise<void> {
    const outcome = await this.#options.opener.answer(offer, this.#transportListener(leg));
    if (outcome.kind === 'refused') {
      this.#emit({ kind: 'leg-refused', leg, reason: outcome.reason });
      return;
    }
    this.#opened.set(leg, outcome.opened);
    this.#makeLeg(leg, outcome.opened);
    this.#tellAnswered(leg, outcome.text);
  }

  async #offerLeg(leg: LegId, browser?: boolean): Promise<void> {
    const outcome = await this.#options.opener.offer(this.#transportListener(leg), browser);
    if (outcome.kind === 'refused') {
      this.#emit({ kind: 'leg-refused', leg, reason: outcome.reason });
      return;
    }
    this.#opened.set(leg, outcome.opened);
    this.#emit({ kind: 'leg-offered', leg, offer: outcome.text });
  }

  #renegotiate(leg: LegId, take: (opened: OpenedLeg) => Renegotiation): void {
    const opened = this.#opened.get(leg);
    if (!opened) return;
    const outcome = take(opened);
    if (outcome.kind === 'refused') {
      this.#emit({ kind: 'leg-refused', leg, reason: outcome.reason });
      return;
    }
    this.#makeLeg(leg, opened);
    this.#tellAnswered(leg, outcome.text);
  }

  /** Makes the leg once its SDP is agreed, or changes the one there is. */
  #makeLeg(id: LegId, opened: OpenedLeg): void {
    const { agreement } = opened;
    if (!agreement) return;
    const known = this.#legs.get(id);
    if (known) {
      if (known.renegotiate(agreement)) this.#refresh(known);
      return;
    }
    const { rtpTimeoutMs, clocks } = this.#options;
    const { start, cname } = opened;
    const leg = new Leg({ id, start, cname, rtpTimeoutMs, clocks }, opened.transport, agreement, {
      onDigit: ({ digit, durationMs }) => this.#emit({ kind: 'digit', leg: id, digit, durationMs }),
      onTimeout: () => this.#emit({ kind: 'media-timeout', leg: id }),
      onStats: (stats) => this.#emit({ kind: 'stats', leg: id, stats }),
    });
    this.#legs.set(id, leg);
    this.#legPlays.set(id, this.#player.newQueue(leg.sampleRateHz));
  }

  /** The leg's rate has changed: what was made for the old one is made anew, plays are ended. */
  #refresh(leg: Leg): void {
    this.#legPlays.get(leg.id)?.endAll('stopped');
    this.#legPlays.set(leg.id, this.#player.newQueue(leg.sampleRateHz));
    this.#roomOf.get(leg.id)?.refresh(leg);
  }

  #tellAnswered(leg: LegId, answer: string): void {
    const agreement = this.#opened.get(leg)?.agreement;
    if (!agreement) return;
    const { codec, heldByPeer } = agreement;
    const { name, clockHz: clockRateHz } = codec;
    this.#emit({ kind: 'leg-answered', leg, answer, codec: name, clockRateHz, heldByPeer });
  }

  #transportListener(leg: LegId): TransportListener {
    return {
      onRtp: (packet: Uint8Array) => this.#legs.get(leg)?.receiveRtp(packet),
      onRtcp: (packet: Uint8Array) => this.#legs.get(leg)?.receiveRtcp(packet),
      onConnected: () => this.#emit({ kind: 'leg-connected', leg }),
      onGone: () => this.#emit({ kind: 'media-timeout', leg }),
    };
  }

  #closeLeg(id: LegId): void {
    this.#leaveRoom(id);
    this.#echoes.delete(id);
    this.#legRecorder.legClosed(id);
    const leg = this.#legs.get(id);
    this.#legs.delete(id);
    this.#legPlays.get(id)?.endAll('stopped');
    this.#legPlays.delete(id);
    const opened = this.#opened.get(id);
    this.#opened.delete(id);
    if (leg) leg.close();
    else opened?.transport.close();
  }

  #joinRoom(id: LegId, command: Extract<MediaCommand, { readonly kind: 'join-room' }>): void {
    const leg = this.#legs.get(id);
    const room = this.#rooms.get(command.room);
    if (!leg || !room) return;
    this.#leaveRoom(id);
    room.join(leg, command.mix);
    this.#roomOf.set(id, room);
  }

  #setMix(id: LegId, mix: MemberMix): void {
    this.#roomOf.get(id)?.setMix(id, mix);
  }

  #withLeg(id: LegId, act: (leg: Leg) => void): void {
    const leg = this.#legs.get(id);
    if (leg) act(leg);
  }

  #leaveRoom(id: LegId): void {
    this.#roomOf.get(id)?.leave(id);
    this.#roomOf.delete(id);
  }

  #openRoom(name: RoomName, sampleRateHz: number): void {
    if (this.#rooms.has(name)) return;
    const playsOf = (leg: LegId) => this.#legPlays.get(leg);
    const room = new Room(name, this.#player.newQueue(sampleRateHz), playsOf, {
      onTalking: (leg, talking, energy) => this.#emit({ kind: 'talking', leg, talking, energy }),
      onMuteDetected: (leg, talking) => this.#emit({ kind: 'mute-detected', leg, talking }),
    });
    this.#rooms.set(name, room);
  }

  #closeRoom(name: RoomName): void {
    const room = this.#rooms.get(name);
    if (!room) return;
    this.#rooms.delete(name);
    for (const [leg, its] of this.#roomOf) if (its === room) this.#roomOf.delete(leg);
    this.#recorder.stopAll(room);
    room.close();
  }

  #queueOf(target: PlayTarget): PlayQueue | undefined {
    return target.kind === 'leg'
      ? this.#legPlays.get(target.leg)
      : this.#rooms.get(target.room)?.plays;
  }

  #stopPlay(id: string): void {
    const queues = [...this.#legPlays.values(), ...[...this.#rooms.values()].map((r) => r.plays)];
    for (const queue of queues) if (queue.end(id, 'stopped')) return;
  }

  #startRecording(name: RoomName, path: string): void {
    const room = this.#rooms.get(name);
    if (room) void this.#recorder.start(room, path, () => this.#rooms.get(name) === room);
    else this.#emit({ kind: 'recording-started', room: name, path, error: 'no such room' });
  }

  #stopRecording(name: RoomName, path: string): void {
    const room = this.#rooms.get(name);
    if (room) this.#recorder.stop(room, path);
  }
}

/** Whose turn a command waits for, while that leg's ports are being opened. */
function legOf(command: MediaCommand): LegId | undefined {
  if ('leg' in command) return command.leg;
  return command.kind === 'play' && command.target.kind === 'leg' ? command.target.leg : undefined;
}
