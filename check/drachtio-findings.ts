import { isOlder } from '../bridge/fitness.ts';
import { isLoopback } from './doors.ts';
import type { DrachtioFacts } from './drachtio-facts.ts';
import type { Finding } from './finding.ts';
import { fault, ok, unknown, warning } from './finding.ts';
import type { OptionsAnswer, SipTarget, Transport } from './sip-options.ts';

/** The release that the gateway is tested with. */
const OLDEST_VERSION = '0.9.10';
const DAY_MS = 86_400_000;
const EXPIRES_SOON_DAYS = 14;

/** What is right and what is to be mended at a drachtio-server. */
export function drachtioFindings(facts: DrachtioFacts): readonly Finding[] {
  const { login } = facts;
  const at = `${facts.host}:${facts.port}`;
  switch (login.kind) {
    case 'lost':
      return [
        fault(
          'port for applications',
          `at ${at}: ${login.detail}`,
          'Start drachtio-server with drachtio-conf/start, and check the address in DRACHTIO.',
        ),
      ];
    case 'refused':
      return [ok('port for applications', `answers at ${at}`), refusedFinding(login.known)];
    case 'in':
      return [
        ok('port for applications', `answers at ${at}`),
        ok('secret', 'taken'),
        doorFinding(facts),
        versionFinding(login.version),
        ...REQUIRED.flatMap((transport) => missingFinding(transport, login.contacts)),
        ...login.contacts.flatMap((contact) =>
          contactFindings(contact, facts.answers.get(contact), facts.nowMs),
        ),
        ...tlsFinding(login.contacts),
      ];
  }
}

function refusedFinding(known: boolean): Finding {
  return known
    ? fault(
        'secret',
        'the server takes one that everybody knows',
        'Start it with DRACHTIO_SECRET: without it the secret is the word admin.',
      )
    : fault('secret', 'refused', 'Make the secret in DRACHTIO that of DRACHTIO_SECRET.');
}

function doorFinding({ host, port, doors }: DrachtioFacts): Finding {
  const what = 'its reach';
  const mend = 'Set admin to 127.0.0.1 in drachtio.conf.xml: its protocol is not encrypted.';
  const open = doors.filter((door) => door.open).map(({ address }) => address);
  if (open.length > 0) return fault(what, `port ${port} is open at ${open.join(', ')}`, mend);
  if (isLoopback(host)) return ok(what, 'this machine only');
  return warning(what, `${host} is another machine`, `${mend} Join the machines by a tunnel.`);
}

function versionFinding(version: string): Finding {
  if (!/^v?\d/.test(version)) return unknown('version', 'not told');
  if (!isOlder(version, OLDEST_VERSION)) return ok('version', version);
  return warning('version', version, `Update to ${OLDEST_VERSION} or later.`);
}

const REQUIRED: readonly Transport[] = ['udp', 'tcp', 'ws'];
const NEEDED_BY: Readonly<Record<Transport, string>> = {
  udp: 'phones',
  tcp: 'phones',
  tls: 'phones that encrypt',
  ws: 'browsers',
};

function missingFinding(transport: Transport, contacts: readonly SipTarget[]): Finding[] {
  if (contacts.some((contact) => contact.transport === transport)) return [];
  return [
    fault(
      `SIP over ${transport.toUpperCase()}`,
      `no contact, for ${NEEDED_BY[transport]}`,
      `Name one with ;transport=${transport}: contacts on the command line replace those of drachtio.conf.xml.`,
    ),
  ];
}

function contactFindings(
  { transport, host, port }: SipTarget,
  answer: OptionsAnswer | undefined,
  nowMs: number,
): Finding[] {
  const what = `SIP over ${transport.toUpperCase()}`;
  const at = `${host}:${port}`;
  if (answer === undefined)
    return [fault(what, `no answer to OPTIONS at ${at}`, 'Let the firewall pass it.')];
  const nobody = answer.status === 503 ? ': no Partyline has joined' : '';
  return [
    ok(what, `answers OPTIONS at ${at} with ${answer.status}${nobody}`),
    ...(answer.certificateEndsMs === undefined
      ? []
      : [certificateFinding(answer.certificateEndsMs, nowMs)]),
    ...(transport === 'ws' && !isLoopback(host)
      ? [
          warning(
            'browsers’ door',
            `WebSocket at ${at}, past Partyline’s checks`,
            'Bind it to 127.0.0.1: browsers come through Partyline’s /sip.',
          ),
        ]
      : []),
  ];
}

function certificateFinding(endsMs: number, nowMs: number): Finding {
  const what = 'certificate';
  const days = Math.floor((endsMs - nowMs) / DAY_MS);
  if (Number.isNaN(days)) return unknown(what, 'no end told');
  const remedy = 'Renew it and restart drachtio-server: it reads the files at its start only.';
  if (days < 0) return fault(what, `ended ${-days} days ago`, remedy);
  if (days < EXPIRES_SOON_DAYS) return warning(what, `ends in ${days} days`, remedy);
  return ok(what, `good for ${days} days`);
}

function tlsFinding(contacts: readonly SipTarget[]): Finding[] {
  if (contacts.some(({ transport }) => transport === 'tls')) return [];
  return [
    warning(
      'SIP over TLS',
      'not open: phones’ passwords and audio keys pass in clear',
      'Set DRACHTIO_TLS_CERT_FILE and DRACHTIO_TLS_KEY_FILE if phones come over networks that are not yours.',
    ),
  ];
}
