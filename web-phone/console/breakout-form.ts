/** What a moderator types to open breakout rooms. */
export interface BreakoutForm {
  readonly names: readonly string[];
  readonly assign: 'evenly' | 'given' | 'self';
  /** Empty: until they are called back. */
  readonly minutes: string;
}

export const MOST_ROOMS = 50;

export const TWO_ROOMS: BreakoutForm = {
  names: ['Room 1', 'Room 2'],
  assign: 'evenly',
  minutes: '',
};

/** So many rooms, from 1 to 50: those that are named keep their names. */
export function withRooms(form: BreakoutForm, count: number): BreakoutForm {
  const length = Math.min(MOST_ROOMS, Math.max(1, Math.floor(count)));
  const names = Array.from({ length }, (_, n) => form.names[n] ?? `Room ${n + 1}`);
  return { ...form, names };
}

export function withName(form: BreakoutForm, index: number, name: string): BreakoutForm {
  return { ...form, names: form.names.with(index, name) };
}

/** As the server takes it; a room without a name is called by its number. */
export function breakoutBody({ names, assign, minutes }: BreakoutForm): object {
  const typed = minutes.trim();
  return {
    rooms: names.map((name, n) => ({ name: name.trim() === '' ? `Room ${n + 1}` : name.trim() })),
    assign,
    ...(typed !== '' && { minutes: Number(typed) }),
  };
}

/** What is wrong with the time, before anybody is asked. */
export function wrongMinutes({ minutes }: BreakoutForm): string | undefined {
  const typed = minutes.trim();
  if (typed === '') return undefined;
  const isGood = /^\d{1,4}$/.test(typed) && Number(typed) >= 1 && Number(typed) <= 1_440;
  return isGood ? undefined : 'Type minutes from 1 to 1440, or nothing.';
}
