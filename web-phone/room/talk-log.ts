import type { Participant, ParticipantId } from '../../protocol/room/room.ts';

/** From when to when somebody talked; without an end: they still do. */
export interface TalkSpan {
  readonly fromMs: number;
  readonly toMs?: number;
}

/** So long is remembered. */
export const REMEMBERED_MS = 10 * 60_000;
/** A breath between two words does not end a line of the drawing. */
const BREATH_MS = 1_000;

/** Who talked when, as far as the facts told while somebody looked. */
export class TalkLog {
  readonly #spans = new Map<ParticipantId, readonly TalkSpan[]>();

  /** Takes in how people stand at a moment. */
  look(people: Iterable<Participant>, nowMs: number): void {
    const here = new Set<ParticipantId>();
    for (const person of people) {
      here.add(person.id);
      this.#take(person.id, person.talking && !person.muted, nowMs);
    }
    for (const id of this.#spans.keys()) if (!here.has(id)) this.#take(id, false, nowMs);
  }

  /** When they began to talk last; `undefined`: never. */
  beganMs(id: ParticipantId): number | undefined {
    return this.#spans.get(id)?.at(-1)?.fromMs;
  }

  /** Within what is remembered, the oldest first. */
  spans(id: ParticipantId, nowMs: number): readonly TalkSpan[] {
    return (this.#spans.get(id) ?? []).filter(
      ({ toMs }) => toMs === undefined || toMs > nowMs - REMEMBERED_MS,
    );
  }

  /** How long altogether, within what is remembered. */
  talkedMs(id: ParticipantId, nowMs: number): number {
    const since = nowMs - REMEMBERED_MS;
    return this.spans(id, nowMs).reduce(
      (sum, { fromMs, toMs = nowMs }) => sum + Math.max(0, toMs - Math.max(since, fromMs)),
      0,
    );
  }

  #take(id: ParticipantId, talks: boolean, nowMs: number): void {
    const spans = this.#spans.get(id) ?? [];
    const last = spans.at(-1);
    const open = last !== undefined && last.toMs === undefined;
    if (talks === open) return;
    if (!talks && last) {
      this.#spans.set(id, [...spans.slice(0, -1), { ...last, toMs: nowMs }]);
      return;
    }
    if (last?.toMs !== undefined && nowMs - last.toMs < BREATH_MS)
      this.#spans.set(id, [...spans.slice(0, -1), { fromMs: last.fromMs }]);
    else this.#spans.set(id, [...this.spans(id, nowMs), { fromMs: nowMs }]);
  }
}
