import type { SessionDetail, VisitView } from '../../../protocol/http/history.ts';
import { legId, ROOM } from './people.ts';

const STARTED_MS = Date.UTC(2026, 10, 22, 9);
const HOUR_MS = 3_600_000;

/** An hour of which somebody was there from a minute to another, and talked now and then. */
function visit(
  n: number,
  more: Partial<VisitView> & { readonly minutes: readonly [number, number] },
) {
  const { minutes, ...rest } = more;
  const [from, to] = minutes;
  const talked = Array.from({ length: 6 }, (_, at) => {
    const begin = from * 60_000 + (((to - from) * 60_000) / 6) * at + n * 20_000;
    return [begin, begin + 40_000 + n * 9_000] as const;
  });
  const at = (minute: number) => new Date(STARTED_MS + minute * 60_000).toISOString();
  const view: VisitView = {
    id: legId(n),
    name: `Person ${n}`,
    number: '+49…1234',
    via: 'phone',
    role: 'participant',
    came: { way: 'joining-code', trunk: 'provider', dialled: '+4930555' },
    joinedAt: at(from),
    leftAt: at(to),
    waited: [],
    talked,
    talkedMs: talked.reduce((sum, [begin, end]) => sum + end - begin, 0),
    quality: { mos: 4.31, lossPercent: 0.4, jitterMs: 4, roundTripMs: 38 },
    end: { reason: 'hung-up', cause: 'NORMAL_CLEARING', words: 'They hung up' },
    deeds: [],
  };
  return { ...view, ...rest };
}

/** Four people in an hour: one who waited, one who was muted and removed, one who was forgotten. */
export function pastSession(): SessionDetail {
  const byLink = { via: 'browser', number: '', came: { way: 'link' } } as const;
  return {
    id: `${STARTED_MS}-aaaaaaaa`,
    meeting: ROOM,
    name: 'Weekly round of the whole house with a rather long name',
    startedAt: new Date(STARTED_MS).toISOString(),
    endedAt: new Date(STARTED_MS + HOUR_MS).toISOString(),
    people: 4,
    most: 4,
    visits: [
      visit(1, { minutes: [0, 60], name: 'Ada Lovelace', role: 'moderator', ...byLink }),
      visit(2, { minutes: [2, 58], waited: [[60_000, 120_000]], name: 'Grace Hopper' }),
      visit(3, {
        minutes: [10, 31],
        name: 'Konrad Zuse-von-der-Rechenmaschine',
        quality: { mos: 2.4, lossPercent: 14.2, jitterMs: 71 },
        end: { reason: 'removed', words: 'A moderator removed them' },
        deeds: [
          { at: new Date(STARTED_MS + 1_200_000).toISOString(), act: 'muted', by: 'Ada Lovelace' },
        ],
      }),
      visit(4, { minutes: [20, 60], name: '', number: '', talked: [], talkedMs: 0 }),
    ],
  };
}
