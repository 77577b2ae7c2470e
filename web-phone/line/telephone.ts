import { computed, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { Answer } from '../../protocol/http/ask.ts';
import type { LineEntry, OwnPhoneView } from '../../protocol/http/line.ts';
import type { Problem } from '../../protocol/http/problem.ts';
import { request } from '../feed/request.ts';
import { recall } from '../phone/memory.ts';
import { Microphone } from '../phone/microphone.ts';
import type { Notices } from '../style/notices.tsx';
import { words } from '../words/words.ts';
import { Alerts } from './alerts.ts';
import { activeCall, afterNews, incomingCalls, isUp } from './calls.ts';
import type { CallNews, LineCall, Peer } from './calls.ts';
import { nameOf } from './dialled.ts';
import { keepRecent, recallRecent, withRecent } from './recent.ts';
import type { RecentCall } from './recent.ts';
import type { SipCall, SipCallEvent } from './sip-call.ts';
import type { LineEvent, SipLine, SipLineOptions } from './sip-line.ts';

export type TelephoneState =
  | { readonly kind: 'opening' }
  | { readonly kind: 'stranger' }
  | { readonly kind: 'no-person' }
  | { readonly kind: 'broken'; readonly problem: Problem }
  | {
      readonly kind: 'open';
      readonly line: LineEntry;
      readonly numbers: boolean;
      readonly standing: LineStanding;
    };

/** Whether others can reach this browser; `offline`: they could, and the connection is gone. */
export type LineStanding = 'connecting' | 'ready' | 'offline';

export interface TelephoneParts {
  readonly notices: Notices;
  /** The SIP of it, loaded once it is needed. */
  readonly open: (options: SipLineOptions) => Promise<SipLine>;
}

/** Credentials are asked for anew so long before they run out; tried again so often. */
const AHEAD_MS = 5 * 60_000;
const AGAIN_MS = 15_000;
const MEETING = /^\d{10}$/;

/** Somebody's telephone in this browser: who they are, who can be called, and their calls. */
export class Telephone {
  readonly #parts: TelephoneParts;
  readonly #state = signal<TelephoneState>({ kind: 'opening' });
  readonly #calls = signal<readonly LineCall[]>([]);
  readonly #people = signal<readonly LineEntry[] | Problem | undefined>(undefined);
  readonly #recent = signal<readonly RecentCall[]>([]);
  readonly #sip = new Map<string, SipCall>();
  readonly #alerts = new Alerts();
  readonly microphone: Microphone;
  #line: SipLine | undefined;
  #count = 0;

  readonly incoming = computed(() => incomingCalls(this.#calls.value));
  readonly active = computed(() => activeCall(this.#calls.value));

  constructor(parts: TelephoneParts) {
    this.#parts = parts;
    this.microphone = new Microphone((voice) => void this.#useVoice(voice), recall().microphone);
    addEventListener('pagehide', () => this.#line?.stop());
    void this.open();
  }

  get state(): ReadonlySignal<TelephoneState> {
    return this.#state;
  }
  get calls(): ReadonlySignal<readonly LineCall[]> {
    return this.#calls;
  }
  /** A problem where the list could not be had; nothing before it is there. */
  get people(): ReadonlySignal<readonly LineEntry[] | Problem | undefined> {
    return this.#people;
  }
  get recent(): ReadonlySignal<readonly RecentCall[]> {
    return this.#recent;
  }

  /** Asks who one is, and becomes their phone. */
  async open(): Promise<void> {
    const answer = await this.#grant();
    if (!answer.ok) {
      this.#state.value = refusedBy(answer.problem);
      return;
    }
    const { line, numbers, sip } = answer.value;
    this.#state.value = { kind: 'open', line, numbers, standing: 'connecting' };
    this.#recent.value = recallRecent(line.username);
    void this.loadPeople();
    this.#renewBefore(Date.parse(sip.expiresAt));
    this.#line = await this.#parts.open({
      grant: sip,
      name: line.name,
      voice: () => this.#voice(),
      listen: (event) => this.#onLine(event),
    });
  }

  async loadPeople(): Promise<void> {
    const answer = await request<readonly LineEntry[]>({ method: 'GET', path: '/me/phone/people' });
    this.#people.value = answer.ok ? answer.value : answer.problem;
  }

  /** Calls; whoever is talked to already is held first. */
  async call(number: string): Promise<void> {
    const line = this.#line;
    if (line === undefined || !(await this.#canTalk())) return;
    this.#dismissEnded();
    await this.#holdOthers();
    const peer = this.#peerOf(number);
    const id = this.#newId();
    this.#hear({ kind: 'placed', id, peer });
    this.#keep(
      id,
      line.call(number, (event) => this.#onCall(id, event)),
    );
  }

  async answer(id: string): Promise<void> {
    if (!(await this.#canTalk())) return;
    await this.#holdOthers(id);
    this.#sip.get(id)?.answer();
  }

  decline(id: string): void {
    this.#sip.get(id)?.decline();
  }

  hangUp(id: string): void {
    this.#sip.get(id)?.hangUp();
  }

  dismiss(id: string): void {
    this.#hear({ kind: 'dismissed', id });
  }

  mute(id: string, on: boolean): void {
    this.#sip.get(id)?.mute(on);
    this.#hear({ kind: 'muted', id, on });
  }

  async hold(id: string, on: boolean): Promise<void> {
    if (!on) await this.#holdOthers(id);
    await this.#sip.get(id)?.hold(on);
  }

  press(id: string, key: string): void {
    this.#sip.get(id)?.sendDigit(key);
  }

  /** The other one is called at `number`; the call is ours until somebody answers there. */
  transfer(id: string, number: string): void {
    const line = this.#line;
    const call = this.#sip.get(id);
    if (line === undefined || call === undefined) return;
    this.#hear({ kind: 'transfers', id, to: this.#peerOf(number).name });
    call.transfer(line.addressOf(number));
  }

  /** Brings together whom two calls of ours are with. */
  connect(id: string, other: string): void {
    const [first, second] = [this.#sip.get(id), this.#sip.get(other)];
    const to = this.#calls.peek().find((call) => call.id === other)?.peer.name ?? '';
    if (first === undefined || second === undefined) return;
    this.#hear({ kind: 'transfers', id, to });
    first.transfer(second);
  }

  clearRecent(): void {
    const state = this.#state.peek();
    const before = this.#recent.peek();
    if (state.kind !== 'open') return;
    const set = (calls: readonly RecentCall[]) => {
      this.#recent.value = calls;
      keepRecent(state.line.username, calls);
    };
    set([]);
    this.#parts.notices.done(words('line').recent.cleared, () => set(before));
  }

  /** Where the others are heard, from now on. */
  async useSpeaker(id: string): Promise<void> {
    await Promise.all([...this.#sip.values()].map((call) => call.through(id)));
  }

  testRing(): void {
    this.#alerts.test();
  }

  async #grant(): Promise<Answer<OwnPhoneView>> {
    return request<OwnPhoneView>({ method: 'POST', path: '/me/phone', body: {} });
  }

  #renewBefore(atMs: number): void {
    setTimeout(() => void this.#renew(), Math.max(AGAIN_MS, atMs - Date.now() - AHEAD_MS));
  }

  /** Whoever was signed out meanwhile is no phone any more; a server that is away is asked again. */
  async #renew(): Promise<void> {
    const answer = await this.#grant();
    if (answer.ok) {
      this.#line?.renew(answer.value.sip);
      this.#renewBefore(Date.parse(answer.value.sip.expiresAt));
    } else if (answer.problem.status === 401 || answer.problem.status === 403) {
      this.#line?.stop();
      this.#state.value = refusedBy(answer.problem);
    } else setTimeout(() => void this.#renew(), AGAIN_MS);
  }

  #onLine(event: LineEvent): void {
    const state = this.#state.peek();
    if (event.kind === 'registered' && state.kind === 'open')
      this.#state.value = { ...state, standing: after(state.standing, event.on) };
    if (event.kind === 'incoming') this.#ringFor(event.call);
  }

  #ringFor(call: SipCall): void {
    const id = this.#newId();
    const { name, number } = call.peer;
    this.#hear({ kind: 'came', id, peer: { name, number } });
    this.#keep(id, call);
    call.listen = (event) => this.#onCall(id, event);
    this.#parts.notices.say(words('line').said.incoming(name));
  }

  #keep(id: string, call: SipCall): void {
    this.#sip.set(id, call);
    void call.through(recall().speaker);
  }

  #onCall(id: string, event: SipCallEvent): void {
    const call = this.#calls.peek().find((each) => each.id === id);
    const say = words('line').said;
    if (event.kind === 'answered') {
      this.#hear({ kind: 'answered', id, nowMs: Date.now() });
      this.#parts.notices.say(say.answered(call?.peer.name ?? ''));
      return;
    }
    this.#hear({ ...event, id });
    if (event.kind !== 'over' && event.kind !== 'lost') return;
    this.#sip.delete(id);
    if (call === undefined) return;
    this.#parts.notices.say(say.over(call.peer.name));
    this.#remember(call);
  }

  #remember(call: LineCall): void {
    const state = this.#state.peek();
    if (state.kind !== 'open') return;
    this.#recent.value = withRecent(this.#recent.peek(), call, Date.now());
    keepRecent(state.line.username, this.#recent.peek());
  }

  #hear(news: CallNews): void {
    this.#calls.value = afterNews(this.#calls.peek(), news);
    this.#alerts.follow(this.#calls.peek());
  }

  #dismissEnded(): void {
    for (const { id, state } of this.#calls.peek()) if (state === 'ended') this.dismiss(id);
  }

  async #holdOthers(but?: string): Promise<void> {
    const others = this.#calls.peek().filter(({ id, state }) => id !== but && state === 'talking');
    await Promise.all(others.map(async ({ id }) => this.#sip.get(id)?.hold(true)));
  }

  #peerOf(number: string): Peer {
    const people = this.#people.peek();
    const list = people !== undefined && 'length' in people ? people : [];
    const name = MEETING.test(number) ? words('line').call.meeting : nameOf(list, number);
    return { name, number };
  }

  async #canTalk(): Promise<boolean> {
    if (this.microphone.voice !== undefined || (await this.microphone.open())) return true;
    this.#parts.notices.warn(words('line').sound.noMicrophone);
    return false;
  }

  async #voice(): Promise<MediaStreamTrack> {
    await this.#canTalk();
    const { voice } = this.microphone;
    if (voice === undefined) throw new Error('a call without a microphone');
    return voice;
  }

  async #useVoice(voice: MediaStreamTrack): Promise<void> {
    const up = this.#calls.peek().filter(isUp);
    await Promise.all(up.map(async ({ id }) => this.#sip.get(id)?.replaceVoice(voice)));
  }

  #newId(): string {
    return String(++this.#count);
  }
}

function after(before: LineStanding, registered: boolean): LineStanding {
  if (registered) return 'ready';
  return before === 'ready' ? 'offline' : before;
}

function refusedBy(problem: Problem): TelephoneState {
  if (problem.status === 401) return { kind: 'stranger' };
  return problem.status === 403 ? { kind: 'no-person' } : { kind: 'broken', problem };
}
