import type { EslAddress } from '../../bridge/esl.ts';
import { startEmbeddedFreeswitch } from '../../switch/embedded.ts';
import { RealFreeswitch } from './freeswitch.ts';

/** A switch without the product around it. */
export interface BareSwitch {
  readonly esl: EslAddress;
  readonly sipPort: number;
  stop(): Promise<void>;
}

const EMBEDDED = {
  engine: 'the embedded switch',
  async start(): Promise<BareSwitch> {
    const running = await startEmbeddedFreeswitch({
      mediaHost: '127.0.0.1',
      publicHost: '127.0.0.1',
      rtpPorts: { first: 27_100, last: 27_299 },
      log: () => undefined,
    });
    return { esl: running, sipPort: running.sip.port, stop: () => running.stop() };
  },
};

const REAL = {
  engine: 'a real FreeSWITCH',
  async start(): Promise<BareSwitch> {
    const running = await RealFreeswitch.start();
    const { eslPort: port, password } = running;
    const esl = { host: '127.0.0.1', port, password };
    return { esl, sipPort: running.sipPort, stop: () => running.stop() };
  },
};

/** Those that this machine has. */
export const BARE_SWITCHES = RealFreeswitch.program() === '' ? [EMBEDDED] : [EMBEDDED, REAL];
