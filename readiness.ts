import type { Readiness } from './api/parts.ts';
import type { EngineStatus } from './protocol/room/control.ts';
import { engineTrouble } from './protocol/room/engine-trouble.ts';
import type { GatewayStatus } from './sip-gateway/gateway.ts';

/**
 * Whether calls can be taken: drachtio is joined, and a FreeSWITCH that the bridge has joined takes
 * calls; `others` says what else keeps them from being taken. `engines` and the gateway's switches are the same nodes in the same order.
 */
export function readinessOf(
  engines: readonly EngineStatus[],
  gateway: GatewayStatus,
  others: readonly string[] = [],
): Readiness {
  const { drachtio, drachtioTrouble = 'Not joined to drachtio-server.' } = gateway;
  const { switches, trunks } = gateway;
  const isJoined = drachtio === 'joined';
  const silent = switches.filter(({ up }) => !up);
  const troubles = [
    ...others,
    ...(isJoined ? [] : [`${drachtioTrouble} Phones and browsers cannot call.`]),
    ...silent.map(({ host, port }) => `FreeSWITCH takes no calls at ${host}:${port}.`),
    ...switches.flatMap(({ host, port, refusesCalls }) =>
      refusesCalls
        ? [
            `FreeSWITCH at ${host}:${port} refuses our calls with 403: its access list does not name the address that drachtio-server calls from. See PARTYLINE_GATEWAY_CIDR.`,
          ]
        : [],
    ),
    ...engines.flatMap(({ warnings = [] }) => warnings),
    ...trunks.flatMap(({ name, detail }) =>
      detail === undefined ? [] : [`Trunk ${name}: ${detail}`],
    ),
    ...(gateway.accepting ? [] : ['Partyline is stopping.']),
  ];
  const takesCalls = engines.some(
    ({ state }, at) =>
      state === 'joined' && switches[at]?.up !== false && switches[at]?.refusesCalls !== true,
  );
  const ok = isJoined && takesCalls && gateway.accepting && others.length === 0;
  return { ok, engines, troubles };
}

/** Everything that is missing, a sentence each. */
export function missing({ engines, troubles = [] }: Readiness): readonly string[] {
  return [...engines.flatMap((engine) => engineTrouble(engine) ?? []), ...troubles];
}
