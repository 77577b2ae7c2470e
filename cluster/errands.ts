import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { CallIdentity } from '../protocol/call/identity.ts';
import type { Outcome, RoomCommand } from '../protocol/room/command.ts';
import type { ParticipantId } from '../protocol/room/room.ts';
import type { Answer, Message, Question } from './core/message.ts';
import { nodesOf } from './core/merge.ts';
import { ANSWER_WITHIN_MS, Questions } from './questions.ts';
import { ownToken, sharedName } from './shared.ts';
import type { Shared } from './shared.ts';

/** Between two looks for somebody who drives a room's node. */
const LOOK_EVERY_MS = 100;

type Place = { readonly kind: 'here' } | { readonly kind: 'at'; readonly process: string };

const UNDRIVEN: Outcome = {
  ok: false,
  reason: 'switch-unavailable',
  detail: 'No server drives this meeting at the moment. Try again in a few seconds.',
};
const UNANSWERED: Outcome = {
  ok: false,
  reason: 'switch-unavailable',
  detail:
    'The server that drives this meeting did not answer. Look whether it was done, and try again.',
};

/** Wishes for rooms, wherever they are: ours to our bridge, others to the process that drives them. */
export class Errands {
  readonly #shared: Shared;
  readonly #questions: Questions;

  constructor(shared: Shared) {
    this.#shared = shared;
    this.#questions = new Questions({
      self: shared.self,
      tell: (process, message) => shared.wire()?.tell(process, message) ?? Promise.resolve(false),
      answer: (question) => this.#answer(question),
      id: randomUUID,
    });
  }

  hear(message: Extract<Message, { kind: 'question' | 'answer' }>): Promise<void> {
    return this.#questions.hear(message);
  }

  /** A process lives no more. */
  gone(process: string): void {
    this.#questions.gone(process);
  }

  stop(): void {
    this.#questions.stop();
  }

  /** A node that nobody drives is waited for: its next driver is on the way. */
  async execute(command: RoomCommand): Promise<Outcome> {
    const { bridge } = this.#shared;
    const giveUpAt = performance.now() + ANSWER_WITHIN_MS;
    for (;;) {
      const leftMs = giveUpAt - performance.now();
      const place = this.#placeOf(command);
      if (place?.kind === 'here') return bridge.execute(command);
      if (place?.kind === 'at') {
        const answer = await this.#questions.ask(
          place.process,
          { kind: 'execute', command },
          leftMs,
        );
        if (answer.kind === 'silence') return UNANSWERED;
        if (answer.kind === 'outcome') return answer.outcome;
      } else if (nodesOf(this.#shared.merged(), command.room).length === 0) {
        return bridge.execute(command);
      }
      if (leftMs <= LOOK_EVERY_MS) return UNDRIVEN;
      await wait(LOOK_EVERY_MS);
    }
  }

  async identityOf(leg: ParticipantId): Promise<CallIdentity | undefined> {
    const { bridge, merged } = this.#shared;
    const node = [...merged().nodes].find(([, { rooms }]) =>
      [...rooms.values()].some(({ people }) => people.has(leg)),
    )?.[0];
    const place = node === undefined ? undefined : this.#driverOf(node);
    if (place?.kind !== 'at') return bridge.identityOf?.(leg);
    const question: Question = { kind: 'identity', leg };
    const answer = await this.#questions.ask(place.process, question, ANSWER_WITHIN_MS);
    return answer.kind === 'identity' ? answer.identity : undefined;
  }

  /** Has everybody at a node (`host:port`) go on at the others. */
  async sendOn(node: string): Promise<void> {
    const { bridge } = this.#shared;
    const name = sharedName(this.#shared, node);
    const place = this.#driverOf(name);
    if (place?.kind === 'here') return bridge.sendOn(node);
    if (place?.kind === 'at')
      await this.#questions.ask(place.process, { kind: 'send-on', node: name }, ANSWER_WITHIN_MS);
  }

  async #answer(question: Question): Promise<Answer> {
    const { bridge } = this.#shared;
    if (question.kind === 'identity') {
      const identity = await bridge.identityOf?.(question.leg);
      return { kind: 'identity', ...(identity && { identity }) };
    }
    if (question.kind === 'send-on') return this.#sendOn(question.node);
    const { command } = question;
    if (this.#placeOf(command)?.kind !== 'here') return { kind: 'not-mine' };
    return { kind: 'outcome', outcome: await bridge.execute(command) };
  }

  async #sendOn(name: string): Promise<Answer> {
    const node = this.#shared.nodes.find((each) => sharedName(this.#shared, each) === name);
    if (node === undefined || this.#driverOf(name)?.kind !== 'here') return { kind: 'not-mine' };
    await this.#shared.bridge.sendOn(node);
    return { kind: 'outcome', outcome: { ok: true } };
  }

  /** A call may be the first of its room, which then lives where the call is made. */
  #placeOf({ kind, room }: RoomCommand): Place | undefined {
    const { merged, nodes, bridge, peers } = this.#shared;
    const homes = nodesOf(merged(), room);
    const place = homes.map((node) => this.#driverOf(node)).find((each) => each !== undefined);
    if (homes.length > 0 || kind !== 'call') return place;
    if (bridge.engines().some(({ state }) => state === 'joined')) return { kind: 'here' };
    const joined = nodes.find((node) => peers.engine(node)?.state === 'joined');
    return joined === undefined ? undefined : this.#driverOf(joined);
  }

  #driverOf(node: string): Place | undefined {
    const { nodes, peers } = this.#shared;
    const isHere = nodes.some(
      (each) =>
        sharedName(this.#shared, each) === node && ownToken(this.#shared, each) !== undefined,
    );
    if (isHere) return { kind: 'here' };
    const process = peers.driverOf(node);
    return process === undefined ? undefined : { kind: 'at', process };
  }
}
