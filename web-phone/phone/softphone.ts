import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { SoftphoneGrant } from '../../protocol/http/views.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import type { Notices } from '../style/notices.tsx';
import { Attendance } from './attendance.ts';
import { countSpeech, isSpeech } from './level.ts';
import { recall, remember } from './memory.ts';
import { Microphone } from './microphone.ts';
import type { Call, Phone } from './phone.ts';
import type { PhoneEffect, PhoneInput, PhoneState } from './state.ts';
import { StayKeeper } from './stay-keeper.ts';
import type { FormerStay } from './stay.ts';
import { step } from './step.ts';
import { TicketDesk } from './ticket-desk.ts';
import { isSilent, transmits } from './voice.ts';

/** Attempts to return are spread by so much, for many lose a server at once. */
const SPREAD = 0.3;

export interface SoftphoneParts {
  readonly ticket: string;
  /** Loads the phone: it is large, and the page is there before it. */
  readonly phone: () => Promise<Phone>;
  readonly notices: Notices;
  /** Whether the others may be heard on this machine. */
  readonly onHearing: (on: boolean) => void;
}

/** Runs what `state.ts` decides: asks the API, places calls, keeps the feed. Holds no rule itself. */
export class Softphone {
  readonly microphone: Microphone;
  readonly attendance: Attendance;
  readonly #state = signal<PhoneState>({ kind: 'loading' });
  readonly #talksMuted = signal(false);
  readonly #parts: SoftphoneParts;
  readonly #desk: TicketDesk;
  readonly #stays: StayKeeper;
  #former: FormerStay | undefined;
  #call: Call | undefined;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #lastKey = '';

  constructor(parts: SoftphoneParts) {
    this.#parts = parts;
    this.#desk = new TicketDesk(parts.ticket);
    this.#stays = new StayKeeper(parts.ticket);
    this.attendance = new Attendance(parts.notices, {
      onVoice: (voice) => {
        this.#call?.transmit(transmits(voice));
        parts.onHearing(!voice.carried);
        this.#stays.setMuted(isSilent(voice));
      },
      onOwnLegLeft: (reason) => this.#take({ kind: 'own-leg-left', reason }),
    });
    this.microphone = new Microphone(
      (voice) => void this.#call?.replaceVoice(voice),
      recall().microphone,
    );
    this.#listenToOwnVoice();
    window.addEventListener('online', () => this.#take({ kind: 'online' }));
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.#take({ kind: 'online' });
    });
    window.addEventListener('pagehide', () => this.#onPageHide());
    void this.#askTicket();
    // Fetched while the person types a name; a failure shows when the call is placed.
    void parts.phone().catch(() => undefined);
  }

  get state(): ReadonlySignal<PhoneState> {
    return this.#state;
  }
  /** Somebody speaks into a microphone that is muted. */
  get talksMuted(): ReadonlySignal<boolean> {
    return this.#talksMuted;
  }

  /** Asks anew what the link opens, or tries at once to get back into the call. */
  retry(): void {
    this.#take({ kind: 'retry' });
  }

  /** Goes back to the call that the door offers. */
  async resume(): Promise<void> {
    const { stay } = this.#former ?? {};
    if (stay === undefined || !(await this.#bringVoice(stay.listening))) return;
    this.#takeUp(stay);
    this.#take({ kind: 'resume' });
  }

  /** Joins by the name; asks for the microphone first where that has not happened yet. */
  async join(name: string): Promise<void> {
    remember({ name });
    const heard = await this.#bringVoice(false);
    this.#take(heard ? { kind: 'join', name } : { kind: 'no-microphone' });
  }

  leave(): void {
    this.#take({ kind: 'leave' });
  }

  /** What the browser has counted of the call; `undefined` while there is none. */
  stats(): Promise<RTCStatsReport | undefined> {
    return this.#call?.stats() ?? Promise.resolve(undefined);
  }

  /** One key of the keypad. */
  press(key: string): void {
    // `*6` mutes by keypad: what comes of it is our doing.
    if (this.#lastKey === '*' && key === '6') this.attendance.noteOwnAct();
    this.#lastKey = key;
    this.#call?.sendDigit(key);
  }

  async #bringVoice(listening: boolean): Promise<boolean> {
    if (listening && this.microphone.voice === undefined) this.microphone.listenOnly();
    return this.microphone.voice !== undefined || (await this.microphone.open());
  }

  /** The call was not over after all: who speaks in it comes back with a voice. */
  async #reopenVoice(): Promise<void> {
    if (this.microphone.state.peek().kind === 'off') await this.microphone.open();
  }

  #onPageHide(): void {
    this.#stays.beat();
    this.#call?.hangUp();
  }

  #take(input: PhoneInput): void {
    const before = this.#state.peek();
    const [next, effects] = step(before, input);
    if (next.kind !== before.kind) clearTimeout(this.#patience);
    this.#state.value = next;
    // The browser shows that the microphone is open for as long as it is.
    if (next.kind === 'left' && before.kind !== 'left') this.microphone.close();
    if (next.kind === 'returning' && before.kind === 'left') void this.#reopenVoice();
    this.#keepStay(next);
    for (const each of effects) this.#run(each);
  }

