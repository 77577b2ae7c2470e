import { effect, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { SoftphoneGrant, TicketView } from '../../protocol/http/views.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import { request } from '../feed/request.ts';
import type { Notices } from '../style/notices.tsx';
import { Attendance } from './attendance.ts';
import { countSpeech, isSpeech } from './level.ts';
import { recall, remember } from './memory.ts';
import { Microphone } from './microphone.ts';
import type { Call, Phone } from './phone.ts';
import type { PhoneEffect, PhoneInput, PhoneState } from './state.ts';
import { step } from './step.ts';
import { ticketTrouble } from './trouble.ts';
import { transmits } from './voice.ts';

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
  #call: Call | undefined;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #lastKey = '';
  /** Shows who we were, so that who comes back is no stranger. */
  #lastToken: string | undefined;

  constructor(parts: SoftphoneParts) {
    this.#parts = parts;
    this.attendance = new Attendance(parts.notices, {
      onVoice: (voice) => {
        this.#call?.transmit(transmits(voice));
        parts.onHearing(!voice.carried);
      },
      onOwnLegLeft: (reason) => this.#take({ kind: 'own-leg-left', reason }),
    });
    this.microphone = new Microphone(
      (voice) => void this.#call?.replaceVoice(voice),
      recall().microphone,
    );
    this.#listenToOwnVoice();
    window.addEventListener('online', () => this.#take({ kind: 'online' }));
    window.addEventListener('pagehide', () => this.#call?.hangUp());
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

  retry(): void {
    this.#take({ kind: 'retry' });
  }

  /** Joins by the name; asks for the microphone first where that has not happened yet. */
  async join(name: string): Promise<void> {
    remember({ name });
    const heard = this.microphone.voice !== undefined || (await this.microphone.open());
    this.#take(heard ? { kind: 'join', name } : { kind: 'no-microphone' });
  }

  leave(): void {
    this.#take({ kind: 'leave' });
  }

  /** One key of the keypad. */
  press(key: string): void {
    // `*6` mutes by keypad: what comes of it is our doing.
    if (this.#lastKey === '*' && key === '6') this.attendance.noteOwnAct();
    this.#lastKey = key;
    this.#call?.sendDigit(key);
  }

  #take(input: PhoneInput): void {
    const before = this.#state.peek();
    const [next, effects] = step(before, input);
    if (next.kind !== before.kind) clearTimeout(this.#patience);
    this.#state.value = next;
    // The browser shows that the microphone is open for as long as it is.
    if (next.kind === 'left' && before.kind !== 'left') this.microphone.close();
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
          wanted.ms,
        );
      case 'start-patience':
        clearTimeout(this.#patience);
        this.#patience = setTimeout(() => this.#take({ kind: 'patience-over' }), wanted.ms);
        return;
      default:
        return unreachable(wanted);
    }
  }

  get #ticketPath(): string {
    return `/tickets/${encodeURIComponent(this.#parts.ticket)}`;
  }

  async #askTicket(): Promise<void> {
    const answer = await request<TicketView>({ method: 'GET', path: this.#ticketPath });
    if (answer.ok) this.#take({ kind: 'ticket', ticket: answer.value });
    else this.#take({ kind: 'no-ticket', trouble: ticketTrouble(answer.problem) });
  }

  async #askGrant(name: string): Promise<void> {
    const asked = {
      method: 'POST',
      path: `${this.#ticketPath}/softphone`,
      body: { name },
    } as const;
    let answer = await request<SoftphoneGrant>(asked, this.#lastToken);
    // Away for so long that the token ran out: then as somebody new.
    if (!answer.ok && answer.problem.status === 401) answer = await request<SoftphoneGrant>(asked);
    if (answer.ok) this.#take({ kind: 'granted', grant: answer.value });
    else this.#take({ kind: 'not-granted', trouble: ticketTrouble(answer.problem) });
  }

  async #askWhetherBanned(): Promise<void> {
    const asked = { method: 'GET', path: this.#ticketPath } as const;
    const answer = await request<TicketView>(asked, this.#lastToken);
    if (!answer.ok && ticketTrouble(answer.problem).kind === 'banned')
      this.#take({ kind: 'banned' });
  }

  #openFeed(grant: SoftphoneGrant): void {
    this.#lastToken = grant.feedToken;
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
    effect(() => {
      const level = this.microphone.level.value;
      const voice = this.attendance.voice.peek();
      const silent = this.#state.peek().kind === 'talking' && !transmits(voice) && !voice.carried;
      count = silent ? countSpeech(count, level) : 0;
      this.#talksMuted.value = isSpeech(count);
    });
  }
}
