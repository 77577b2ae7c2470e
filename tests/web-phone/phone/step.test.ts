import { describe, expect, test } from 'vitest';
import type { SoftphoneGrant } from '../../../protocol/http/views.ts';
import { PATIENCE_MS, step } from '../../../web-phone/phone/step.ts';
import type { PhoneEffect, PhoneInput, PhoneState } from '../../../web-phone/phone/state.ts';
import { trouble } from '../../../web-phone/phone/trouble.ts';
import { ROOM, ticket } from '../support/people.ts';

const grant: SoftphoneGrant = {
  sip: { uri: 'sip:w@h', username: 'w', password: 'p', wsUrl: 'ws://h/sip', expiresAt: '' },
  target: `sip:${ROOM}@h`,
  feedToken: 'f',
  personId: 'me',
  name: 'Ada',
  role: 'participant',
};
const loading: PhoneState = { kind: 'loading' };
const arrive: PhoneInput = { kind: 'ticket', ticket: ticket() };
const join: PhoneInput = { kind: 'join', name: 'Ada' };
const granted: PhoneInput = { kind: 'granted', grant };
const answered: PhoneInput = { kind: 'call', event: { kind: 'answered' }, nowMs: 1000 };
const signallingLost: PhoneInput = { kind: 'call', event: { kind: 'signalling-lost' }, nowMs: 9 };
const ended: PhoneInput = { kind: 'call', event: { kind: 'ended' }, nowMs: 9 };

function refused(status: number): PhoneInput {
  return { kind: 'call', event: { kind: 'refused', status }, nowMs: 9 };
}

function play(from: PhoneState, ...inputs: readonly PhoneInput[]): [PhoneState, PhoneEffect[]] {
  let state = from;
  let last: readonly PhoneEffect[] = [];
  for (const input of inputs) [state, last] = step(state, input);
  return [state, [...last]];
}

const callAgain: PhoneInput = { kind: 'call', event: { kind: 'ended', again: true }, nowMs: 9 };

const [talking] = play(loading, arrive, join, granted, answered);

describe('joining', () => {
  test('asks for credentials, then opens the feed and calls', () => {
    expect(play(loading, arrive, join)[1]).toEqual([{ kind: 'ask-grant', name: 'Ada' }]);
    expect(play(loading, arrive, join, granted)[1]).toEqual([
      { kind: 'open-feed', grant },
      { kind: 'call', grant },
      { kind: 'start-patience', ms: PATIENCE_MS },
    ]);
  });

  test('is talking once the call is answered', () => {
    expect(talking).toMatchObject({ kind: 'talking', sinceMs: 1000, line: 'good' });
  });

  for (const [status, why] of [
    [486, 'meeting-full'],
    [403, 'meeting-locked'],
    [480, 'meeting-locked'],
    [603, 'banned'],
    [404, 'meeting-ended'],
    [410, 'meeting-ended'],
    [503, 'server-busy'],
    [488, 'call-failed'],
  ] as const) {
    test(`a ${status} leads back to the door and says ${why}`, () => {
      const [state] = play(loading, arrive, join, granted, refused(status));
      expect(state).toMatchObject({ kind: 'ready', trouble: { kind: why } });
    });
  }

  test('an unanswered call is given up, hung up, and said to be unreachable', () => {
    const [state, effects] = play(loading, arrive, join, granted, { kind: 'patience-over' });
    expect(state).toMatchObject({ kind: 'ready', trouble: { kind: 'server-unreachable' } });
    expect(effects).toContainEqual({ kind: 'hang-up' });
  });

  test('cancelled, a late grant places no call', () => {
    const [state, effects] = play(loading, arrive, join, { kind: 'leave' }, granted);
    expect(state.kind).toBe('ready');
    expect(effects).toEqual([]);
  });

  test('a second grant of two that were asked for places no second call', () => {
    expect(play(loading, arrive, join, granted, granted)[1]).toEqual([]);
  });

  test('a dead link is told apart, and can be tried again', () => {
    const closed = play(loading, { kind: 'no-ticket', trouble: trouble('link-unknown') })[0];
    expect(closed).toMatchObject({ kind: 'closed' });
    expect(play(closed, { kind: 'retry' })).toEqual([loading, [{ kind: 'ask-ticket' }]]);
  });
});

