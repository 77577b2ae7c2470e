import { expect, test } from 'vitest';
import type { MediaEvent } from '../../../switch/media/contract.ts';
import { MediaEngine } from '../../../switch/media/engine.ts';
import type { LegOpener } from '../../../switch/media/leg-opener.ts';
import { eventually } from '../../support/eventually.ts';

/** An opener to which the system says no, as it does when descriptors run out. */
function emptyHanded(): LegOpener {
  const refuse = () =>
    Promise.reject(Object.assign(new Error('bind EMFILE 127.0.0.1'), { syscall: 'bind' }));
  return { answer: refuse, offer: refuse, close: () => undefined } as unknown as LegOpener;
}

test('a leg for which the system has no descriptor is refused, and the next is asked for', async () => {
  const events: MediaEvent[] = [];
  const clocks = { now: () => 0, epoch: () => 0 };
  const engine = new MediaEngine({ opener: emptyHanded(), rtpTimeoutMs: 0, clocks }, (event) =>
    events.push(event),
  );
  for (const leg of ['a', 'b']) engine.execute({ kind: 'answer-leg', leg, offer: 'v=0\r\n' });
  engine.execute({ kind: 'close-leg', leg: 'a' });
  await eventually('both are refused', () => events.length === 2);
  expect(events).toEqual([
    { kind: 'leg-refused', leg: 'a', reason: 'no-ports' },
    { kind: 'leg-refused', leg: 'b', reason: 'no-ports' },
  ]);
  await engine.stop();
});
