import { bid } from './farewell.ts';
import { say, stay } from './talk.ts';
import type { Input, Patience, Setting, Step, Talk } from './talk.ts';

type Invitation = Extract<Talk, { at: 'invitation' }>;

/** Somebody whom the meeting called hears who invites, and presses 1: a voicemail does not. */
export function invite(by?: string): Step {
  const saying = { kind: 'invitation', ...(by === undefined ? {} : { by }) } as const;
  return [{ at: 'invitation', round: 1 }, [say(saying)]];
}

export function whileInvited(talk: Invitation, input: Input, { patience }: Setting): Step {
  switch (input.kind) {
    case 'said':
      return [talk, [{ kind: 'wake-in', timer: 'choice', ms: patience.choiceMs }]];
    case 'key':
      return chosen(talk, input.key, patience);
    case 'woke':
      if (input.timer !== 'choice') return stay(talk);
      return talk.round === 1 ? again() : bid(patience, { kind: 'invitation-declined' });
    case 'again':
      return again();
    default:
      return stay(talk);
  }
}

function chosen(talk: Invitation, key: string, patience: Patience): Step {
  if (key === '2') return bid(patience, { kind: 'invitation-declined' });
  if (key !== '1') return stay(talk);
  return [
    { at: 'admitting', before: { at: 'greeted' }, admitted: true, named: true, stale: false },
    [{ kind: 'hush' }, { kind: 'let-sleep', timer: 'choice' }, { kind: 'admit', admitted: true }],
  ];
}

function again(): Step {
  return [{ at: 'invitation', round: 2 }, [say({ kind: 'invitation-again' })]];
}
