import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { agreement } from '../support/agreement.ts';
import { Crowd, has, NOTED, type Row } from '../support/crowd.ts';
import type { EslClient } from '../support/esl-client.ts';
import { eventually } from '../support/eventually.ts';
import { FaultStage } from '../support/fault-stage.ts';
import { FAULTS, type Fault } from '../support/faults.ts';
import { PAIRS, type Pair } from '../support/mortal-engines.ts';
import type { PersonView } from '../support/product.ts';
import type { Talker } from '../support/talker.ts';

/** What the rooms look like after trouble, with people coming, going and muted meanwhile. */

const PATIENCE = { timeout: 90_000 };

describe.each(PAIRS)('on $pair', (pair) => {
  const faults = FAULTS.filter(({ slow }) => pair.real || slow === undefined);
  // Most of the time they wait until somebody calls again: so each half waits beside the other.
  for (const half of [0, 1])
    describe(`stage ${half + 1}`, { concurrent: true }, () =>
      befall(pair, {
        faults: faults.filter((_, n) => n % 2 === half),
        first: 36_000 + 3_000 * half,
      }),
    );
});

interface Befalling {
  readonly faults: readonly Fault[];
  /** Of FreeSWITCH's ports for audio. */
  readonly first: number;
}

/** One after the other, on one stage. */
function befall(pair: Pair, { faults, first }: Befalling): void {
  let stage: FaultStage;

  beforeAll(async () => {
    stage = await FaultStage.start(pair, first);
  }, 90_000);

  afterAll(() => stage?.stop());

  test.sequential.each(faults)(
    '$fault: afterwards the lists are FreeSWITCH’s',
    PATIENCE,
    async (fault) => {
      const crowd = await Crowd.gather(stage, fault.came);
      try {
        await trouble(stage, crowd, fault);
      } finally {
        crowd.hangUpAll();
        crowd.close();
      }
    },
  );
}

async function trouble(stage: FaultStage, crowd: Crowd, fault: Fault): Promise<void> {
  await fault.strike(stage);
  const meanwhile = bustle(crowd, fault);
  if (fault.calls === 'stay') await atTheConsole(stage, crowd);
  await meanwhile.over;
  await fault.heal(stage);
  const answersAt = Date.now();
  const esl = await stage.ask();
  const rows = await expected(meanwhile, fault);
  await agreement({ product: stage.product, esl }, crowd.meetings, (people) => {
    return people.length === rows.length && rows.every((row) => has(people, row));
  });
  console.log(`equal again ${Date.now() - answersAt} ms after it answered`);
  if (fault.calls === 'end') await everybodyHears(crowd, answersAt);
  await newcomer(crowd, esl, rows.length);
  crowd.hangUpAll();
  await agreement({ product: stage.product, esl }, crowd.meetings, isNobody);
  esl.close();
}

interface Meanwhile {
  readonly over: Promise<unknown>;
  /** The phone of somebody who called meanwhile. */
  readonly dora: Promise<Talker> | undefined;
}

/** Somebody leaves, presses keys, is muted, calls. */
function bustle(crowd: Crowd, fault: Fault): Meanwhile {
  crowd.phone('bert').hangUp();
  crowd.phone('gina').press('*6');
  const muted = crowd.change('fred', { muted: true }).then(
    () => 'done',
    (error: unknown) => (/ 503 /.test(String(error)) ? 'kept' : 'lost'),
  );
  const dora = fault.takesCalls ? crowd.dial('dora') : undefined;
  return { over: muted.then((outcome) => expect(fault.mute).toContain(outcome)), dora };
}

/** Somebody else has a console at the switch: opens Carl, who muted himself, and deafens Hugo. */
async function atTheConsole(stage: FaultStage, crowd: Crowd): Promise<void> {
  const esl = await stage.ask();
  const room = crowd.meetings[0].id;
  const list = await esl.api(`conference ${room} list`);
  const member = (name: string): string => {
    const line = list.split('\n').find((each) => each.includes(crowd.id(name))) ?? '';
    return line.split(';')[0] ?? '';
  };
  await esl.api(`conference ${room} unmute ${member('carl')} quiet`);
  await esl.api(`conference ${room} deaf ${member('hugo')} quiet`);
  esl.close();
}

async function expected({ dora }: Meanwhile, fault: Fault): Promise<readonly Row[]> {
  const called = (await dora)?.status;
  const came: readonly Row[] =
    called === 200 ? [{ name: 'dora', state: 'joined', muted: false }] : [];
  if (fault.calls === 'end') return came;
  return [
    ...NOTED,
    { name: 'fred', state: 'joined', muted: !fault.mute.includes('lost') },
    { name: 'gina', state: 'joined', muted: fault.hearsKeys },
    // Of Hugo nobody here wished that he hear, so he stays as he was made.
    { name: 'hugo', state: 'joined', muted: false, deaf: true },
    ...came,
  ];
}

async function everybodyHears(crowd: Crowd, sinceMs: number): Promise<void> {
  const stayed = ['anna', 'carl', 'fred', 'gina', 'hugo', 'emil'].map((name) => crowd.phone(name));
  await eventually('BYE for all', () => stayed.every(({ byeAtMs }) => byeAtMs));
  const last = Math.max(...stayed.map(({ byeAtMs = 0 }) => byeAtMs));
  console.log(`the last phone heard BYE ${last - sinceMs} ms after it answered`);
}

/** Calls are taken, and keys are heard. */
async function newcomer(crowd: Crowd, esl: EslClient, others: number): Promise<void> {
  const ida = await eventually('a new call is taken', async () => {
    const phone = await crowd.dial('ida');
    if (phone.status === 200) return phone;
    expect(phone.status).toBe(503);
    phone.close();
    return undefined;
  });
  const inside: Row = { name: 'ida', state: 'joined', muted: false };
  await eventually('she is inside', async () => has(await crowd.people(), inside));
  const before = ida.packetsIn;
  await eventually('she hears the room', () => ida.packetsIn > before + 25);
  ida.press('*6');
  const muted: Row = { name: 'ida', state: 'joined', muted: true, mutedBy: 'self' };
  await agreement({ product: crowd.product, esl }, crowd.meetings, (people) => {
    return people.length === others + 1 && has(people, muted);
  });
}

function isNobody(people: readonly PersonView[]): boolean {
  return people.length === 0;
}
