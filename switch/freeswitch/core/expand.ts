import type { Channel } from './channel.ts';

/**
 * Puts channel variables in the place of `${name}`; an unknown one becomes nothing, as in
 * FreeSWITCH. API calls, `${command(args)}`, are left as they stand: they would be a way in for
 * whoever can set a variable.
 */
export function expand(channel: Channel, text: string): string {
  return text.replace(/\$\{([A-Za-z0-9_.-]+)\}/g, (_, name: string) => {
    if (name === 'uuid') return channel.uuid;
    return channel.variables.get(name) ?? '';
  });
}
