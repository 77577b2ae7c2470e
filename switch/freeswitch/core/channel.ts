import type { AppCall, AppRun } from './app-run.ts';
import type { Playing } from './playing.ts';

/** Who calls whom, as the `Caller-…` headers tell it (switch_caller.c). */
export interface CallerProfile {
  readonly username: string;
  readonly callerIdName: string;
  readonly callerIdNumber: string;
  readonly networkAddress: string;
  readonly destination: string;
}

/** FreeSWITCH's `Channel-State` with its number. */
export const STATE_NUMBERS = {
  CS_NEW: 0,
  CS_INIT: 1,
  CS_ROUTING: 2,
  CS_EXECUTE: 4,
  CS_HANGUP: 10,
  CS_REPORTING: 11,
  CS_DESTROY: 12,
} as const;
export type ChannelState = keyof typeof STATE_NUMBERS;

/** FreeSWITCH's `Channel-Call-State` with its number. */
export const CALL_STATE_NUMBERS = {
  DOWN: 0,
  DIALING: 1,
  RINGING: 2,
  EARLY: 3,
  ACTIVE: 4,
  HELD: 5,
  HANGUP: 7,
  UNHELD: 8,
} as const;
export type CallState = keyof typeof CALL_STATE_NUMBERS;

/** How far the call got. */
export type Life =
  | { readonly kind: 'ringing' }
  | { readonly kind: 'early' }
  | { readonly kind: 'answered' }
  | { readonly kind: 'hungup'; readonly cause: string };

/** How far the sound got. */
export type LegMedia =
  | { readonly kind: 'offered'; readonly offer: string | undefined }
  | { readonly kind: 'negotiating' }
  | { readonly kind: 'ready'; readonly answer: string; readonly codec?: Codec };

export interface Codec {
  readonly name: string;
  readonly rate: number;
}

/** A key that the peer pressed, whichever way it came. */
export interface Key {
  readonly digit: string;
  readonly durationMs: number;
  readonly source: 'RTP' | 'ENDPOINT' | 'APP';
}

export interface ChannelTimes {
  readonly createdUs: number;
  answeredUs: number;
  progressMediaUs: number;
  hungupUs: number;
}

/** One leg and everything FreeSWITCH would know of it. */
export interface Channel {
  readonly uuid: string;
  readonly direction: 'inbound' | 'outbound';
  readonly name: string;
  caller: CallerProfile;
  /** Read through `getVariable`, changed through `setVariable`. */
  readonly variables: Map<string, string>;
  readonly times: ChannelTimes;
  state: ChannelState;
  callState: CallState;
  life: Life;
  media: LegMedia;
  heldByPeer: boolean;
  /** In a conference, for which what it sends is decoded. */
  inConference: boolean;
  /** Applications in progress, the innermost last: `sendmsg` runs inside of what runs already. */
  readonly running: AppRun[];
  /** Applications that wait, because of an event-lock or because media is being set up. */
  readonly waiting: AppCall[];
  /** Keys that nobody reads for now, and that are not told either. */
  readonly unread: Key[];
  /** Sounds laid over what the peer hears (`uuid_displace`), by their files. */
  readonly displaced: Map<string, Playing>;
  /** What the dialplan, a transfer or an originate still has for this channel. */
  extension: readonly AppCall[];
  /** The application for which media is being set up. */
  blocked: AppCall | undefined;
}

export function getVariable(channel: Channel, name: string): string | undefined {
  return channel.variables.get(name);
}

/** Sets a variable; without a value, or with an empty one, takes it away, as FreeSWITCH does. */
export function setVariable(channel: Channel, name: string, value?: string): void {
  if (value === undefined || value === '') channel.variables.delete(name);
  else channel.variables.set(name, value);
}

export function isDown(channel: Channel): boolean {
  return channel.life.kind === 'hungup';
}

/** FreeSWITCH's `switch_false`. */
export function isFalse(value: string | undefined): boolean {
  return value !== undefined && /^(no|off|false|f|disabled|inactive|disallow|0)$/i.test(value);
}

/** FreeSWITCH's `switch_true`. */
export function isTrue(value: string | undefined): boolean {
  return value !== undefined && /^(yes|on|true|t|enabled|active|allow|-?0*[1-9]\d*)$/i.test(value);
}
