import type { Door } from './doors.ts';
import { TRANSPORTS } from './sip-options.ts';
import type { OptionsAnswer, SipTarget, Transport } from './sip-options.ts';

/** What came of presenting the secret (drachtio-server src/client.cpp, `processAuthentication`). */
export type DrachtioLogin =
  | { readonly kind: 'in'; readonly version: string; readonly contacts: readonly SipTarget[] }
  /** `known` where a secret that everybody knows was taken instead. */
  | { readonly kind: 'refused'; readonly known: boolean }
  | { readonly kind: 'lost'; readonly detail: string };

/** All that is known of a running drachtio-server before anything is concluded. */
export interface DrachtioFacts {
  readonly host: string;
  readonly port: number;
  readonly login: DrachtioLogin;
  /** What each of its contacts said to OPTIONS; undefined where none answered. */
  readonly answers: ReadonlyMap<SipTarget, OptionsAnswer | undefined>;
  /** This machine's other addresses, tried at the port for applications. */
  readonly doors: readonly Door[];
  readonly nowMs: number;
}

/**
 * Reads the answer to `authenticate`: `<id>|response|<to>|OK|<contacts told>|<version>|<contacts
 * here>`. Undefined where the secret was refused.
 */
export function readWelcome(text: string): Extract<DrachtioLogin, { kind: 'in' }> | undefined {
  const [, kind, , word, told = '', version = '', here] = text.trim().split('|');
  if (kind !== 'response' || word !== 'OK') return undefined;
  const contacts = (here ?? told).split(',').flatMap((each) => readContact(each) ?? []);
  return { kind: 'in', version, contacts };
}

/** `tcp/192.0.2.10:5060` */
function readContact(text: string): SipTarget | undefined {
  const match = /^(\w+)\/(\[[0-9a-fA-F:]+\]|[^:/]+):(\d+)$/.exec(text);
  const transport = TRANSPORTS.find((each): each is Transport => each === match?.[1]);
  if (match === null || transport === undefined) return undefined;
  return { transport, host: match[2] ?? '', port: Number(match[3]) };
}
