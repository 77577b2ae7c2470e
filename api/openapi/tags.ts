/** Chapters of the document, in their order; `pattern` says whose paths are in it. */
const CHAPTERS: readonly { name: string; description: string; pattern: RegExp }[] = [
  {
    name: 'People in a room',
    description: 'Who is there, and what is done to one of them or to all.',
    pattern:
      /^\/(announcements|meetings\/\{id\}\/(participants|bans|mute-all|unmute-all|lock|lobby|recording|announce|breakouts?|rooms?))/,
  },
  {
    name: 'Calls',
    description: 'Calls that a meeting makes.',
    pattern: /^\/meetings\/\{id\}\/calls/,
  },
  {
    name: 'Tickets',
    description: 'Join links, and what a browser needs to call.',
    pattern: /tickets/,
  },
  {
    name: 'Meetings',
    description: 'Planned, open and ended meetings, with their rules, times and codes.',
    pattern: /^\/meetings/,
  },
  { name: 'Accounts', description: "Desk phones' accounts.", pattern: /^\/accounts/ },
  { name: 'Trunks', description: 'Lines to the telephone network.', pattern: /^\/trunks/ },
  {
    name: 'Nodes',
    description: 'The FreeSWITCHes that mix, and emptying one of them.',
    pattern: /^\/nodes/,
  },
  {
    name: 'System',
    description: 'How the server and all that it stands on are.',
    pattern: /^\/system/,
  },
  {
    name: 'Bans',
    description: 'Who may not come into one meeting, or into any.',
    pattern: /^\/bans/,
  },
  {
    name: 'Alarms',
    description: 'Limits on wrong codes and keys that are full.',
    pattern: /^\/alarms/,
  },
  {
    name: 'Webhooks',
    description: 'Servers that are told what happens, and what they answered.',
    pattern: /^\/webhooks/,
  },
  {
    name: 'Audit',
    description: 'Who did what.',
    pattern: /^\/audit/,
  },
  {
    name: 'Signing in',
    description: 'Sessions of the console.',
    pattern: /^\/(session|setup|me|oidc|sign-in)/,
  },
];

export interface Tag {
  readonly name: string;
  readonly description?: string;
}

/** The chapter of a path; what no chapter claims is named by its first word. */
export function tagOf(path: string): Tag {
  const found = CHAPTERS.find(({ pattern }) => pattern.test(path));
  if (found) return { name: found.name, description: found.description };
  const word = /^\/([a-z]+)/.exec(path)?.[1] ?? 'other';
  return { name: word.slice(0, 1).toUpperCase() + word.slice(1) };
}
