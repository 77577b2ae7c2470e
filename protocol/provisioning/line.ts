/** What a phone needs to register: one line of it. */
export interface PhoneLine {
  readonly username: string;
  readonly password: string;
  /** Shown on the phone's screen, and to those it calls. */
  readonly name: string;
  /** `host:port`; IPv6 addresses in brackets. */
  readonly server: string;
  readonly transport: 'udp' | 'tcp';
}

/** How long a registration is asked for, in seconds: the most that our registrar grants. */
export const EXPIRES_S = 3600;

/** Host and port of `host:port` apart; IPv6 brackets stay with the host. */
export function serverParts(server: string): { readonly host: string; readonly port: string } {
  const match = /^(.*):(\d{1,5})$/.exec(server);
  return { host: match?.[1] ?? server, port: match?.[2] ?? '5060' };
}

/** Without anything that could end a line or an instruction in a file of lines. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}
