import type { TrunkTrouble } from '../call/trunk-trouble.ts';
import type { SystemFacts, SystemFinding } from '../http/system.ts';
import { bad, good } from './finding.ts';
import { machineFindings } from './machine-findings.ts';
import { nodeFindings } from './node-findings.ts';

const ORDER: Readonly<Record<SystemFinding['mark'], number>> = { fault: 0, warning: 1, ok: 2 };

/** What is right and what is to be mended, the worst first; nothing that was looked at is left out. */
export function systemFindings(facts: SystemFacts): readonly SystemFinding[] {
  const all = [
    ...nodeFindings(facts),
    ...sipFindings(facts),
    ...trunkFindings(facts),
    ...machineFindings(facts),
  ];
  return all.toSorted((one, other) => ORDER[one.mark] - ORDER[other.mark]);
}

function sipFindings({ sip }: SystemFacts): readonly SystemFinding[] {
  const { joined, trouble = '', address, embedded } = sip;
  if (joined) return [good('sip-up', `Phones and browsers can call, at ${address}.`, { address })];
  const remedy = embedded
    ? 'Restart Partyline; its log says why.'
    : 'Start drachtio-server, and run npm run drachtio:check on this machine.';
  const found = `Phones and browsers cannot call: drachtio-server is not joined. ${trouble}`.trim();
  return [bad(['sip-away', 'fault'], found, remedy, { trouble })];
}

function trunkFindings({ trunks }: SystemFacts): readonly SystemFinding[] {
  const down = trunks.filter(({ state }) => state === 'refused' || state === 'trying');
  if (trunks.length > 0 && down.length === 0) {
    const count = trunks.length;
    const found = count === 1 ? 'The trunk stands.' : `All ${count} trunks stand.`;
    return [good('trunks-up', found, { count })];
  }
  return down.map(({ name, trouble, detail = '' }) =>
    bad(
      ['trunk-down', 'warning'],
      `No calls by the trunk ${name}. ${detail}`.trim(),
      'Look at its server, user name and password under Trunks, and test it there.',
      { name, detail, ...(trouble && troubleValues(trouble)) },
    ),
  );
}

function troubleValues({ kind: trouble, ...said }: TrunkTrouble): SystemFinding['values'] {
  return { trouble, ...said };
}
