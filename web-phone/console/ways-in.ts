import type { MeetingView } from '../../protocol/http/views.ts';

/** What to send to those invited: the link, and the way by phone. */
export function invitation(meeting: MeetingView, code: string): string {
  const phone = meeting.dialIn.map(({ number, label }) => `${number} (${label})`).join(' or ');
  return [
    `You are invited to “${meeting.name}”.`,
    `In the browser: ${meeting.joinUrl}`,
    ...(phone === '' ? [] : [`By phone: dial ${phone}, then type the code ${code}`]),
  ].join('\n');
}

/** Where desk phones register: the host and port of the addresses that meetings are dialled at. */
export function sipServer(meetings: Iterable<MeetingView>, pageHost: string): string {
  for (const meeting of meetings)
    for (const { uri } of meeting.dialIn) {
      const host = /^sips?:[^@]+@([^;?>]+)/.exec(uri)?.[1];
      if (host !== undefined) return host;
    }
  return `${pageHost}:5060`;
}
