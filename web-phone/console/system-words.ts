import type { SystemFinding, SystemView } from '../../protocol/http/system.ts';
import type { FindingWords } from '../words/en/system.ts';

/** A finding in the page's language, else as the server says it. */
export function findingWords(
  finding: SystemFinding,
  known: FindingWords,
): { readonly found: string; readonly remedy?: string } {
  const said = known[finding.kind]?.(finding.values);
  const [found, remedy] = said ?? [finding.found, finding.remedy];
  return { found: found.trim(), ...(remedy !== undefined && { remedy }) };
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** `41 GB`: powers of a thousand, with a digit behind the point below ten. */
export function bytesText(bytes: number, locale: string): string {
  const step = bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1);
  const value = bytes / 1_000 ** step;
  const digits = value < 10 && step > 0 ? 1 : 0;
  const written = value.toLocaleString(locale, { maximumFractionDigits: digits });
  return `${written} ${UNITS[step] ?? ''}`;
}

/** What may be a number that somebody called, or called from. */
const NUMBER = /\+\d[\d ()/-]{5,}\d|\b\d{7,}\b/g;

/** For support, in English: no names of meetings or people, no secrets; what looks like a phone number is masked. */
export function systemText(view: SystemView): string {
  const { findings, at, process, now, nodes, sip, store, trunks, web } = view;
  const marks = { ok: 'ok  ', warning: 'LOOK', fault: 'MEND' } as const;
  return [
    `Partyline ${process.version}, Node ${process.node}, ${at}`,
    `Running since ${process.startedAt}; ${process.processors} processors, load ${process.load}`,
    `Memory ${bytesText(process.memoryBytes, 'en')} of ${bytesText(process.memoryTotalBytes, 'en')}`,
    `Late by ${process.loopDelay.p50}/${process.loopDelay.p99}/${process.loopDelay.max} ms (p50/p99/max)`,
    `Now: ${now.calls} calls, ${now.people} people, ${now.rooms} rooms, ${now.phones} of ${now.accounts} phones`,
    ...nodes.map(
      ({ id, state, version = '?', draining, people, rooms, idleCpu, embedded }) =>
        `FreeSWITCH ${id}${embedded ? ' (embedded)' : ''}: ${state}${draining ? ', draining' : ''}, ${version}, ${people} people, ${rooms} rooms, ${idleCpu ?? '?'} % idle`,
    ),
    `SIP${sip.embedded ? ' (embedded)' : ' (drachtio-server)'}: ${sip.joined ? 'joined' : 'away'}, ${sip.address}`,
    `Store ${store.kind}: ${store.answersInMs === undefined ? 'no answer' : `${store.answersInMs} ms`}`,
    `Trunks: ${trunks.map(({ state }) => state).join(', ') || 'none'}`,
    `Web: ${web.url}`,
    '',
    ...findings.flatMap(({ mark, found, remedy }) => [
      `${marks[mark]} ${found.replace(NUMBER, '(number)')}`,
      ...(remedy === undefined ? [] : [`     ${remedy}`]),
    ]),
    '',
  ].join('\n');
}
