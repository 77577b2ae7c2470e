import { eventually } from './eventually.ts';
import type { FaultStage } from './fault-stage.ts';

/** `kept`: refused for now, and carried out later. */
export type MuteOutcome = 'done' | 'kept' | 'lost';

/** Something that breaks, and what is to come of it. */
export interface Fault {
  readonly fault: string;
  strike(stage: FaultStage): Promise<void> | void;
  /** Resolves when what was away answers again. */
  heal(stage: FaultStage): Promise<void> | void;
  /** Whether the calls that were up outlive it; else each phone hears BYE. */
  readonly calls: 'stay' | 'end';
  /** By which way the people came: through our gateway, or past it, straight to FreeSWITCH. */
  readonly came: 'by our gateway' | 'past it';
  /** What may become of a mute that a program asks for meanwhile. */
  readonly mute: readonly MuteOutcome[];
  /** Whether a call that is made meanwhile finds anybody to answer it. */
  readonly takesCalls: boolean;
  /** Whether the bridge hears the keys that are pressed meanwhile. */
  readonly hearsKeys: boolean;
  /** Takes its time to be noticed, so that it is tried on real engines only. */
  readonly slow?: true;
}

const partylineDies = {
  strike: (stage: FaultStage) => stage.killPartyline(),
  heal: (stage: FaultStage) => stage.restartPartyline(),
} as const;

/** How soon a dead connection must be. */
const NOTICED_MS = 10_000;

export const FAULTS: readonly Fault[] = [
  {
    fault: 'the event socket is dropped',
    strike: ({ parts }) => parts.eslWire.cut(),
    heal: ({ parts }) => parts.eslWire.mend(),
    ...{ calls: 'stay', came: 'by our gateway', mute: ['kept'] },
    ...{ takesCalls: true, hearsKeys: false },
  },
  {
    fault: 'the event socket goes dead without a word',
    strike: ({ parts }) => parts.eslWire.freeze(),
    heal: ({ parts }) => parts.eslWire.mend(),
    ...{ calls: 'stay', came: 'by our gateway', mute: ['kept'] },
    ...{ takesCalls: true, hearsKeys: false, slow: true },
  },
  {
    fault: 'the bridge is killed, the calls are not',
    ...partylineDies,
    ...{ calls: 'stay', came: 'past it', mute: ['lost'] },
    ...{ takesCalls: true, hearsKeys: false },
  },
  {
    fault: 'the gateway is killed, and all of Partyline with it',
    ...partylineDies,
    ...{ calls: 'end', came: 'by our gateway', mute: ['lost'] },
    ...{ takesCalls: true, hearsKeys: false },
  },
  {
    fault: 'FreeSWITCH is killed',
    strike: ({ parts }) => parts.freeswitch.die(),
    heal: ({ parts }) => parts.freeswitch.restart(),
    ...{ calls: 'end', came: 'by our gateway', mute: ['kept'] },
    ...{ takesCalls: true, hearsKeys: false },
  },
  {
    fault: 'drachtio is killed',
    strike: ({ parts }) => parts.drachtio.die(),
    heal: ({ parts }) => parts.drachtio.restart(),
    ...{ calls: 'end', came: 'by our gateway', mute: ['done'] },
    ...{ takesCalls: false, hearsKeys: true },
  },
  {
    fault: 'the connection to drachtio is dropped',
    // The embedded drachtio ends the calls of an application that is gone; drachtio-server keeps them.
    strike: ({ parts }) => parts.drachtioWire.cut(),
    heal: ({ parts }) => parts.drachtioWire.mend(),
    ...{ calls: 'end', came: 'by our gateway', mute: ['done', 'lost'] },
    ...{ takesCalls: true, hearsKeys: true },
  },
  {
    fault: 'the connection to drachtio goes dead without a word',
    strike: ({ parts }) => parts.drachtioWire.freeze(),
    // Until the old connection is closed, drachtio-server gives it every other call.
    heal: async ({ product, parts }) => {
      const isNoticed = async () => (await product.readiness()).status === 503;
      await eventually('it is noticed', isNoticed, NOTICED_MS);
      parts.drachtioWire.thaw();
    },
    ...{ calls: 'end', came: 'by our gateway', mute: ['done'] },
    ...{ takesCalls: false, hearsKeys: true, slow: true },
  },
];
