import type { Admissions } from '../protocol/call/admission.ts';
import type { Language } from '../protocol/call/language.ts';
import type { Log } from '../protocol/log.ts';
import type { ParticipantId, RoomId } from '../protocol/room/room.ts';
import { filesOf } from '../protocol/speech/files.ts';
import { phrasesOf } from '../protocol/speech/saying.ts';
import type { Saying } from '../protocol/speech/saying.ts';
import { succeeded, toMember } from './addressed.ts';
import type { Reply } from './esl.ts';
import type { Ledger } from './ledger.ts';
import type { FreeSwitchNode } from './node.ts';
import { askRules } from './room-rules.ts';
import { playToMemberLine, playToRoomLine, stopPlayingLine } from './to-esl-rooms.ts';

export interface SpeakerOptions {
  readonly node: FreeSwitchNode;
  readonly ledger: Ledger;
  readonly admissions: Admissions;
  /** Laid out as prompts/ is, and absolute. Ours comes last; see protocol/speech/files.ts. */
  readonly promptFolders: readonly [string, ...string[]];
  readonly exists: (path: string) => boolean;
  readonly log: Log;
}

/** Speaks to those inside: to one alone, laid over what they hear, or to everybody. */
export class Speaker {
  readonly #options: SpeakerOptions;
  /** Who was spoken to, and how often: only the newest word to somebody counts. */
  readonly #turns = new Map<ParticipantId, number>();

  constructor(options: SpeakerOptions) {
    this.#options = options;
  }

  /**
   * To one member, in the room's language. A word that still plays to them is cut off. Browsers see
   * what phones must be told, so they are spoken to only where `to` says so.
   */
  say(leg: ParticipantId, saying: Saying, to: 'phones' | 'everybody' = 'phones'): void {
    const found = this.#options.ledger.find(leg);
    if (found?.row.state !== 'joined') return;
    if (to === 'phones' && found.row.via !== 'phone') return;
    const turn = (this.#turns.get(leg) ?? 0) + 1;
    this.#turns.set(leg, turn);
    void this.#say(leg, found.room, { saying, turn });
  }

  sayToRoom(room: RoomId, saying: Saying): void {
    if (this.#options.ledger.rooms.has(room)) void this.#sayToRoom(room, saying);
  }

  async language(room: RoomId): Promise<Language> {
    return (await askRules(this.#options, room)).language;
  }

  files(saying: Saying, language: Language): readonly string[] {
    const { promptFolders: folders, exists } = this.#options;
    return filesOf(phrasesOf(saying, language), { language, folders, exists });
  }

  /** A leg is no more. */
  forget(leg: ParticipantId): void {
    this.#turns.delete(leg);
  }

  async #say(
    leg: ParticipantId,
    room: RoomId,
    { saying, turn }: { readonly saying: Saying; readonly turn: number },
  ): Promise<void> {
    const files = this.files(saying, await this.language(room));
    if (this.#turns.get(leg) !== turn) return;
    if (turn > 1)
      await toMember(this.#options, { room, leg }, (memberId) => stopPlayingLine(room, memberId));
    if (this.#turns.get(leg) !== turn) return;
    const reply = await toMember(this.#options, { room, leg }, (memberId) =>
      playToMemberLine(room, memberId, files),
    );
    if (this.#options.ledger.member(room, leg) !== undefined) this.#complain(reply, saying);
  }

  async #sayToRoom(room: RoomId, saying: Saying): Promise<void> {
    const files = this.files(saying, await this.language(room));
    const reply = await this.#options.node.api(playToRoomLine(room, files));
    if (this.#options.ledger.rooms.has(room)) this.#complain(reply, saying);
  }

  #complain(reply: Reply, saying: Saying): void {
    if (succeeded(reply) || reply.kind === 'unanswered') return;
    this.#options.log('warn', 'FreeSWITCH could not play what is to be said', {
      saying: saying.kind,
      reply: reply.text.split('\n')[0]?.slice(0, 120),
    });
  }
}
