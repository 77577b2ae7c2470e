import { NEEDED_MODULES } from '../bridge/fitness.ts';
import type { FreeswitchNode } from '../config.ts';
import type { Door } from './doors.ts';
import { named, params, parseXml } from './xml.ts';

/** All that is known of a running FreeSWITCH before anything is concluded. */
export interface FreeswitchFacts {
  readonly node: Pick<FreeswitchNode, 'host' | 'port' | 'sip'>;
  readonly login: { readonly kind: 'in' } | { readonly kind: 'out'; readonly detail: string };
  /** What it said to each command; those it did not answer are missing. */
  readonly answers: ReadonlyMap<string, string>;
  /** The status of its answer to OPTIONS; undefined where none came. */
  readonly options: number | undefined;
  /** From where it will see our calls come. */
  readonly gateways: readonly string[];
  /** What phones and browsers are told. */
  readonly publicIp: string;
  /** Absolute, as FreeSWITCH sees it. */
  readonly prompt: string;
  /** Milliseconds since 1970, when its clock was asked. */
  readonly nowMs: number;
  /** This machine's other addresses, tried at the event socket's port; empty where it is another machine's. */
  readonly doors: readonly Door[];
}

export const PROFILE_STATUS = 'sofia xmlstatus profile partyline';
export const VERSION = 'version short';
export const STATUS = 'status';
export const API_EXPANSION = 'fsctl api_expansion';
export const CODECS = 'show codec';
export const COMMANDS = 'show api';
export const CLOCK = 'strepoch';
export const DTD = 'global_getvar xml_disable_dtd';
export const ICE = 'global_getvar ice_verify_message_integrity';
export const DTLS = 'global_getvar rtp_dtls_client_cert_verify_mode';

export function configuration(name: string): string {
  return `xml_locate configuration configuration name ${name}.conf`;
}

export function moduleQuestion(module: string): string {
  return `module_exists ${module}`;
}

export function fileQuestion(file: string): string {
  return `file_exists ${file}`;
}

export function aclQuestion(address: string, list: string): string {
  return `acl ${address} ${list}`;
}

/** Addresses of documentation (RFC 5737): nobody's, so no list should name them. */
export const STRANGERS = ['203.0.113.77', '198.51.100.77'];

/** A path that is one word or more of a command, and never another command. */
const PATH = /^\/[\p{L}\p{N} _.,+@()~/-]+$/u;

/** What every FreeSWITCH is asked. */
export function questions(prompt: string): readonly string[] {
  return [
    ...[VERSION, STATUS, API_EXPANSION, CODECS, COMMANDS, PROFILE_STATUS, CLOCK, DTD, ICE, DTLS],
    ...['sofia', 'conference', 'event_socket', 'switch'].map(configuration),
    ...Object.keys(NEEDED_MODULES).map(moduleQuestion),
    ...(PATH.test(prompt) ? [fileQuestion(prompt)] : []),
  ];
}

/** What it is asked about the access lists that its answers name. */
export function listQuestions(
  answers: ReadonlyMap<string, string>,
  gateways: readonly string[],
): readonly string[] {
  return accessLists(answers).flatMap((list) =>
    [...gateways, ...STRANGERS].map((address) => aclQuestion(address, list)),
  );
}

/** The lists that the SIP profile holds calls against. */
export function accessLists(answers: ReadonlyMap<string, string>): readonly string[] {
  const sofia = parseXml(answers.get(configuration('sofia')) ?? '');
  const lists = params(named(sofia, 'profile', 'partyline'), 'apply-inbound-acl');
  // `list:pass-context:fail-context`; what is no name could not be asked for.
  return lists
    .map((list) => list.split(':')[0] ?? '')
    .filter((list) => /^[\w.-]{1,64}$/.test(list));
}
