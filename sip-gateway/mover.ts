import type { CallIdentity } from '../protocol/call/identity.ts';
import { formatIdentity, IDENTITY_HEADER, parseIdentity } from '../protocol/call/identity.ts';
import type { Log } from '../protocol/log.ts';
import type { ParticipantId, RoomId } from '../protocol/room/room.ts';
import type { SipRequest } from '../protocol/sip/message.ts';
import { header } from '../protocol/sip/message.ts';
import { CALL_AGAIN } from './call-again.ts';
import type { Joined, Joins } from './joins.ts';
import type { Attempt, AttemptListener, Content } from './leg.ts';
import type { Dial } from './outbound/forks.ts';
import type { Placement } from './placement.ts';
import { legHeader, switchCall } from './switch-call.ts';
import type { SwitchAddress, Switches } from './switches.ts';
import { switchUri } from './switches.ts';
import { watched } from './trial-call.ts';

export interface MoverParts {
  readonly placement: Placement;
  readonly identityKey: Uint8Array;
  readonly joins: () => Joins;
  readonly switches: () => Switches;
  readonly log: Log;
  readonly dial: (uri: string, content: Content, listener: AttemptListener) => Attempt;
}

/** So long a browser that was told to call again is waited for. */
const AWAITED_MS = 20_000;

/** Takes calls from one switch to another: because it died, or because the bridge says so. */
export class Mover {
  readonly #parts: MoverParts;

  constructor(parts: MoverParts) {
    this.#parts = parts;
  }

  /** Calls at a switch that is dead. Those that nobody answered yet are refused, to be tried again. */
  moveFrom(node: SwitchAddress): void {
    const lost = this.#parts.joins().at(node);
    if (lost.length === 0) return;
    const { host, port } = node;
    this.#parts.log('warn', 'calls of a dead switch move to another', {
      ...{ host, port, calls: lost.length },
    });
    for (const joined of lost) {
      if (joined.join.isTalking && inMeeting(joined)) this.#move(joined);
      else if (!joined.join.isMoving) joined.join.end();
    }
  }

  /**
   * Whether the call goes on although the switch said BYE: it bears the bridge's word on where it
   * belongs, or the switch is shutting down.
   */
  goesOn(joined: Joined, bye: SipRequest): boolean {
    const word = parseIdentity(header(bye, IDENTITY_HEADER) ?? '', this.#parts.identityKey);
    if (word === undefined && !isShutdown(bye)) return false;
    if (word === undefined) this.#parts.switches().leaves(joined.node);
    this.#move(joined, word);
    return true;
  }

  /** The leg that a caller goes on for, where it is a browser that was told to call again. */
  async claim(identity: CallIdentity): Promise<ParticipantId | undefined> {
    const key = keyOf(identity);
    return key === undefined ? undefined : this.#parts.placement.claim(key);
  }

  #move(joined: Joined, word?: CallIdentity): void {
    const { join, leg } = joined;
    if (leg === undefined) return join.end();
    if (join.source.transport === 'ws') void this.#callAgain(joined, leg, word);
    else join.move((offer) => this.#dialFor(joined, leg, { word, offer }));
  }

  async #callAgain(joined: Joined, leg: ParticipantId, word?: CallIdentity): Promise<void> {
    const key = keyOf(word ?? joined.identity);
    if (key !== undefined) await this.#parts.placement.awaitAgain(key, leg, AWAITED_MS);
    joined.join.dismiss([CALL_AGAIN]);
  }

  async #dialFor(
    { join, identity }: Joined,
    leg: ParticipantId,
    { word, offer }: { readonly word: CallIdentity | undefined; readonly offer: string },
  ): Promise<Dial | undefined> {
    const { placement, identityKey, joins, switches, dial } = this.#parts;
    const who = word ?? (await this.#lastKnown(leg)) ?? identity;
    const room = roomOf(who);
    const node = await placement.place(room);
    if (node === undefined) return undefined;
    joins().change(join, { node, identity: who });
    const value = formatIdentity({ ...who, replaces: leg }, identityKey);
    const headers = [{ name: IDENTITY_HEADER, value }, legHeader(leg)];
    return (listener) =>
      dial(
        switchUri(room ?? 'reception', node),
        switchCall(offer, headers),
        watched(listener, (answer) => switches().onCallAnswered(node, answer)),
      );
  }

  async #lastKnown(leg: ParticipantId): Promise<CallIdentity | undefined> {
    const { placement, identityKey } = this.#parts;
    return parseIdentity((await placement.lastKnown(leg)) ?? '', identityKey);
  }
}

/** Calls between two, or one that is only to be heard, end with their switch: both sides are there. */
function inMeeting({ identity }: Joined): boolean {
  return !['call', 'ring'].includes(identity.destination.kind);
}

/** The room that a call belongs to; undefined at the reception and in the echo test. */
export function roomOf({ destination }: CallIdentity): RoomId | undefined {
  return 'room' in destination ? destination.room : undefined;
}

function keyOf(identity: CallIdentity): string | undefined {
  const { personId, via } = identity;
  return personId === undefined || via !== 'browser' || identity.destination.kind === 'echo'
    ? undefined
    : `${roomOf(identity)} ${personId}`;
}

/** FreeSWITCH ends its calls with this cause when it is stopped (switch_types.h). */
function isShutdown(bye: SipRequest): boolean {
  return /SYSTEM_SHUTDOWN/.test(header(bye, 'Reason') ?? '');
}