describe('leaving', () => {
  test('by choice hangs up and can join again', () => {
    const [state, effects] = play(talking, { kind: 'leave' });
    expect(state).toMatchObject({ kind: 'left', why: 'by-choice' });
    expect(effects).toEqual([{ kind: 'hang-up' }, { kind: 'close-feed' }]);
    expect(play(state, join)[0].kind).toBe('joining');
  });

  for (const reason of ['removed', 'meeting-ended'] as const) {
    const told: PhoneInput = { kind: 'own-leg-left', reason };
    test(`${reason}: the reason stands whether BYE or feed comes first`, () => {
      expect(play(talking, ended, told)[0]).toMatchObject({ kind: 'left', why: reason });
      expect(play(talking, told, ended)[0]).toMatchObject({ kind: 'left', why: reason });
    });
  }

  const banned: PhoneInput = { kind: 'banned' };
  test('removed, or cut off without a word: we ask whether we are banned, and say so', () => {
    const removed: PhoneInput = { kind: 'own-leg-left', reason: 'removed' };
    for (const end of [removed, ended]) {
      expect(play(talking, end)[1]).toContainEqual({ kind: 'ask-whether-banned' });
      expect(play(talking, end, banned)[0]).toMatchObject({ kind: 'left', why: 'banned' });
    }
    expect(play(talking, ended, banned, removed)[0]).toMatchObject({ why: 'banned' });
    expect(play(talking, banned)[0]).toBe(talking);
  });

  test('who is banned is led back to the door and not tried again', () => {
    const refusal: PhoneInput = { kind: 'not-granted', trouble: trouble('banned') };
    expect(play(talking, { kind: 'leave' }, join, refusal)[0]).toMatchObject({
      kind: 'ready',
      trouble: { kind: 'banned' },
    });
  });

  test('without a microphone one cannot join again, and is led to the door', () => {
    const [left] = play(talking, { kind: 'leave' });
    expect(play(left, { kind: 'no-microphone' })[0].kind).toBe('ready');
  });
});

