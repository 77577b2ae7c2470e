import type { Language } from '../../protocol/call/language.ts';
import type { AccountView, MeetingView } from '../../protocol/http/views.ts';

/** What to send to those invited: the link, and the way by phone. */
export function invitation(meeting: MeetingView, code: string): string {
  const phone = meeting.dialIn.map(({ number, label }) => `${number} (${label})`).join(' or ');
  return [
    `You are invited to “${meeting.name}”.`,
    `In the browser: ${meeting.joinUrl}`,
    ...(phone === '' ? [] : [`By phone: dial ${phone}, then type the code ${code}`]),
  ].join('\n');
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

/** What callers hear, in words. */
export function languageName(language: Language): string {
  return { en: 'English', de: 'German' }[language];
}
