import { currentTongue } from '../words/words.ts';

/** `2026-11-22T10:00`, in this computer's time zone, as `<input type="datetime-local">` wants it. */
export function localInput(iso: string): string {
  const at = new Date(iso);
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** What such a field holds, as ISO 8601 in UTC. Throws where it holds no time. */
export function timeOf(local: string): string {
  return new Date(local).toISOString();
}

/** Such as `Europe/Berlin`. */
export function zoneName(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** A time as people here write it: `23 Nov 2026, 10:00`. */
export function spokenTime(iso: string): string {
  return new Date(iso).toLocaleString(currentTongue().locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
  });
}

/** When something was: today's by the hour alone, such as `10:00`. */
export function spokenMoment(iso: string, nowMs: number): string {
  const at = new Date(iso);
  if (at.toDateString() !== new Date(nowMs).toDateString()) return spokenTime(iso);
  return at.toLocaleTimeString(currentTongue().locale, { timeStyle: 'short' });
}

/** A day as people here write it: `23 Nov 2026`. */
export function spokenDay(iso: string): string {
  return new Date(iso).toLocaleDateString(currentTongue().locale, { dateStyle: 'medium' });
}
