import { effect, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type {
  AccountView,
  AlarmView,
  HouseBanView,
  MeetingView,
  TrunkView,
} from '../../protocol/http/views.ts';
import type {
  KeyView,
  OwnMeetingView,
  OwnTicketView,
  PersonView,
  SignedInView,
} from '../../protocol/http/people.ts';
import type { RecordingView } from '../../protocol/http/recordings.ts';
import type { NewWebhookView, WebhookView } from '../../protocol/http/webhooks.ts';
import type { Problem } from '../../protocol/http/problem.ts';
import type { RoomEvent } from '../../protocol/room/event.ts';
import type { RoomId, Rooms } from '../../protocol/room/room.ts';
import { announce } from '../feed/announce.ts';
import type { RoomDesk } from '../feed/desk.ts';
import { request } from '../feed/request.ts';
import type { Answer } from '../../protocol/http/ask.ts';
import { Feed, watch } from '../feed/socket.ts';
import { SILENT_FEED } from '../feed/state.ts';
import type { FeedState } from '../feed/state.ts';
import { meetingPath } from '../feed/to-http.ts';
import type { Wish } from '../feed/wish.ts';
import { Wishes } from '../feed/wishes.ts';
import type { Notices } from '../style/notices.tsx';
import { problemWords } from '../words/problem-words.ts';
import { words } from '../words/words.ts';
import { History } from './history.ts';
import { Leaving } from './leaving.ts';
import { Listed } from './listed.ts';
import { mayChange, watchesMeetings } from './places.ts';
import { readReadiness } from './readiness.ts';
import type { Readiness } from './readiness.ts';
import { formatRoute, parseRoute } from './route.ts';
import type { Route } from './route.ts';
import { Session } from './session.ts';
import { Unsaved } from './unsaved.ts';

const READINESS_MS = 5_000;

/** The console's edge: session, feed, wishes, where one is. Rows change by the feed alone. */
export class Console implements RoomDesk {
  readonly session = new Session();
  readonly accounts = new Listed<AccountView>('/accounts');
  readonly trunks = new Listed<TrunkView>('/trunks');
  readonly alarms = new Listed<AlarmView>('/alarms');
  readonly bans = new Listed<HouseBanView>('/bans');
  readonly recordings = new Listed<RecordingView>('/recordings');
  readonly people = new Listed<PersonView>('/people');
  readonly webhooks = new Listed<WebhookView & Partial<NewWebhookView>>('/webhooks');
  readonly keys = new Listed<KeyView>('/keys');
  readonly sessions = new Listed<SignedInView>('/me/sessions');
  readonly ownMeetings = new Listed<OwnMeetingView>('/me/meetings');
  readonly history = new History();
  readonly unsaved = new Unsaved();
  readonly leaving: Leaving;
  readonly notices: Notices;
  readonly #route = signal<Route>(parseRoute(location.hash));
  readonly #feed = signal<FeedState>(SILENT_FEED);
  readonly #readiness = signal<Readiness>({ kind: 'unknown' });
  readonly #wishes: Wishes;

  constructor(notices: Notices) {
    this.notices = notices;
    this.#wishes = new Wishes((_wish, sentence) => notices.warn(sentence));
    this.leaving = new Leaving(notices, (problem) => this.refused(problem));
    window.addEventListener('hashchange', () => this.#onAddress());
    effect(() => {
      const state = this.session.state.value;
      if (state.kind === 'out') this.#forget();
      return state.kind === 'in' && watchesMeetings(state.who) ? this.#attend() : undefined;
    });
  }

  get route(): ReadonlySignal<Route> {
    return this.#route;
  }
  get feed(): ReadonlySignal<FeedState> {
    return this.#feed;
  }
  get readiness(): ReadonlySignal<Readiness> {
    return this.#readiness;
  }

  /** An observer looks and no more. */
  get watching(): boolean {
    return !mayChange(this.session.who);
  }

  go(route: Route): void {
    location.hash = formatRoute(route);
  }

  /** Goes where somebody was kept from going, and what was not saved is lost. */
  leave(hash: string): void {
    this.unsaved.answered();
    this.#route.value = parseRoute(hash);
    if (location.hash !== hash) location.hash = hash;
  }

  /** What was to be deleted or ended is so before one is gone. */
  async signOut(): Promise<void> {
    await this.leaving.flush();
    await this.session.signOut();
  }

  /** Tells what the server refused. */
  refused(problem: Problem): void {
    this.notices.warn(problemWords(problem, words('shared').problems));
  }

  wish(wish: Wish): Promise<boolean> {
    return this.#wishes.wish(wish);
  }

  waits(wish: Wish): boolean {
    return this.#wishes.waits(wish);
  }

  create(body: object): Promise<Answer<MeetingView>> {
    return request<MeetingView>({ method: 'POST', path: '/meetings', body });
  }

  change(meeting: RoomId, body: object): Promise<Answer<MeetingView>> {
    return request<MeetingView>({ method: 'PATCH', path: meetingPath(meeting), body });
  }

  async resetPassword(personId: string): Promise<Answer<PersonView>> {
    const path = `/people/${encodeURIComponent(personId)}/reset`;
    return request<PersonView>({ method: 'POST', path });
  }

  /** Opens one's own way into a meeting. */
  async join(meeting: RoomId): Promise<void> {
    const path = `/me${meetingPath(meeting, '/ticket')}`;
    const answer = await request<OwnTicketView>({ method: 'POST', path });
    if (answer.ok) location.assign(answer.value.joinUrl);
    else this.refused(answer.problem);
  }

  /** Calls somebody into the meeting; how it goes the feed tells. */
  call(meeting: RoomId, body: object): Promise<Answer<{ readonly id: string }>> {
    return request<{ readonly id: string }>({
      method: 'POST',
      path: meetingPath(meeting, '/calls'),
      body,
    });
  }

  /** Follows the feed while somebody is signed in; returns how to stop. */
  #attend(): () => void {
    const feed = new Feed({
      onFact: (event, before) => this.#onFact(event, before),
      // A refused handshake looks like any lost one; the session tells the two apart.
      onClosed: () => void this.session.check(),
    });
    let isTold = false;
    const stopWatching = watch(feed, (state) => {
      isTold ||= state.link === 'live';
      // Whoever signs in again keeps what they saw until it is told anew.
      const { link, attempts } = state;
      this.#look(isTold ? state : { ...this.#feed.peek(), link, attempts });
    });
    const timer = setInterval(() => void this.#lookAtReadiness(), READINESS_MS);
    void this.#lookAtReadiness();
    return () => {
      clearInterval(timer);
      stopWatching();
      feed.stop();
    };
  }

  /** What was seen stays on the screen of somebody who signs in again, and of nobody else. */
  #forget(): void {
    this.#feed.value = SILENT_FEED;
    this.#readiness.value = { kind: 'unknown' };
    const parts: readonly unknown[] = Object.values(this as object);
    for (const part of parts) if (part instanceof Listed) part.forget();
    void this.leaving.flush();
  }

  /** An address that may not be gone to yet is taken back: the page and its address say the same. */
  #onAddress(): void {
    const { hash } = location;
    const here = formatRoute(this.#route.peek());
    if (formatRoute(parseRoute(hash)) === here) return;
    if (this.unsaved.lets(hash)) this.#route.value = parseRoute(hash);
    else window.history.pushState(null, '', here);
  }

  #look(state: FeedState): void {
    const before = this.#feed.peek();
    this.#feed.value = state;
    this.#wishes.look(state);
    if (state.alarmsSeq !== before.alarmsSeq) void this.alarms.look();
  }

  #onFact(event: RoomEvent, before: Rooms): void {
    const route = this.#route.peek();
    if (route.kind !== 'meeting' || route.id !== event.room) return;
    const sentence = announce(event, before, words('shared').happenings);
    if (sentence !== undefined) this.notices.say(sentence);
  }

  async #lookAtReadiness(): Promise<void> {
    try {
      const answer = await fetch('/readyz', { headers: { accept: 'application/json' } });
      this.#readiness.value = readReadiness(answer.status, await answer.json().catch(() => ({})));
    } catch {
      // The server does not answer: the feed's state says so already.
      this.#readiness.value = { kind: 'unknown' };
    }
  }
}
