import type { EslHeader } from '../../../protocol/esl/headers.ts';
import type { NodeSettings } from './node.ts';

/**
 * The headers that every event begins with (switch_event.c), but for the place in FreeSWITCH's own
 * source that fired it.
 */
export function eventPrelude(
  settings: NodeSettings,
  name: string,
  nowUs: number,
  sequence: number,
): EslHeader[] {
  const now = new Date(nowUs / 1000);
  return [
    { name: 'Event-Name', value: name },
    { name: 'Core-UUID', value: settings.coreUuid },
    { name: 'FreeSWITCH-Hostname', value: settings.hostname },
    { name: 'FreeSWITCH-Switchname', value: settings.hostname },
    { name: 'FreeSWITCH-IPv4', value: settings.address },
    { name: 'FreeSWITCH-IPv6', value: '::1' },
    { name: 'Event-Date-Local', value: formatLocal(now) },
    { name: 'Event-Date-GMT', value: now.toUTCString() },
    { name: 'Event-Date-Timestamp', value: String(Math.round(nowUs)) },
    { name: 'Event-Sequence', value: String(sequence) },
  ];
}

/** `2026-11-22 07:45:42` in the machine's time zone. */
export function formatLocal(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
