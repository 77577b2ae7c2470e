import { NEEDED_MODULES, OLDEST_VERSION, isOlder } from '../bridge/fitness.ts';
import { HARDENED_VERSION, conferenceFindings, configFindings } from './freeswitch-config.ts';
import { isLoopback } from './doors.ts';
import type { FreeswitchFacts } from './freeswitch-facts.ts';
import * as ask from './freeswitch-facts.ts';
import { profileFindings } from './freeswitch-profile.ts';
import type { Finding } from './finding.ts';
import { fault, ok, unknown, warning } from './finding.ts';

/** What is right and what is to be mended at a FreeSWITCH, in the order in which one would mend it. */
export function freeswitchFindings(facts: FreeswitchFacts): readonly Finding[] {
  if (facts.login.kind === 'out') return [...loginFindings(facts), ...optionsFindings(facts)];
  return [
    ...loginFindings(facts),
    ...doorFindings(facts),
    versionFinding(facts),
    ...moduleFindings(facts),
    codecFinding(facts),
    ...profileFindings(facts),
    ...optionsFindings(facts),
    ...conferenceFindings(facts),
    ...configFindings(facts),
    promptFinding(facts),
    clockFinding(facts),
  ];
}

function loginFindings({ node, login }: FreeswitchFacts): Finding[] {
  const at = `${node.host}:${node.port}`;
  if (login.kind === 'in') return [ok('event socket', `answers at ${at}`), ok('password', 'taken')];
  const { detail } = login;
  if (/password/.test(detail))
    return [
      ok('event socket', `answers at ${at}`),
      fault(
        'password',
        'refused',
        'Make the password in FREESWITCH that of PARTYLINE_ESL_PASSWORD. A weak one there is replaced by chance: 24 characters or more.',
      ),
    ];
  if (/access list/.test(detail))
    return [
      fault(
        'event socket',
        `at ${at} refuses this address`,
        'Run Partyline on the same machine, or name its address in a list of acl.conf.xml and that list in event_socket.conf.xml.',
      ),
    ];
  return [
    fault(
      'event socket',
      `at ${at}: ${detail}`,
      'Start FreeSWITCH with freeswitch-conf, and check the address in FREESWITCH.',
    ),
  ];
}

function doorFindings({ node, doors }: FreeswitchFacts): Finding[] {
  const what = 'event socket’s reach';
  const open = doors.filter((door) => door.open).map(({ address }) => address);
  const mend =
    'Set listen-ip to 127.0.0.1 in event_socket.conf.xml: its protocol is not encrypted.';
  if (open.length > 0)
    return [fault(what, `port ${node.port} is open at ${open.join(', ')}`, mend)];
  if (doors.length > 0) return [ok(what, 'this machine only')];
  return isLoopback(node.host)
    ? [ok(what, 'loopback')]
    : [warning(what, `${node.host} is another machine`, `${mend} Join the machines by a tunnel.`)];
}

function versionFinding({ answers }: FreeswitchFacts): Finding {
  const version = answers.get(ask.VERSION)?.trim() ?? '';
  if (!/^\d/.test(version)) return unknown('version', 'not told');
  if (!isOlder(version, HARDENED_VERSION)) return ok('version', version);
  if (!isOlder(version, OLDEST_VERSION))
    return warning(
      'version',
      version,
      `Update to ${HARDENED_VERSION} or later: what freeswitch-conf sets against others' packets and commands works from there on.`,
    );
  return fault('version', version, `Update to ${OLDEST_VERSION} or later: it mends known holes.`);
}

function moduleFindings({ answers }: FreeswitchFacts): Finding[] {
  return Object.entries(NEEDED_MODULES).map(([module, gives]) => {
    const said = answers.get(ask.moduleQuestion(module))?.trim();
    if (said === 'true') return ok(module, `loaded: ${gives}`);
    if (said !== 'false') return unknown(module, 'not told');
    return fault(module, `not loaded: ${gives}`, 'Install it and load it in modules.conf.xml.');
  });
}

const CODECS = ['OPUS', 'G.722', 'G.711 ulaw', 'G.711 alaw'];

function codecFinding({ answers }: FreeswitchFacts): Finding {
  const said = answers.get(ask.CODECS) ?? '';
  if (!said.startsWith('type,')) return unknown('codecs', 'not told');
  const missing = CODECS.filter((codec) => !said.includes(`codec,${codec}`));
  if (missing.length === 0) return ok('codecs', CODECS.join(', '));
  return fault('codecs', `without ${missing.join(', ')}`, 'Load mod_opus and mod_spandsp.');
}

function optionsFindings({ node, options, login }: FreeswitchFacts): Finding[] {
  const at = `${node.sip.host}:${node.sip.port}`;
  if (options !== undefined) return [ok('SIP', `answers OPTIONS at ${at} with ${options}`)];
  if (login.kind === 'out') return [unknown('SIP', `no answer to OPTIONS at ${at}`)];
  return [
    fault(
      'SIP',
      `no answer to OPTIONS at ${at}, over UDP`,
      'Make sip= in FREESWITCH the address of PARTYLINE_FS_SIP_IP and PARTYLINE_FS_SIP_PORT, and let the firewall pass it.',
    ),
  ];
}

function promptFinding({ answers, prompt }: FreeswitchFacts): Finding {
  const said = answers.get(ask.fileQuestion(prompt))?.trim();
  if (said === 'true') return ok('prompts', `FreeSWITCH can see ${prompt}`);
  if (said !== 'false') return unknown('prompts', 'not told');
  return fault(
    'prompts',
    `FreeSWITCH cannot see ${prompt}`,
    'Let its user read that folder; on another machine or in a container put the folder at the same path.',
  );
}

const MAX_SKEW_S = 5;

function clockFinding({ answers, nowMs }: FreeswitchFacts): Finding {
  const said = answers.get(ask.CLOCK)?.trim() ?? '';
  if (!/^\d{9,11}$/.test(said)) return unknown('clock', 'not told');
  const skewS = Math.round(Number(said) - nowMs / 1000);
  if (Math.abs(skewS) <= MAX_SKEW_S) return ok('clock', 'agrees with ours');
  const found = `${Math.abs(skewS)} s ${skewS > 0 ? 'ahead of' : 'behind'} ours`;
  return warning('clock', found, 'Keep both machines’ clocks right with NTP (chrony, timesyncd).');
}
