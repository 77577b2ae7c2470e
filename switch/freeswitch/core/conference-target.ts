import { getVariable } from './channel.ts';
import type { Conference, Member } from './conference.ts';

/** Whom a member command is for, or what FreeSWITCH says where nobody is meant. */
export type Target =
  | {
      readonly kind: 'members';
      readonly members: readonly Member[];
      readonly spared?: 'moderators';
    }
  | { readonly kind: 'none'; readonly reply: string }
  | { readonly kind: 'unreadable' };

/** Reads `<id>|all|last|non_moderator|<variable>=<value>` (conference_api_dispatch). */
export function toTarget(conference: Conference, word: string | undefined): Target {
  const id = Number.parseInt(word ?? '', 10);
  if (id > 0) {
    const member = byId(conference, id);
    return member ? one(member) : { kind: 'none', reply: `-ERR Non-Existant ID ${id}\n` };
  }
  switch (word?.toLowerCase()) {
    case 'all':
      return { kind: 'members', members: [...conference.members] };
    case 'non_moderator':
      return { kind: 'members', members: [...conference.members], spared: 'moderators' };
    case 'last': {
      const members = [...conference.members].sort((a, b) => b.id - a.id).slice(0, 1);
      return { kind: 'members', members };
    }
    default:
      break;
  }
  if (word === undefined || !word.includes('=')) return { kind: 'unreadable' };
  const member = byVariable(conference, word);
  return member ? one(member) : { kind: 'none', reply: '-ERR Non-Existant member\n' };
}

/** One member by id or `<variable>=<value>`; those who are on their way out are not found. */
export function findMember(conference: Conference, word: string): Member | undefined {
  return word.includes('=')
    ? byVariable(conference, word)
    : byId(conference, Number.parseInt(word, 10));
}

function byId(conference: Conference, id: number): Member | undefined {
  return conference.members.find((member) => member.id === id && !member.leaving);
}

function byVariable(conference: Conference, word: string): Member | undefined {
  const at = word.indexOf('=');
  const name = word.slice(0, at);
  const value = word.slice(at + 1);
  return conference.members.find((member) => {
    const own = name === 'uuid' ? member.channel.uuid : getVariable(member.channel, name);
    return own === value && !member.leaving;
  });
}

function one(member: Member): Target {
  return { kind: 'members', members: [member] };
}
