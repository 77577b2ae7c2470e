/** What a moderator types to open breakout rooms. */
export interface BreakoutForm {
  readonly names: readonly string[];
  readonly assign: 'evenly' | 'given' | 'self';
  /** Empty: until they are called back. */
  readonly minutes: string;
}

export const MOST_ROOMS = 50;

interface RoomWords {
  readonly room: (number: number) => string;
}

export function twoRooms({ room }: RoomWords): BreakoutForm {
  return { names: [room(1), room(2)], assign: 'evenly', minutes: '' };
}

/** So many rooms, from 1 to 50: those that are named keep their names. */
export function withRooms(form: BreakoutForm, count: number, { room }: RoomWords): BreakoutForm {
  const length = Math.min(MOST_ROOMS, Math.max(1, Math.floor(count)));
  const names = Array.from({ length }, (_, n) => form.names[n] ?? room(n + 1));
  return { ...form, names };
}

export function withName(form: BreakoutForm, index: number, name: string): BreakoutForm {
  return { ...form, names: form.names.with(index, name) };
}

/** As the server takes it; a room without a name is called by its number. */
export function breakoutBody(
  { names, assign, minutes }: BreakoutForm,
  { room }: RoomWords,
): object {
  const typed = minutes.trim();
  return {
    rooms: names.map((name, n) => ({ name: name.trim() === '' ? room(n + 1) : name.trim() })),
    assign,
    ...(typed !== '' && { minutes: Number(typed) }),
  };
}

/** Whether the time cannot be, before anybody is asked. */
export function isWrongMinutes({ minutes }: BreakoutForm): boolean {
  const typed = minutes.trim();
  if (typed === '') return false;
  return !/^\d{1,4}$/.test(typed) || Number(typed) < 1 || Number(typed) > 1_440;
}
