import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { SoftphoneGrant } from '../../protocol/http/views.ts';
import type { LeaveReason, RoomEvent } from '../../protocol/room/event.ts';
import type { Participant, ParticipantId, RoomId, Rooms } from '../../protocol/room/room.ts';
import { announce } from '../feed/announce.ts';
import { Feed, watch } from '../feed/socket.ts';
import { SILENT_FEED } from '../feed/state.ts';
import type { FeedState } from '../feed/state.ts';
import type { Wish } from '../feed/wish.ts';
import { Wishes } from '../feed/wishes.ts';
import type { Notices } from '../style/notices.tsx';
import { ownRow } from '../feed/people.ts';
import { clicked, FRESH_VOICE, mustAsk, resumed, told, transmits } from './voice.ts';
import type { MuteNotice, Voice } from './voice.ts';

/** How long after our own act a change of our row counts as our doing. */
const OUR_DOING_MS = 5_000;
const FEED_LINGERS_MS = 3_000;

export interface AttendanceEvents {
  /** Whether our sound may leave this machine. */
  readonly onTransmit: (on: boolean) => void;
  readonly onOwnLegLeft: (reason: LeaveReason) => void;
}

/** Our presence in one room as the feed tells it: the people, our own row, our wishes. */
export class Attendance {
  readonly #feedState = signal<FeedState>(SILENT_FEED);
  readonly #voice = signal<Voice>(FRESH_VOICE);
  readonly #muteNotice = signal<MuteNotice | undefined>(undefined);
  readonly #wishes: Wishes;
  readonly #notices: Notices;
  readonly #events: AttendanceEvents;
  #open:
    | { readonly room: RoomId; readonly grant: SoftphoneGrant; readonly close: () => void }
    | undefined;
  #actedAtMs = -Infinity;
  /** Our leg whose row told last how we stand. */
  #leg: ParticipantId | undefined;

  constructor(notices: Notices, events: AttendanceEvents) {
    this.#notices = notices;
    this.#events = events;
    this.#wishes = new Wishes((_wish, sentence) => notices.warn(sentence));
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
  get waiting(): Wishes['waiting'] {
    return this.#wishes.waiting;
  }

  /** Shows that we were here, to be the same person after a break. */
  get feedToken(): string | undefined {
    return this.#open?.grant.feedToken;
  }

  /** `again`: after a break. Who was silent then stays silent, whatever the server remembers. */
  open(room: RoomId, grant: SoftphoneGrant, again = false): void {
    this.close();
    this.#setVoice(again ? resumed(this.#voice.peek()) : FRESH_VOICE);
    this.#muteNotice.value = undefined;
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

  /** Mutes or unmutes ourselves: silent here at once, shown when the server says so. */
  setMuted(mute: boolean): void {
    this.noteOwnAct();
    this.#muteNotice.value = undefined;
    this.#setVoice(clicked(this.#voice.peek(), mute));
    const own = this.#ownIn(this.#feedState.peek().rooms);
    if (own && this.#open)
      this.wish({ kind: 'set-muted', room: this.#open.room, id: own.id, muted: mute });
  }

  /** What changes on our row in the next moments is our own doing. */
  noteOwnAct(): void {
    this.#actedAtMs = performance.now();
  }

  wish(wish: Wish): void {
    if (this.#open) void this.#wishes.wish(wish, this.#open.grant.feedToken);
  }

  dismissMuteNotice(): void {
    this.#muteNotice.value = undefined;
  }

  #look(state: FeedState): void {
    this.#feedState.value = state;
    this.#wishes.look(state);
    const ourDoing = performance.now() - this.#actedAtMs < OUR_DOING_MS;
    const own = this.#ownIn(state.rooms);
    // Without a row nothing is said about us; another leg's word is not about this one.
    if (!own) return;
    const isNew = own.id !== this.#leg;
    const before = isNew ? resumed(this.#voice.peek()) : this.#voice.peek();
    this.#leg = own.id;
    const [voice, notice] = told(before, own, ourDoing);
    if (voice === before) return;
    if (mustAsk(before, voice)) {
      this.#setVoice(voice);
      this.setMuted(true);
      return;
    }
    // One act explains one change: the next may well be a moderator's.
    this.#actedAtMs = -Infinity;
    this.#setVoice(voice);
    this.#muteNotice.value = notice;
  }

  #ownIn(rooms: Rooms): Participant | undefined {
    return this.#open && ownRow(rooms.get(this.#open.room), this.#open.grant.personId);
  }

  #setVoice(voice: Voice): void {
    this.#voice.value = voice;
    this.#events.onTransmit(transmits(voice));
  }

  #onFact(event: RoomEvent, before: Rooms): void {
    const sentence = announce(event, before);
    if (sentence !== undefined) this.#notices.say(sentence);
    if (event.kind === 'participant-left' && this.#ownIn(before)?.id === event.id)
      this.#events.onOwnLegLeft(event.reason);
  }
}
