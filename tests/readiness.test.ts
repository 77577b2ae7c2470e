import { expect, test } from 'vitest';
import type { EngineStatus } from '../protocol/room/control.ts';
import { missing, readinessOf } from '../readiness.ts';
import type { GatewayStatus } from '../sip-gateway/gateway.ts';

const NODE: EngineStatus = { node: 'fs1:8021', state: 'joined' };
const SWITCH = { host: 'fs1', port: 5080, up: true };
const GATEWAY: GatewayStatus = {
  drachtio: 'joined',
  accepting: true,
  calls: 0,
  switches: [SWITCH],
  trunks: [{ name: 'house', state: 'reachable' }],
};

const LOST: EngineStatus = { node: 'fs1:8021', state: 'connecting', detail: 'It is off.' };
const REFUSED: EngineStatus = { ...LOST, state: 'refused', detail: 'Wrong password.' };

const CASES: readonly {
  readonly name: string;
  readonly engines?: readonly EngineStatus[];
  readonly gateway?: Partial<GatewayStatus>;
  readonly ok: boolean;
  readonly missing: readonly string[];
}[] = [
  { name: 'all is there', ok: true, missing: [] },
  {
    name: 'a trunk is refused, which stops no other call',
    gateway: { trunks: [{ name: 'telco', state: 'refused', detail: 'Wrong password.' }] },
    ok: true,
    missing: ['Trunk telco: Wrong password.'],
  },
  {
    name: 'the event socket is away',
    engines: [LOST],
    ok: false,
    missing: ['FreeSWITCH at fs1:8021 is not connected yet: It is off.'],
  },
  {
    name: 'the event socket refuses us',
    engines: [REFUSED],
    ok: false,
    missing: ['FreeSWITCH at fs1:8021 refuses our connection: Wrong password.'],
  },
  {
    name: 'FreeSWITCH answers the event socket and no calls',
    gateway: { switches: [{ ...SWITCH, up: false }] },
    ok: false,
    missing: ['FreeSWITCH takes no calls at fs1:5080.'],
  },
  {
    name: 'FreeSWITCH answers pings and refuses our calls',
    gateway: { switches: [{ ...SWITCH, refusesCalls: true }] },
    ok: false,
    missing: [
      'FreeSWITCH at fs1:5080 refuses our calls with 403: its access list does not name the address that drachtio-server calls from. See PARTYLINE_GATEWAY_CIDR.',
    ],
  },
  {
    name: 'an old FreeSWITCH takes calls, and is told of',
    engines: [{ ...NODE, warnings: ['FreeSWITCH at fs1:8021 is 1.10.9: update it.'] }],
    ok: true,
    missing: ['FreeSWITCH at fs1:8021 is 1.10.9: update it.'],
  },
  {
    name: 'drachtio is away',
    gateway: { drachtio: 'refused', drachtioTrouble: 'Wrong secret.' },
    ok: false,
    missing: ['Wrong secret. Phones and browsers cannot call.'],
  },
  {
    name: 'one of two nodes is away: the other takes the calls',
    engines: [LOST, { ...NODE, node: 'fs2:8021' }],
    gateway: { switches: [SWITCH, { ...SWITCH, host: 'fs2' }] },
    ok: true,
    missing: ['FreeSWITCH at fs1:8021 is not connected yet: It is off.'],
  },
  {
    name: 'one node lacks the event socket and the other the calls',
    engines: [LOST, { ...NODE, node: 'fs2:8021' }],
    gateway: { switches: [SWITCH, { ...SWITCH, host: 'fs2', up: false }] },
    ok: false,
    missing: [
      'FreeSWITCH at fs1:8021 is not connected yet: It is off.',
      'FreeSWITCH takes no calls at fs2:5080.',
    ],
  },
  {
    name: 'we are going down',
    gateway: { accepting: false },
    ok: false,
    missing: ['Partyline is stopping.'],
  },
];

for (const { name, engines = [NODE], gateway, ok, missing: sentences } of CASES) {
  test(name, () => {
    const readiness = readinessOf(engines, { ...GATEWAY, ...gateway });
    expect([readiness.ok, missing(readiness)]).toEqual([ok, sentences]);
  });
}

test('what else keeps calls from being taken is said first', () => {
  const away = 'Redis does not answer.';
  const readiness = readinessOf([NODE], GATEWAY, [away]);
  expect([readiness.ok, missing(readiness)]).toEqual([false, [away]]);
});
