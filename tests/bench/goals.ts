/** What Partyline wants to reach, beside what was measured. */
export interface Verdict {
  readonly goal: string;
  readonly measured: number;
  readonly atMost: number;
  readonly verdict: 'reached' | 'missed';
}

interface Figures {
  readonly embedded: unknown;
  readonly freeswitch?: unknown;
}

interface MixFigure {
  readonly members: number;
  readonly corePercent: number;
}

/** Members of a room, and what of FreeSWITCH's processor time the embedded switch may use for them. */
const MIX_GOALS = [
  { kind: 'phones', members: [50, 100, 200], share: 0.6 },
  { kind: 'browsers', members: [25, 50], share: 0.25 },
] as const;
const MOST_DELAY_MS = 25;

/** The goals that a benchmark's figures speak of; those against FreeSWITCH only where it was measured. */
export function verdicts(benchmark: string, figures: Figures): readonly Verdict[] {
  if (benchmark === 'mix') return mixVerdicts(figures);
  if (benchmark === 'delay') return delayVerdicts(figures);
  return [];
}

function mixVerdicts({ embedded, freeswitch }: Figures): Verdict[] {
  return MIX_GOALS.flatMap(({ kind, members, share }) =>
    members.flatMap((count) => {
      const ours = cpuOf(embedded, kind, count);
      const theirs = cpuOf(freeswitch, kind, count);
      if (ours === undefined || theirs === undefined) return [];
      return [verdict(`CPU of ${count} ${kind} over FreeSWITCH's`, ours / theirs, share)];
    }),
  );
}

function delayVerdicts({ embedded, freeswitch }: Figures): Verdict[] {
  const [ours, theirs] = [medianOf(embedded), medianOf(freeswitch)];
  if (ours === undefined) return [];
  const own = verdict('median delay, ms', ours, MOST_DELAY_MS);
  return theirs === undefined ? [own] : [own, verdict("… and FreeSWITCH's", ours, theirs)];
}

function verdict(goal: string, measured: number, atMost: number): Verdict {
  const rounded = Math.round(measured * 100) / 100;
  return { goal, measured: rounded, atMost, verdict: measured <= atMost ? 'reached' : 'missed' };
}

function cpuOf(figures: unknown, kind: string, members: number): number | undefined {
  const sizes = (figures as Readonly<Record<string, readonly MixFigure[]>> | undefined)?.[kind];
  return sizes?.find((size) => size.members === members)?.corePercent;
}

function medianOf(figures: unknown): number | undefined {
  return (figures as { readonly p50: number } | undefined)?.p50;
}
