import type { AccountView, MeetingView } from '../../protocol/http/views.ts';

/** What to send to those invited: the link, and the way by phone. */
export function invitation(meeting: MeetingView, code: string, say: InvitationWords): string {
  const phone = meeting.dialIn.map(({ number, label }) => `${number} (${label})`).join(say.or);
  return [
    say.invited(meeting.name),
    say.inBrowser(meeting.joinUrl),
    ...(phone === '' ? [] : [say.byPhone(phone, code)]),
  ].join('\n');
}

interface InvitationWords {
  readonly invited: (name: string) => string;
  readonly inBrowser: (url: string) => string;
  readonly or: string;
  readonly byPhone: (numbers: string, code: string) => string;
}

/** What to type into a desk phone, as text. */
export function phoneSettings({ username, password = '', server }: AccountView): string {
  return [
    `SIP server: ${server.address}`,
    `Transport: ${transports(server)}`,
    `User name: ${username}`,
    `Password: ${password}`,
  ].join('\n');
}

/** “UDP or TCP”, in the order in which the server names them. */
export function transports({ transports: names }: AccountView['server']): string {
  return names.map((name) => name.toUpperCase()).join(' or ');
}
