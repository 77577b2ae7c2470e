import type { Admissions } from '../protocol/call/admission.ts';
import type { NumberPolicy } from '../protocol/call/masked.ts';
import type { Log } from '../protocol/log.ts';
import type { CallReport } from '../protocol/room/control.ts';
import type { RoomCommand } from '../protocol/room/command.ts';
import type { RoomEvent } from '../protocol/room/event.ts';
import type { KeypadAct } from '../protocol/room/keypad-act.ts';
import type { RoomId } from '../protocol/room/room.ts';
import type { Patience } from './dialogue/talk.ts';
import type { Driver } from './driver.ts';
import type { EslAddress } from './esl.ts';
import type { Pace } from './node.ts';
import type { StayShelf } from './stays.ts';
import type { Elsewhere } from './several.ts';

/** What a bridge is told of itself, and each of its nodes with it. */
export interface HouseOptions {
  readonly admissions: Admissions;
  /** The key that the gateway signs identities with. */
  readonly identityKey: Uint8Array;
  /** What callers hear: absolute, as FreeSWITCH sees it. */
  readonly promptsDir: string;
  /** The operator's own recordings, laid out as `promptsDir`; those that are there come first. */
  readonly ownPromptsDir?: string;
  /** Where callers' names are recorded: absolute, and FreeSWITCH writes there. Without it nobody is asked. */
  readonly callSoundsDir?: string;
  /** Where meetings are recorded: absolute, and FreeSWITCH writes there. Without it none is. */
  readonly recordingsDir?: string;
  /** The gateway's SIP side, as FreeSWITCH reaches it. Without it nobody is called. */
  readonly gateway?: { readonly host: string; readonly port: number };
  readonly now: () => number;
  readonly log: Log;
  /** How long callers are waited for. */
  readonly patience?: Partial<Patience>;
  /** Where it is kept how browsers' people stood; without it they come back as new once their leg is gone. */
  readonly stays?: StayShelf;
  /** A moderator pressed a key that is about others: mute all, lock, let in, record. */
  readonly onKeypadAct?: ((act: KeypadAct) => void) | undefined;
}

export interface SwitchboardOptions extends HouseOptions {
  readonly address: EslAddress;
  readonly numbers: NumberPolicy;
  readonly pace: Pace;
  readonly chance: () => number;
  readonly publish: (fact: RoomEvent) => void;
  /** A call that was shown in a room is over. */
  readonly ended: (report: CallReport) => void;
  /** FreeSWITCH took a command; what comes of it, facts tell. */
  readonly taken: (command: RoomCommand) => void;
  readonly mayHost: (room: RoomId) => Promise<boolean>;
  /** Where there are several nodes. */
  readonly elsewhere?: Elsewhere | undefined;
  /** Absent: nobody else could drive this node. */
  readonly driver?: Driver | undefined;
  readonly outdriven: () => void;
  /** All its rooms were listed. */
  readonly found: () => void;
  /** The process at `address` is another one than before: the calls it had are gone. */
  readonly onRestart?: (address: EslAddress) => void;
}
