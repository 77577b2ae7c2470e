import { clockChanges, offsetMinutes } from '../rules/zoned-time.ts';

/** Calendars go by their own clocks after that. */
const YEARS_MS = 10 * 366 * 86_400_000;

/** A VTIMEZONE (RFC 5545, section 3.6.5): each change of the clocks there from that time on. */
export function timeZoneBlock(timeZone: string, fromMs: number): string {
  const offset = offsetMinutes(fromMs, timeZone);
  // The standard time is the one further west.
  const changes = clockChanges(timeZone, fromMs, fromMs + YEARS_MS);
  const standard = Math.min(offset, ...changes.map(({ toMinutes }) => toMinutes));
  const blocks = [{ wallMs: 0, fromMinutes: offset, toMinutes: offset }, ...changes].flatMap(
    ({ wallMs, fromMinutes, toMinutes }) => {
      const kind = toMinutes > standard ? 'DAYLIGHT' : 'STANDARD';
      return [
        `BEGIN:${kind}`,
        `DTSTART:${new Date(wallMs).toISOString().replace(/[-:]|\.\d+Z/g, '')}`,
        `TZOFFSETFROM:${signed(fromMinutes)}`,
        `TZOFFSETTO:${signed(toMinutes)}`,
        `END:${kind}`,
      ];
    },
  );
  return ['BEGIN:VTIMEZONE', `TZID:${timeZone}`, ...blocks, 'END:VTIMEZONE'].join('\n');
}

/** `+0530` */
function signed(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const two = (part: number) => String(part).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(hours)}${two(rest)}`;
}
