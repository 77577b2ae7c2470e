import { isLoopback } from './doors.ts';
import type { FreeswitchFacts } from './freeswitch-facts.ts';
import * as ask from './freeswitch-facts.ts';
import type { Finding } from './finding.ts';
import { fault, ok, unknown, warning } from './finding.ts';
import type { Element } from './xml.ts';
import { all, named, params, parseXml } from './xml.ts';

/** The SIP profile that takes the gateway's calls: as it runs, and as it was written. */
export function profileFindings(facts: FreeswitchFacts): readonly Finding[] {
  const said = facts.answers.get(ask.PROFILE_STATUS);
  if (said === undefined || said.startsWith('-ERR')) return [unknown('SIP profile', 'not told')];
  const status = parseXml(said.replace(/^<\?xml[^>]*>\s*/, ''));
  if (status === undefined)
    return [
      fault(
        'SIP profile',
        'there is none called partyline, or it did not start',
        'Use sip_profiles/partyline.xml of freeswitch-conf; a port that is taken keeps it from starting.',
      ),
    ];
  return [
    ok('SIP profile', `partyline runs at ${valueOf(status, 'bind-url')}`),
    contextFinding(status),
    inboundCodecs(status),
    dtmfFinding(status),
    mediaAddress(status, facts),
    ...writtenFindings(facts),
    ...accessFindings(facts),
  ];
}

function valueOf(status: Element, name: string): string {
  return all(status, name)[0]?.text ?? '';
}

function contextFinding(status: Element): Finding {
  const [context, dialplan] = [valueOf(status, 'context'), valueOf(status, 'dialplan')];
  if (context === 'partyline' && dialplan === 'XML') return ok('dialplan', 'XML, partyline');
  return fault(
    'dialplan',
    `${dialplan}, ${context}`,
    'Set context to partyline and dialplan to XML in the profile: every call must be parked.',
  );
}

const WANTED = ['OPUS', 'G722', 'PCMU', 'PCMA'];

function inboundCodecs(status: Element): Finding {
  const codecs = valueOf(status, 'inbound-codecs');
  const offered = codecs.split(',').map((codec) => codec.split('@')[0]?.toUpperCase());
  const missing = WANTED.filter((codec) => !offered.includes(codec));
  if (missing.length === 0) return ok('codecs of the profile', codecs);
  return fault(
    'codecs of the profile',
    `${codecs}, without ${missing.join(', ')}`,
    `Set inbound-codec-prefs to ${WANTED.join(',')}.`,
  );
}

function dtmfFinding(status: Element): Finding {
  const mode = valueOf(status, 'dtmf-mode');
  if (mode === 'rfc2833') return ok('keypad tones', 'RFC 4733 (rfc2833)');
  return fault('keypad tones', mode, 'Set dtmf-type to rfc2833: codes would not be heard.');
}

function mediaAddress(status: Element, { publicIp }: FreeswitchFacts): Finding {
  const inside = valueOf(status, 'rtp-ip');
  const outside = valueOf(status, 'ext-rtp-ip') || inside;
  const shown = outside === inside ? inside : `${inside}, told as ${outside}`;
  if (!isLoopback(outside) || isLoopback(publicIp)) return ok('media address', shown);
  return fault(
    'media address',
    `${shown}, while phones are told ${publicIp}`,
    'Set PARTYLINE_MEDIA_IP to this machine’s address, and PARTYLINE_EXTERNAL_IP behind NAT: callers would hear nothing.',
  );
}

/** Where `sofia.conf` differs from what is safe. */
function writtenFindings({ answers }: FreeswitchFacts): Finding[] {
  const sofia = parseXml(answers.get(ask.configuration('sofia')) ?? '');
  const profile = named(sofia, 'profile', 'partyline');
  if (profile === undefined) return [unknown('profile’s settings', 'not told')];
  const isFalse = (name: string) => /^(false|no|off|0)$/i.test(params(profile, name).at(-1) ?? '');
  const isTrue = (name: string) => /^(true|yes|on|1)$/i.test(params(profile, name).at(-1) ?? '');
  const others = all(sofia, 'profile').filter(({ attributes }) => attributes.name !== 'partyline');
  return [
    isFalse('enable-chat')
      ? ok('MESSAGE', 'ignored')
      : fault(
          'MESSAGE',
          'taken: it could run commands (CVE-2026-116779)',
          'Set enable-chat to false.',
        ),
    isTrue('disable-register')
      ? ok('REGISTER', 'refused')
      : warning('REGISTER', 'taken', 'Set disable-register to true: phones register elsewhere.'),
    isTrue('disable-transfer')
      ? ok('REFER', 'refused')
      : warning('REFER', 'taken', 'Set disable-transfer to true: a phone could call out.'),
    isTrue('inbound-use-callid-as-uuid')
      ? ok('names of legs', 'ours')
      : warning(
          'names of legs',
          'FreeSWITCH’s own',
          'Set inbound-use-callid-as-uuid to true: else people get new rows when their room goes to another FreeSWITCH.',
        ),
    ...others.map(({ attributes }) =>
      warning(
        'another SIP profile',
        attributes.name ?? '',
        'Take it out, unless you need it: Partyline uses partyline only.',
      ),
    ),
  ];
}

function accessFindings({ answers, gateways }: FreeswitchFacts): Finding[] {
  if (parseXml(answers.get(ask.configuration('sofia')) ?? '') === undefined) return [];
  const lists = ask.accessLists(answers);
  const what = 'who may call';
  if (lists.length === 0)
    return [
      fault(
        what,
        'everybody',
        'Set apply-inbound-acl to gateway: calls that reach FreeSWITCH have no password.',
      ),
    ];
  const lets = (address: string) =>
    lists.some((list) => answers.get(ask.aclQuestion(address, list))?.trim() === 'true');
  const outside = gateways.filter((address) => !lets(address));
  const strangers = ask.STRANGERS.filter(lets);
  return [
    outside.length === 0
      ? ok(what, `our gateway, at ${gateways.join(', ')}`)
      : fault(
          what,
          `not our gateway, at ${outside.join(', ')}: it would hear 403`,
          `Set PARTYLINE_GATEWAY_CIDR to ${gateways.map(asCidr).join(',')} and restart FreeSWITCH.`,
        ),
    strangers.length === 0
      ? ok('who may not call', 'strangers')
      : fault(
          'who may not call',
          `strangers such as ${strangers[0]} may`,
          'Narrow PARTYLINE_GATEWAY_CIDR: calls that reach FreeSWITCH have no password.',
        ),
  ];
}

function asCidr(address: string): string {
  return `${address}/${address.includes(':') ? 128 : 32}`;
}