describe('a broken connection', () => {
  test('is placed anew at once, and the clock goes on', () => {
    const [state, effects] = play(talking, signallingLost);
    expect(state).toMatchObject({ kind: 'returning', attempt: 0, sinceMs: 1000 });
    expect(effects).toEqual([{ kind: 'hang-up' }, { kind: 'redial-after', ms: 0, attempt: 0 }]);
    const due: PhoneInput = { kind: 'redial-due', attempt: 0 };
    expect(play(state, due)[1]).toEqual([{ kind: 'ask-grant', name: 'Ada' }]);
    const back = play(state, due, granted, { ...answered, nowMs: 9999 })[0];
    expect(back).toMatchObject({ kind: 'talking', sinceMs: 1000 });
  });

  test('media that will not come back does the same; a stumble only shows', () => {
    const line = (which: 'weak' | 'lost'): PhoneInput => ({
      kind: 'call',
      event: { kind: 'line', line: which },
      nowMs: 0,
    });
    expect(play(talking, line('weak'))[0]).toMatchObject({ kind: 'talking', line: 'weak' });
    expect(play(talking, line('lost'))[0].kind).toBe('returning');
  });

  test('is tried every second and a half for a minute, then every five seconds for five, then given up', () => {
    let state = play(talking, signallingLost)[0];
    const waits: number[] = [];
    for (let i = 0; i < 200 && state.kind === 'returning'; i++) {
      const due: PhoneInput = { kind: 'redial-due', attempt: state.attempt };
      const [next, effects] = play(state, due, {
        kind: 'not-granted',
        trouble: trouble('server-unreachable'),
      });
      for (const each of effects) if (each.kind === 'redial-after') waits.push(each.ms);
      state = next;
    }
    expect(state).toMatchObject({ kind: 'left', why: 'connection-lost' });
    const total = waits.reduce((sum, ms) => sum + ms, 0);
    expect(waits.slice(0, 4)).toEqual([300, 1_000, 1_500, 1_500]);
    expect(waits.filter((ms) => ms <= 1_500).reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(
      55_000,
    );
    expect(total).toBeGreaterThan(290_000);
    expect(total).toBeLessThan(310_000);
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
  });

  test('says why the last attempt failed, and tries at once where somebody asks', () => {
    const due: PhoneInput = { kind: 'redial-due', attempt: 0 };
    const why = trouble('server-busy');
    const [state] = play(talking, signallingLost, due, { kind: 'not-granted', trouble: why });
    expect(state).toMatchObject({ kind: 'returning', attempt: 1, trouble: why });
    const [hurried, effects] = play(state, { kind: 'retry' });
    expect(effects).toEqual([{ kind: 'ask-grant', name: 'Ada' }]);
    expect(play(hurried, { kind: 'redial-due', attempt: 1 })).toEqual([hurried, []]);
  });

  for (const reason of ['removed', 'meeting-ended'] as const)
    test(`ends on the way back where the feed says ${reason}`, () => {
      const [state] = play(talking, signallingLost, { kind: 'own-leg-left', reason });
      expect(state).toMatchObject({ kind: 'left', why: reason });
    });

  test('is tried at once when the machine is online again; the old timer comes to nothing', () => {
    const [state] = play(talking, signallingLost);
    const [hurried, effects] = play(state, { kind: 'online' });
    expect(effects).toEqual([{ kind: 'ask-grant', name: 'Ada' }]);
    expect(play(hurried, { kind: 'redial-due', attempt: 0 })).toEqual([hurried, []]);
  });

  test('a meeting that is full by then is not tried further', () => {
    const due: PhoneInput = { kind: 'redial-due', attempt: 0 };
    const [state] = play(talking, signallingLost, due, granted, refused(486));
    expect(state).toMatchObject({ kind: 'ready', trouble: { kind: 'meeting-full' } });
  });

  test('a leg that the server lost is called anew, though its BYE came first', () => {
    const told: PhoneInput = { kind: 'own-leg-left', reason: 'connection-lost' };
    expect(play(talking, ended, told)[0].kind).toBe('returning');
    expect(play(talking, told)[0].kind).toBe('returning');
  });
});

test('no input whatever changes a state that it does not fit', () => {
  const late: PhoneInput[] = [granted, answered, ended, signallingLost, { kind: 'patience-over' }];
  const [ready] = play(loading, arrive);
  const [left] = play(talking, { kind: 'leave' });
  for (const state of [ready, left])
    for (const input of late) expect(step(state, input)).toEqual([state, []]);
});

test('a call that the server ends to have it made again is made again at once, under the same name', () => {
  const [state, effects] = play(talking, callAgain);
  expect(state).toMatchObject({ kind: 'returning', name: 'Ada', sinceMs: 1000, attempt: 0 });
  expect(effects).toEqual([{ kind: 'hang-up' }, { kind: 'redial-after', ms: 0, attempt: 0 }]);
});

describe('a call that went dead', () => {
  const dead: PhoneInput = { kind: 'call', event: { kind: 'dead' }, nowMs: 5_000 };
  const good: PhoneInput = { kind: 'call', event: { kind: 'line', line: 'good' }, nowMs: 5_000 };
  const probed = (reached: boolean): PhoneInput => ({ kind: 'probed', reached });
  const [probing, asked] = play(talking, dead);

  test('shows as weak, and the server is asked whether it is there', () => {
    expect(probing).toMatchObject({ kind: 'talking', line: 'weak', probing: true });
    expect(asked).toEqual([{ kind: 'probe', afterMs: 0 }]);
    expect(play(probing, dead)).toEqual([probing, []]);
  });

  test('is made anew once the server answers', () => {
    const [state, effects] = play(probing, probed(true));
    expect(state).toMatchObject({ kind: 'returning', attempt: 0 });
    expect(effects).toContainEqual({ kind: 'redial-after', ms: 0, attempt: 0 });
  });

  test('is kept while nobody answers: it comes back with the network', () => {
    const [state, effects] = play(probing, probed(false));
    expect(state).toEqual(probing);
    expect(effects).toEqual([{ kind: 'probe', afterMs: 500 }]);
    const [back] = play(probing, good);
    expect(back).toEqual(talking);
    expect(play(back, probed(true))).toEqual([talking, []]);
  });

  test('is made anew where the switch, that heard nothing of us, ended it', () => {
    expect(play(probing, ended)[0].kind).toBe('returning');
  });

  test('with media that never came it goes to the door and says so; later it is made anew', () => {
    const blocked = (nowMs: number): PhoneInput => ({
      kind: 'call',
      event: { kind: 'blocked' },
      nowMs,
    });
    const [door, effects] = play(talking, blocked(6_000));
    expect(door).toMatchObject({ kind: 'ready', trouble: { kind: 'network-blocked' } });
    expect(effects).toContainEqual({ kind: 'hang-up' });
    expect(play(talking, blocked(60_000))[0].kind).toBe('returning');
  });

  test('that the TURN server refused as well, it says whose settings are wrong', () => {
    const event = { kind: 'blocked', relay: 'refused' } as const;
    const [door] = play(talking, { kind: 'call', event, nowMs: 6_000 });
    expect(door).toMatchObject({ kind: 'ready', trouble: { kind: 'relay-refused' } });
    const [calling] = play(loading, arrive, join, granted);
    expect(play(calling, { kind: 'call', event, nowMs: 6_000 })[0]).toEqual(door);
  });
});

describe('a stay that is left of an earlier page', () => {
  const former = (kind: 'fresh' | 'before' | 'elsewhere') =>
    ({ kind: 'ticket', ticket: ticket(), former: { kind, name: 'Ada', sinceMs: 77 } }) as const;

  test('of a moment ago in this tab is gone back to without a click; its clock goes on', () => {
    const [state, effects] = play(loading, former('fresh'));
    expect(state).toMatchObject({ kind: 'returning', name: 'Ada', sinceMs: 77 });
    expect(effects).toEqual([{ kind: 'ask-grant', name: 'Ada' }]);
    expect(play(state, granted, answered)[0]).toMatchObject({ kind: 'talking', sinceMs: 77 });
  });

  for (const kind of ['before', 'elsewhere'] as const)
    test(`(${kind}) is offered at the door, and taken by a click; joining as ever is possible too`, () => {
      const [door, none] = play(loading, former(kind));
      expect(door).toMatchObject({ kind: 'ready', former: { kind } });
      expect(none).toEqual([]);
      expect(play(door, { kind: 'resume' })[0]).toMatchObject({ kind: 'returning', sinceMs: 77 });
      expect(play(door, join)[0]).toMatchObject({ kind: 'joining' });
    });

  test('that a newer leg of ours took over is over here by BYE alone, whichever word comes first', () => {
    const told: PhoneInput = { kind: 'own-leg-left', reason: 'replaced' };
    expect(play(talking, told)).toEqual([talking, []]);
    expect(play(talking, ended, told)[0]).toMatchObject({ kind: 'left', why: 'replaced' });
    expect(play(talking, told, ended)[0]).toMatchObject({ kind: 'left' });
  });
});
