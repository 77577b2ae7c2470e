import type { DiskFacts, SystemView } from '../../../protocol/http/system.ts';
import { spokenTime } from '../../style/local-time.ts';
import { currentTongue, words } from '../../words/words.ts';
import { bytesText } from '../system-words.ts';
import type { Fact } from './system-facts.tsx';
import { Facts } from './system-facts.tsx';

/** Everything but the FreeSWITCHes: what phones talk to, where things are kept, who computes. */
export function SystemParts({ view }: { readonly view: SystemView }) {
  const say = words('console').system;
  return (
    <div class="system-parts">
      <Part title={say.process} facts={processFacts(view)} />
      <Part title={say.sip} facts={sipFacts(view)} />
      <Part title={say.store} facts={storeFacts(view)} />
      {view.processes && <Part title={say.others} facts={clusterFacts(view.processes)} />}
    </div>
  );
}

function Part({ title, facts }: { readonly title: string; readonly facts: readonly Fact[] }) {
  return (
    <section class="system-part">
      <h2>{title}</h2>
      <Facts facts={facts} />
    </section>
  );
}

function size(bytes: number): string {
  return bytesText(bytes, currentTongue().locale);
}

function processFacts({ process, at, web }: SystemView): readonly Fact[] {
  const say = words('console').system;
  const { p50, p99, max } = process.loopDelay;
  return [
    [say.partyline, process.version],
    [say.node20, process.node],
    [say.host, `${process.host}, ${say.pid(process.pid)}`],
    [say.since, spokenTime(process.startedAt)],
    [say.memory, say.freeOf(size(process.memoryBytes), size(process.memoryTotalBytes))],
    [say.late, `${p50} / ${p99} / ${max} ms`],
    [
      say.loadAverage,
      say.ofProcessors(process.load.toLocaleString(currentTongue().locale), process.processors),
    ],
    [say.time, clockTime(at)],
    [say.web, web.url],
    [say.certificate, web.certificate && spokenTime(web.certificate.validTo)],
  ];
}

/** To the second: for people who compare clocks. */
function clockTime(iso: string): string {
  return new Date(iso).toLocaleTimeString(currentTongue().locale, { timeStyle: 'long' });
}

function sipFacts({ sip, trunks }: SystemView): readonly Fact[] {
  const say = words('console').system;
  const server = sip.embedded ? say.embedded : 'drachtio-server';
  return [
    [say.server, `${server}: ${sip.joined ? say.joined : say.away}`],
    [say.address, sip.address],
    [say.transports, sip.transports.map((each) => each.toUpperCase()).join(', ')],
    ...trunks.map(({ name, state }): Fact => [`${say.trunks}: ${name}`, say.trunk[state]]),
    ...(trunks.length === 0 ? ([[say.trunks, say.noTrunks]] as const) : []),
  ];
}

function storeFacts({ store, disks }: SystemView): readonly Fact[] {
  const say = words('console').system;
  const { kind, answersInMs, bytes, clockOffMs } = store;
  return [
    [say.kind, { lmdb: 'LMDB', redis: 'Redis' }[kind]],
    [say.answers, answersInMs === undefined ? say.noAnswer : `${answersInMs} ms`],
    [say.size, bytes === undefined ? undefined : size(bytes)],
    [say.clock, clockOffMs === undefined ? undefined : `${clockOffMs} ms`],
    ...disks.flatMap(diskFacts),
  ];
}

function diskFacts({ what, freeBytes, totalBytes, usedBytes }: DiskFacts): readonly Fact[] {
  const say = words('console').system;
  return [
    [say.free[what], say.freeOf(size(freeBytes), size(totalBytes))],
    [say.used[what], usedBytes === undefined ? undefined : size(usedBytes)],
  ];
}

function clusterFacts(processes: NonNullable<SystemView['processes']>): readonly Fact[] {
  const say = words('console').system;
  return processes.map(({ id, isThis, drives }): Fact => {
    const short = id.slice(0, 8);
    return [isThis ? `${short} (${say.thisOne})` : short, say.drives(drives.join(', '))];
  });
}
