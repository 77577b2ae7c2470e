import { RFC_TIMING } from '../../protocol/sip/timers.ts';
import { Admission } from './admission.ts';
import type { EndpointLimits, EndpointListener, ListenOptions, SipEndpoint } from './endpoint.ts';
import { limitedLog } from './limited-log.ts';
import type { Wires } from './sip-endpoint.ts';
import { Endpoint } from './sip-endpoint.ts';
import { openTcp } from './tcp.ts';
import { openUdp } from './udp.ts';
import { openWebSocket } from './websocket.ts';
import type { Wire, WireListener } from './wire.ts';

const DEFAULT_LIMITS: EndpointLimits = {
  connections: 5_000,
  connectionsPerAddress: 200,
  transactions: 50_000,
  messageMs: 10_000,
};

/** How often a port that TCP got may be taken for UDP before we give up asking for a free one. */
const FREE_PORT_TRIES = 20;

const LOG_EVERY_MS = 5_000;

/**
 * Opens SIP on UDP and TCP of one port, and on WebSocket where a port for it is given. Rejects, naming
 * address and transport, where one of them cannot be had; none is then left open.
 */
export async function listenSip(
  options: ListenOptions,
  listener: EndpointListener,
): Promise<SipEndpoint> {
  const endpoint = new Endpoint(settingsOf(options), listener);
  endpoint.attach(await openWires(options, endpoint));
  return endpoint;
}

function settingsOf(options: ListenOptions): ConstructorParameters<typeof Endpoint>[0] {
  const { log } = options;
  const pace = { everyMs: LOG_EVERY_MS, now: () => performance.now() };
  const malformed = limitedLog(log, 'malformed SIP message', pace);
  const refused = limitedLog(log, 'SIP peer refused', pace);
  const fault = limitedLog(log, 'SIP message failed', { ...pace, level: 'error' });
  return {
    publicHost: options.publicHost ?? options.host,
    timing: options.timing ?? RFC_TIMING,
    transactions: options.limits?.transactions ?? DEFAULT_LIMITS.transactions,
    abilities: options.abilities ?? {},
    onMalformed: ({ message, status }, { transport, address }) =>
      malformed({ reason: message, status, transport, address }),
    onRefused: (reason, address) => refused({ reason, address }),
    onFault: (error) => fault({ why: error instanceof Error ? error.stack : String(error) }),
  };
}

async function openWires(options: ListenOptions, listener: WireListener): Promise<Wires> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const admission = new Admission(limits);
  let last = 0;
  const nextConnection = () => (last += 1);
  const { host, wsPort, allowsOrigin = () => true } = options;
  const shared = { host, admission, nextConnection };
  const opened: Wire[] = [];
  try {
    const pair = await openPair(options.port, {
      tcp: (port) => openTcp({ ...shared, port, messageMs: limits.messageMs }, listener),
      udp: (port) => openUdp(host, port, listener),
    });
    opened.push(pair.udp, pair.tcp);
    if (wsPort === undefined) return { ...pair, ws: undefined };
    return {
      ...pair,
      ws: await openWebSocket({ ...shared, port: wsPort, allowsOrigin }, listener),
    };
  } catch (error) {
    await Promise.all(opened.map((each) => each.close()));
    throw error;
  }
}

interface Openers {
  readonly tcp: (port: number) => Promise<Wire>;
  readonly udp: (port: number) => Promise<Wire>;
}

/** TCP and UDP on one port number; where any will do, until both are free on one. */
async function openPair(port: number, open: Openers): Promise<Pick<Wires, 'tcp' | 'udp'>> {
  for (let tries = 1; ; tries += 1) {
    const tcp = await open.tcp(port);
    try {
      return { tcp, udp: await open.udp(tcp.port) };
    } catch (error) {
      await tcp.close();
      if (port !== 0 || tries === FREE_PORT_TRIES) throw error;
    }
  }
}
