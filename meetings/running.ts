import type { RoomControl } from '../protocol/room/control.ts';
import type { Basics } from './basics.ts';
import type { Breakouts } from './breakouts.ts';
import { Gatherings } from './gatherings.ts';
import { Leases } from './leases.ts';
import type { Meetings } from './meetings.ts';
import { letters } from './rules/ids.ts';

/** What meetings do by themselves while people are in them: end by rule, bring people back. */
export class Running {
  readonly #basics: Basics;
  readonly #parts: { readonly meetings: Meetings; readonly breakouts: Breakouts };
  #gatherings: Gatherings | undefined;

  constructor(
    basics: Basics,
    parts: { readonly meetings: Meetings; readonly breakouts: Breakouts },
  ) {
    this.#basics = basics;
    this.#parts = parts;
  }

  run(rooms: RoomControl): void {
    const { meetings, breakouts } = this.#parts;
    const leases = new Leases(this.#basics.store, `gatherings-${letters(16, this.#basics.random)}`);
    const own = { ...this.#basics, meetings, rooms, leases, family: breakouts };
    this.#gatherings = new Gatherings(own);
    this.#gatherings.start();
    breakouts.run(rooms);
  }

  async stop(): Promise<void> {
    await this.#gatherings?.stop();
    await this.#parts.breakouts.stop();
  }
}
