import type { SystemFacts, SystemFinding, SystemNode } from '../http/system.ts';
import { bad, good } from './finding.ts';

const BUSY_IDLE = 10;
const FULL = 0.8;

/** Of the FreeSWITCHes. */
export function nodeFindings({ nodes }: SystemFacts): readonly SystemFinding[] {
  const open = nodes.filter(({ state, draining }) => state === 'up' && !draining);
  const wrong = nodes.flatMap((node) => oneNode(node, open.length > 0));
  const none =
    open.length > 0 || nodes.every(({ state }) => state !== 'up')
      ? []
      : [
          bad(
            ['no-node-open', 'fault'],
            'Every FreeSWITCH that is up is being emptied: no new room can open.',
            'Let one of them take rooms again.',
          ),
        ];
  if (wrong.length > 0 || none.length > 0) return [...none, ...wrong];
  const count = nodes.length;
  const found = count === 1 ? 'FreeSWITCH takes calls.' : `All ${count} FreeSWITCHes take calls.`;
  return [good('nodes-up', found, { count })];
}

function oneNode(node: SystemNode, othersOpen: boolean): readonly SystemFinding[] {
  return [
    ...standing(node, othersOpen),
    ...carrying(node),
    ...node.warnings.map((warning) =>
      bad(
        ['node-warning', 'warning'],
        `FreeSWITCH at ${node.id}: ${warning}`,
        'Run npm run freeswitch:check on this machine.',
        { id: node.id, warning },
      ),
    ),
  ];
}

function standing(node: SystemNode, othersOpen: boolean): readonly SystemFinding[] {
  const { id, state, draining, refusesCalls, embedded } = node;
  if (refusesCalls)
    return [
      bad(
        ['node-refuses-calls', 'fault'],
        `FreeSWITCH at ${id} refuses our calls: its access list does not name where they come from.`,
        'Set PARTYLINE_GATEWAY_CIDR to the address of drachtio-server and restart FreeSWITCH.',
        { id },
      ),
    ];
  const remedy = embedded
    ? 'Restart Partyline; its log says why.'
    : 'Start it, and run npm run freeswitch:check on this machine.';
  if (state === 'dead')
    return [
      bad(
        ['node-dead', othersOpen ? 'warning' : 'fault'],
        `FreeSWITCH at ${id} answers neither calls nor commands.`,
        remedy,
        { id },
      ),
    ];
  if (state === 'doubted')
    return [
      bad(
        ['node-doubted', 'warning'],
        `FreeSWITCH at ${id} answers only one of calls and commands.`,
        remedy,
        { id },
      ),
    ];
  if (!draining) return [];
  return [
    bad(
      ['node-draining', 'warning'],
      `FreeSWITCH at ${id} takes no new rooms: somebody is emptying it.`,
      'Let it take rooms again once the work on it is done.',
      { id },
    ),
  ];
}

function carrying({ id, idleCpu, sessions = 0, maxSessions }: SystemNode): SystemFinding[] {
  const busy =
    idleCpu !== undefined && idleCpu < BUSY_IDLE
      ? [
          bad(
            ['node-busy', 'warning'],
            `FreeSWITCH at ${id} has ${Math.round(idleCpu)} % of its processors left: sound may break up.`,
            'Move rooms to another one, or add one.',
            { id, idle: Math.round(idleCpu) },
          ),
        ]
      : [];
  if (maxSessions === undefined || sessions < maxSessions * FULL) return busy;
  return [
    ...busy,
    bad(
      ['node-full', 'warning'],
      `FreeSWITCH at ${id} has ${sessions} of ${maxSessions} sessions.`,
      'Raise max-sessions in switch.conf.xml, or add another FreeSWITCH.',
      { id, sessions, most: maxSessions },
    ),
  ];
}