  #run(wanted: PhoneEffect): void {
    switch (wanted.kind) {
      case 'ask-ticket':
        return void this.#askTicket();
      case 'ask-grant':
        return void this.#askGrant(wanted.name);
      case 'call':
        return void this.#placeCall(wanted.grant);
      case 'hang-up':
        return this.#hangUp();
      case 'open-feed':
        return this.#openFeed(wanted.grant);
      case 'close-feed':
        return this.attendance.close();
      case 'close-feed-soon':
        return this.attendance.closeSoon();
      case 'ask-whether-banned':
        return void this.#askWhetherBanned();
      case 'redial-after':
        return void setTimeout(
          () => this.#take({ kind: 'redial-due', attempt: wanted.attempt }),
          wanted.ms * (1 + SPREAD * (Math.random() - 0.5)),
        );
      case 'probe':
        return void setTimeout(() => void this.#probe(), wanted.afterMs);
      case 'start-patience':
        clearTimeout(this.#patience);
        this.#patience = setTimeout(() => this.#take({ kind: 'patience-over' }), wanted.ms);
        return;
      default:
        return unreachable(wanted);
    }
  }

  async #askTicket(): Promise<void> {
    const [input, former] = await Promise.all([
      this.#desk.ticket(),
      this.#stays.former(Date.now()),
    ]);
    if (input.kind === 'no-ticket' || former === undefined) return this.#take(input);
    const { stay } = former;
    const kind = former.kind === 'fresh' && !(await this.#hasVoice(stay)) ? 'before' : former.kind;
    this.#former = former;
    if (kind === 'fresh') this.#takeUp(stay);
    this.#take({ ...input, former: { kind, name: stay.name, sinceMs: stay.sinceMs } });
  }

  /** Whether it can be brought without a question. */
  async #hasVoice({ listening }: FormerStay['stay']): Promise<boolean> {
    return (listening || (await mayOpenMicrophone())) && this.#bringVoice(listening);
  }

  #takeUp({ token, muted }: FormerStay['stay']): void {
    this.#desk.token = token;
    this.attendance.remember(muted);
  }

  async #askGrant(name: string): Promise<void> {
    const back = this.#state.peek().kind === 'returning';
    this.#take(await this.#desk.grant(name, back));
  }

  async #askWhetherBanned(): Promise<void> {
    if (await this.#desk.isBanned()) this.#take({ kind: 'banned' });
  }

  async #probe(): Promise<void> {
    this.#take({ kind: 'probed', reached: await this.#desk.answers() });
  }

  /** From the first answer until it is over for good. */
  #keepStay(state: PhoneState): void {
    if (state.kind === 'talking')
      this.#stays.hold({
        name: state.name,
        token: state.grant.feedToken,
        sinceMs: state.sinceMs,
        muted: isSilent(this.attendance.voice.peek()),
        listening: this.microphone.state.peek().kind === 'listen-only',
      });
    else if (state.kind === 'left' || state.kind === 'ready') this.#stays.drop();
  }

  #openFeed(grant: SoftphoneGrant): void {
    this.#desk.token = grant.feedToken;
    const state = this.#state.peek();
    if (!('ticket' in state)) return;
    this.attendance.open(state.ticket.meeting.id, grant, state.kind === 'returning');
  }

  async #placeCall(grant: SoftphoneGrant): Promise<void> {
    const phone = await this.#parts.phone().catch(() => undefined);
    const state = this.#state.peek();
    if (!('grant' in state) || state.grant !== grant) return;
    if (phone) this.#dial(phone, grant);
    else this.#take({ kind: 'call', event: { kind: 'unreachable' }, nowMs: Date.now() });
  }

  #dial(phone: Phone, { sip, target, name }: SoftphoneGrant): void {
    if (!this.microphone.voice) this.microphone.listenOnly();
    const voice = this.microphone.voice;
    if (!voice) throw new Error('listenOnly has just made a track');
    const order = { ...sip, target, displayName: name, voice };
    const call = phone.call(order, (event) => {
      // What an earlier call still says is of no interest.
      if (this.#call === call) this.#take({ kind: 'call', event, nowMs: Date.now() });
    });
    this.#call = call;
    call.transmit(transmits(this.attendance.voice.peek()));
  }

  #hangUp(): void {
    this.#call?.hangUp();
    this.#call = undefined;
  }

  #listenToOwnVoice(): void {
    let count = 0;
    this.microphone.looks.subscribe(() => {
      const level = this.microphone.level.peek();
      const voice = this.attendance.voice.peek();
      const silent = this.#state.peek().kind === 'talking' && !transmits(voice) && !voice.carried;
      count = silent ? countSpeech(count, level) : 0;
      this.#talksMuted.value = isSpeech(count);
    });
  }
}

/** Without asking the person. */
async function mayOpenMicrophone(): Promise<boolean> {
  const known = await navigator.permissions.query({ name: 'microphone' }).catch(() => undefined);
  return known?.state === 'granted';
}
