import type { SessionDetail, VisitView } from '../../protocol/http/history.ts';
import { csvLines } from '../csv.ts';
import type { Cell } from '../csv.ts';

/** Excel takes a file for UTF-8 only where it begins so. */
const BYTE_ORDER_MARK = '\uFEFF';

const COLUMNS: readonly (readonly [string, (session: SessionDetail, visit: VisitView) => Cell])[] =
  [
    ['session', ({ id }) => id],
    ['meeting', ({ meeting }) => meeting],
    ['meeting_name', ({ name }) => name],
    ['session_started', ({ startedAt }) => startedAt],
    ['session_ended', ({ endedAt }) => endedAt],
    ['name', (_, { name }) => name],
    ['number', (_, { number }) => number],
    ['role', (_, { role }) => role],
    ['via', (_, { via }) => via],
    ['came_by', (_, { came }) => came.way],
    ['trunk', (_, { came }) => came.trunk],
    ['dialled', (_, { came }) => came.dialled],
    [
      'waited_s',
      (_, { waited }) => seconds(waited.reduce((sum, [from, to]) => sum + to - from, 0)),
    ],
    ['joined', (_, { joinedAt }) => joinedAt],
    ['left', (_, { leftAt }) => leftAt],
    ['inside_s', (_, visit) => insideSeconds(visit)],
    ['talked_s', (_, { talkedMs }) => seconds(talkedMs)],
    ['mos', (_, { quality }) => quality?.mos],
    ['loss_percent', (_, { quality }) => quality?.lossPercent],
    ['jitter_ms', (_, { quality }) => quality?.jitterMs],
    ['round_trip_ms', (_, { quality }) => quality?.roundTripMs],
    ['end', (_, { end }) => end?.words],
    ['cause', (_, { end }) => end?.cause],
  ];

/** The line of names, with what tells Excel the encoding where it is asked for. */
export function tableHead(bom: boolean): string {
  return (bom ? BYTE_ORDER_MARK : '') + csvLines([COLUMNS.map(([name]) => name)]);
}

/** One line a visit. */
export function tableRows(session: SessionDetail): string {
  return csvLines(session.visits.map((visit) => COLUMNS.map(([, cell]) => cell(session, visit))));
}

function insideSeconds({ joinedAt, leftAt }: VisitView): Cell {
  if (joinedAt === undefined || leftAt === undefined) return undefined;
  return seconds(Date.parse(leftAt) - Date.parse(joinedAt));
}

function seconds(ms: number): number {
  return Math.round(ms / 1_000);
}
