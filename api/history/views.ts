import type { Attended, MeetingSession } from '../../meetings/rules/attendance.ts';
import { lengthOf } from '../../meetings/rules/talk.ts';
import type { Span } from '../../meetings/rules/talk.ts';
import type { Visit } from '../../meetings/rules/visit.ts';
import type {
  SessionDetail,
  SessionSummary,
  SpanView,
  VisitView,
} from '../../protocol/http/history.ts';
import { endWords } from './end-words.ts';

export function summaryView(session: MeetingSession): SessionSummary {
  const { id, room, name, startedAtMs, endedAtMs, people, most } = session;
  return {
    id,
    meeting: room,
    name,
    startedAt: iso(startedAtMs),
    ...(endedAtMs !== undefined && { endedAt: iso(endedAtMs) }),
    people,
    most,
  };
}

export function detailView({ session, visits }: Attended): SessionDetail {
  const inOrder = [...visits.values()].sort((a, b) => cameAt(a) - cameAt(b));
  return {
    ...summaryView(session),
    visits: inOrder.map((visit) => visitView(visit, session.startedAtMs)),
  };
}

function visitView(visit: Visit, startedAtMs: number): VisitView {
  const { leg, name, number, person, via, role, came, quality, joinedAtMs, leftAtMs } = visit;
  return {
    id: leg,
    name,
    number,
    ...(person !== undefined && { person }),
    via,
    role,
    came,
    ...(joinedAtMs !== undefined && { joinedAt: iso(joinedAtMs) }),
    ...(leftAtMs !== undefined && { leftAt: iso(leftAtMs) }),
    waited: visit.waits.map((span) => since(span, startedAtMs)),
    talked: visit.talk.map((span) => since(span, startedAtMs)),
    talkedMs: lengthOf(visit.talk),
    ...(quality && { quality }),
    ...endOf(visit),
    deeds: visit.deeds.map(({ atMs, ...deed }) => ({ at: iso(atMs), ...deed })),
  };
}

function endOf({ end, cause }: Visit): Pick<VisitView, 'end'> {
  if (end === undefined) return {};
  const words = endWords(end, cause);
  return { end: { reason: end, ...(cause !== undefined && { cause }), words } };
}

function cameAt({ waits, waitingSinceMs, joinedAtMs }: Visit): number {
  return waits[0]?.[0] ?? waitingSinceMs ?? joinedAtMs ?? 0;
}

function since([fromMs, toMs]: Span, startedAtMs: number): SpanView {
  return [fromMs - startedAtMs, toMs - startedAtMs];
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
