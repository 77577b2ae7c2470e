/**
 * Calls to numbers that somebody registered made. What was booked for one is given back when the call
 * to the number ends, or the caller's where none was made.
 */
export class Bookings {
  readonly #carried = new Set<string>();
  readonly #over: (booking: string) => void;

  constructor(over: (booking: string) => void) {
    this.#over = over;
  }

  /** The number is called: from now on its own leg counts. */
  carry(booking: string | undefined): void {
    if (booking !== undefined) this.#carried.add(booking);
  }

  /** The call to the number ended. */
  ended(booking: string | undefined): void {
    if (booking === undefined) return;
    this.#carried.delete(booking);
    this.#over(booking);
  }

  /** Who wanted the call is gone, or could not be connected. */
  abandoned(booking: string | undefined): void {
    if (booking !== undefined && !this.#carried.has(booking)) this.#over(booking);
  }
}
