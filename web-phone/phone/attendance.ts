import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { SoftphoneGrant } from '../../protocol/http/views.ts';
import type { LeaveReason, RoomEvent } from '../../protocol/room/event.ts';
import type { Participant, ParticipantId, Room, RoomId, Rooms } from '../../protocol/room/room.ts';
import { announce, isToldTo } from '../feed/announce.ts';
import type { RoomDesk } from '../feed/desk.ts';
import { request } from '../feed/request.ts';
import type { Answer } from '../../protocol/http/ask.ts';
import { Feed, watch } from '../feed/socket.ts';
import { SILENT_FEED } from '../feed/state.ts';
import type { FeedState } from '../feed/state.ts';
import { meetingPath } from '../feed/to-http.ts';
import type { Wish } from '../feed/wish.ts';
import { Wishes } from '../feed/wishes.ts';
import { callTarget } from '../room/call-target.ts';
import type { Notices } from '../style/notices.tsx';
import { ownLeg, ownRoom, ownRow } from '../feed/people.ts';
import { words } from '../words/words.ts';
import { habits } from './habits.ts';
import { KEY_UP, keepsSilent, talkStep } from './push-to-talk.ts';
import type { TalkEffect, TalkInput, TalkKey } from './push-to-talk.ts';
import { clicked, FRESH_VOICE, mustAsk, remembered, resumed, told } from './voice.ts';
import type { MuteNotice, Voice } from './voice.ts';

/** How long after our own act a change of our row counts as our doing. */
const OUR_DOING_MS = 5_000;
const FEED_LINGERS_MS = 3_000;

export interface AttendanceEvents {
  /** What of our sound may pass through this machine. */
  readonly onVoice: (voice: Voice) => void;
  readonly onOwnLegLeft: (reason: LeaveReason) => void;
}

interface Stay {
  readonly room: RoomId;
  readonly grant: SoftphoneGrant;
  readonly close: () => void;
}

/** Our presence in one room as the feed tells it: the people, our own row, our wishes. */
export class Attendance implements RoomDesk {
  readonly #feedState = signal<FeedState>(SILENT_FEED);
  readonly #voice = signal<Voice>(FRESH_VOICE);
  readonly #muteNotice = signal<MuteNotice | undefined>(undefined);
  readonly #notNow = signal(false);
  readonly #moving = signal(false);
  readonly #talkKey = signal<TalkKey>(KEY_UP);
  readonly #wishes: Wishes;
  readonly #notices: Notices;
  readonly #events: AttendanceEvents;
  #open: Stay | undefined;
  #actedAtMs = -Infinity;
  /** Our leg that told last how we stand. */
  #leg: ParticipantId | undefined;

