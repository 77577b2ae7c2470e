import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SessionDetail, SessionSummary } from '../../protocol/http/history.ts';
import type { MeetingView } from '../../protocol/http/views.ts';
import { has } from '../runner/programs.ts';
import { Baresip } from '../support/baresip.ts';
import { ENGINES, type Stage } from '../support/engines.ts';
import { eventually } from '../support/eventually.ts';
import type { PersonView } from '../support/product.ts';

/** RTCP comes every five seconds; two reports tell how the time between them was. */
const HEARD = { timeout: 30_000 };

describe.skipIf(!has('baresip')).each(ENGINES)('the history on $engine', (engine) => {
  let stage: Stage;
  let meeting: MeetingView;
  let anna: Baresip;

  beforeAll(async () => {
    stage = await engine.start();
    meeting = await stage.product.createMeeting({ name: 'Standup' });
    anna = await Baresip.start({ user: 'anna', name: 'Anna', codec: 'PCMU', toneHz: 440 });
    await anna.dial(`sip:${meeting.codes.join}@${stage.product.sip}`);
  }, 90_000);

  afterAll(async () => {
    await anna?.stop();
    await stage?.stop();
  });

  const session = async (): Promise<SessionDetail> => {
    const path = `/meetings/${meeting.id}/history`;
    const [last] = await stage.product.api<SessionSummary[]>('GET', path);
    return stage.product.api<SessionDetail>('GET', `${path}/${last?.id}`);
  };

  test(
    'while the call is up its row says how well it is heard, and by which codec',
    HEARD,
    async () => {
      const isHeard = ([first]: readonly PersonView[]) => first?.quality !== undefined;
      const what = 'her row says how she is heard';
      const [row] = await stage.product.participantsWhen(meeting, what, isHeard, 25_000);
      expect(row?.quality?.mos).toBeGreaterThan(4);
      expect(row?.codec).toBe('PCMU/8000');
    },
  );

  test('after it who it was, how they came, talked, sounded and left', HEARD, async () => {
    anna.hangUp();
    const { visits } = await eventually('the session is over', async () => {
      const found = await session();
      return found.endedAt === undefined || !found.visits[0]?.quality ? undefined : found;
    });
    expect(visits).toMatchObject([
      { name: 'Anna', came: { way: 'joining-code' }, via: 'phone', end: { reason: 'hung-up' } },
    ]);
    expect(visits[0]?.quality?.mos).toBeGreaterThan(4);
    expect(visits[0]?.quality?.jitterMs).toBeLessThan(50);
    expect(visits[0]?.talkedMs).toBeGreaterThan(5_000);
  });
});
