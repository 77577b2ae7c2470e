import type { Act, Caller, User } from '../meetings/rules/access.ts';
import { beyondOwn, scopeFor } from '../meetings/rules/access.ts';
import type { Scope } from '../meetings/rules/scopes.ts';
import { refusal } from './problems.ts';
import type { Refusal } from './problems.ts';

type Link = Extract<Caller, { kind: 'person' }>;

/** Why somebody may not: the first thing that is in the way. */
export function beyond(caller: Caller, act: Act): Refusal {
  if (caller.kind === 'user') return beyondUser(caller, act);
  if (caller.kind === 'person' && 'room' in act) return beyondLink(caller, act);
  if (caller.kind === 'admin')
    return refusal('forbidden', 'The administrator’s key has no account: sign in with one.');
  return refusal('forbidden', 'Only those who run all meetings may do this.');
}

function beyondUser({ role, scopes }: User, act: Act): Refusal {
  const scope = scopeFor(act);
  if (scopes && scope === 'none')
    return refusal('forbidden', 'Keys may not do this: sign in at the console.');
  if (scopes && !scopes.includes(scope as Scope))
    return refusal('forbidden', `The key lacks the scope "${scope}": make one that has it.`);
  if (role === 'moderator' && 'room' in act)
    return refusal('forbidden', 'Only those who run this meeting may do this.');
  return refusal('forbidden', 'Your role does not allow this; ask an owner of this server.');
}

function beyondLink(caller: Link, act: Extract<Act, { room: unknown }>): Refusal {
  if (act.room !== caller.room)
    return refusal('forbidden', 'Your link is for its own meeting only.');
  if (act.kind === 'read-meeting' || act.kind === 'run-meeting')
    return refusal('forbidden', 'Only those who run the meeting may do this.');
  if (act.kind === 'call-me')
    return refusal('forbidden', 'In this meeting participants may not let their phone be called.');
  const [field] = act.kind === 'change-row' ? beyondOwn(act.fields) : [];
  if (act.kind === 'change-row' && act.personId === caller.personId && field !== undefined)
    return refusal('forbidden', 'Only moderators change that, on their own row too.', { field });
  return refusal('forbidden', 'Only moderators may do this to others.');
}