  constructor(notices: Notices, events: AttendanceEvents) {
    this.#notices = notices;
    this.#events = events;
    this.#wishes = new Wishes((wish, sentence) => {
      if (wish.kind === 'set-muted') this.#talk({ kind: 'refused' });
      notices.warn(sentence);
    });
  }

  get feed(): ReadonlySignal<FeedState> {
    return this.#feedState;
  }
  get voice(): ReadonlySignal<Voice> {
    return this.#voice;
  }
  /** Why we are muted, or no longer, where it was not our doing. */
  get muteNotice(): ReadonlySignal<MuteNotice | undefined> {
    return this.#muteNotice;
  }
  /** We were asked to unmute, and do not want to now. */
  get notNow(): ReadonlySignal<boolean> {
    return this.#notNow;
  }
  /** We left one of the meeting's rooms for another, and are not seen there yet. */
  get moving(): ReadonlySignal<boolean> {
    return this.#moving;
  }
  /** The key that opens our microphone while it is held. */
  get talkKey(): ReadonlySignal<TalkKey> {
    return this.#talkKey;
  }
  get waiting(): Wishes['waiting'] {
    return this.#wishes.waiting;
  }

  /** `again`: after a break. Who was silent then stays silent, whatever the server remembers. */
  open(room: RoomId, grant: SoftphoneGrant, again = false): void {
    const shown = this.#feedState.peek();
    this.close();
    // What was last heard stays on the screen until the new feed tells.
    if (again && shown.link !== 'connecting') this.#feedState.value = { ...shown, link: 'lost' };
    this.#letGo();
    this.#setVoice(again ? resumed(this.#voice.peek()) : FRESH_VOICE);
    this.#muteNotice.value = undefined;
    this.#moving.value = false;
    const feed = new Feed({
      meeting: room,
      token: grant.feedToken,
      onFact: (event, before) => this.#onFact(event, before),
    });
    const stopWatching = watch(feed, (state) => this.#look(state));
    this.#open = {
      room,
      grant,
      close: () => {
        stopWatching();
        feed.stop();
      },
    };
  }

  /** The page was loaded anew in the midst of a stay; who was silent then is silent now. */
  remember(muted: boolean): void {
    this.#setVoice(remembered(muted));
  }

  close(): void {
    this.#open?.close();
    this.#open = undefined;
    this.#feedState.value = SILENT_FEED;
  }

  /** Closes once the feed has had time to say why a call ended. */
  closeSoon(): void {
    const closing = this.#open;
    setTimeout(() => {
      if (this.#open === closing) this.close();
    }, FEED_LINGERS_MS);
  }

  /** Holds the key that opens our microphone, lets it go, or leaves the microphone as it is. */
  talk(kind: 'press' | 'release' | 'latch'): void {
    this.#talk({ kind });
  }

  /** Mutes or unmutes ourselves: silent here at once, shown when the server says so. */
  setMuted(mute: boolean): void {
    this.#talkKey.value = KEY_UP;
    this.#wishMuted(mute);
  }

  #wishMuted(mute: boolean): void {
    this.noteOwnAct();
    this.#muteNotice.value = undefined;
    // Our phone's mute is our phone's affair, and outlasts no click here.
    if (!this.#voice.peek().carried) this.#setVoice(clicked(this.#voice.peek(), mute));
    const row = this.#rowIn(this.#feedState.peek().rooms);
    if (row && this.#open)
      void this.wish({ kind: 'set-muted', room: this.#open.room, id: row.id, muted: mute });
  }

  /** What changes on our row in the next moments is our own doing. */
  noteOwnAct(): void {
    this.#actedAtMs = performance.now();
  }

  wish(wish: Wish): Promise<boolean> {
    if (!this.#open) return Promise.resolve(false);
    return this.#wishes.wish(wish, this.#open.grant.feedToken);
  }

  waits(wish: Wish): boolean {
    return this.#wishes.waits(wish);
  }

  /** Lets the meeting call our own phone, by its number or user name; the feed tells how it goes. */
  async callMyPhone(typed: string): Promise<Answer<unknown> | undefined> {
    if (!this.#open) return undefined;
    const { room, grant } = this.#open;
    const body = { ...callTarget(typed), me: true };
    const path = meetingPath(room, '/calls');
    return request<unknown>({ method: 'POST', path, body }, grant.feedToken);
  }

  dismissMuteNotice(): void {
    this.#muteNotice.value = undefined;
  }

  /** Answers a request to unmute: not at the moment. */
  declineToUnmute(): void {
    this.#notNow.value = true;
  }

  #look(state: FeedState): void {
    if (state.link === 'connecting' && this.#feedState.peek().link === 'lost') return;
    this.#feedState.value = state;
    this.#wishes.look(state);
    if (this.#rowIn(state.rooms)?.askedToUnmute !== true) this.#notNow.value = false;
    const own = this.#legIn(state.rooms);
    if (own) this.#moving.value = false;
    this.#hearOfVoice(own);
  }

  #talk(input: TalkInput): void {
    const [next, effects] = talkStep(this.#talkKey.peek(), input);
    this.#talkKey.value = next;
    for (const each of effects) this.#runTalk(each);
  }

  #runTalk(effect: TalkEffect): void {
    if (effect === 'silence') this.#setVoice(clicked(this.#voice.peek(), true));
    else this.#wishMuted(effect === 'mute');
  }

  /** A call that breaks while the key is held comes back silent. */
  #letGo(): void {
    if (this.#talkKey.peek().kind !== 'up') this.#setVoice(clicked(this.#voice.peek(), true));
    this.#talkKey.value = KEY_UP;
  }

  /** Without a leg in the room nothing is said about our voice; another leg's word is not about this one. */
  #hearOfVoice(own: Participant | undefined): void {
    if (own?.state !== 'joined') return;
    const ourDoing = performance.now() - this.#actedAtMs < OUR_DOING_MS;
    const isNew = own.id !== this.#leg;
    const before = isNew ? resumed(this.#voice.peek()) : this.#voice.peek();
    this.#leg = own.id;
    const [heard, notice] = told(before, own, ourDoing);
    if (heard === before) return;
    // Let go before the server had opened it: it is not heard for that moment either.
    const voice = keepsSilent(this.#talkKey.peek()) ? { ...heard, held: true } : heard;
    if (mustAsk(before, voice)) {
      this.#setVoice(voice);
      this.setMuted(true);
      return;
    }
    // One act explains one change: the next may well be a moderator's.
    this.#actedAtMs = -Infinity;
    this.#setVoice(voice);
    this.#muteNotice.value = notice;
    if (voice.muted !== undefined) this.#talk({ kind: 'told', muted: voice.muted });
  }

  #legIn(rooms: Rooms): Participant | undefined {
    return this.#open && ownLeg(this.#roomIn(rooms), this.#open.grant.personId);
  }

  #rowIn(rooms: Rooms): Participant | undefined {
    return this.#open && ownRow(this.#roomIn(rooms), this.#open.grant.personId);
  }

  #roomIn(rooms: Rooms): Room | undefined {
    return this.#open && ownRoom(rooms, this.#open.room, this.#open.grant.personId);
  }

  #setVoice(voice: Voice): void {
    this.#voice.value = voice;
    this.#events.onVoice(voice);
  }

  #onFact(event: RoomEvent, before: Rooms): void {
    // Of the other rooms a moderator's screen tells, and their ears are not in them.
    const isHere = event.room === (this.#roomIn(before)?.id ?? this.#open?.room);
    const listener = { told: habits.peek().told, own: this.#rowIn(before)?.id };
    const isSaid = isHere && isToldTo(listener, event, before);
    const sentence = isSaid ? announce(event, before, words('shared').happenings) : undefined;
    if (sentence !== undefined) this.#notices.say(sentence);
    if (event.kind !== 'participant-left' || this.#legIn(before)?.id !== event.id) return;
    this.#moving.value = event.reason === 'moved';
    this.#events.onOwnLegLeft(event.reason);
  }
}
