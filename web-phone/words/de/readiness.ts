import type { readiness as english } from '../en/readiness.ts';
import { trunks } from './trunks.ts';

export const readiness: typeof english = {
  known: [
    [
      /^FreeSWITCH at (\S+) refuses our connection[.:]/,
      (node) =>
        `FreeSWITCH bei ${node} weist die Verbindung ab: Passwort oder Zugriffsliste stimmt nicht.`,
    ],
    [
      /^FreeSWITCH at (\S+) is not connected yet[.:]/,
      (node) => `FreeSWITCH bei ${node} ist noch nicht verbunden.`,
    ],
    [
      /^FreeSWITCH takes no calls at (\S+)\.$/,
      (node) => `FreeSWITCH bei ${node} nimmt keine Anrufe an.`,
    ],
    [
      /^FreeSWITCH at (\S+) refuses our calls with 403/,
      (node) =>
        `FreeSWITCH bei ${node} weist unsere Anrufe mit 403 ab: Die Adresse, von der drachtio-server anruft, fehlt in der Zugriffsliste (PARTYLINE_GATEWAY_CIDR).`,
    ],
    [
      / Phones and browsers cannot call\.$/,
      () => 'drachtio-server ist nicht verbunden: Telefone und Browser können nicht anrufen.',
    ],
    [
      /^Trunk ([^:]+): It is to register and has no/,
      (name) => `Der Trunk ${name} steht nicht: ${trunks.trouble['no-login']('')}`,
    ],
    [
      /^Trunk ([^:]+): The (?:provider|server) does not answer/,
      (name) => `Der Trunk ${name} steht nicht: ${trunks.trouble['no-answer']('')}`,
    ],
    [
      /^Trunk ([^:]+): The provider does not take/,
      (name) =>
        `Der Trunk ${name} steht nicht: Der Anbieter nimmt Benutzername und Passwort nicht an.`,
    ],
    [
      /^Trunk ([^:]+): .*?(\d{3})?\)?\.?$/,
      (name, status) =>
        `Der Trunk ${name} steht nicht${status === undefined ? '' : ` (${status})`}.`,
    ],
    [/^Partyline is stopping\.$/, () => 'Partyline wird gerade beendet.'],
    [
      /^The server does not say why/,
      () => 'Der Server sagt nicht, warum. Sehen Sie in sein Protokoll.',
    ],
  ],
  toSystem: 'Was zu tun ist',
};
