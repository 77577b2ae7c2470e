import type { Admissions } from '../protocol/call/admission.ts';
import type { NumberPolicy } from '../protocol/call/masked.ts';
import type { Log } from '../protocol/log.ts';
import type { CallReport } from '../protocol/room/control.ts';
import type { RoomEvent } from '../protocol/room/event.ts';
import type { KeypadAct } from '../protocol/room/keypad-act.ts';
import type { RoomId } from '../protocol/room/room.ts';
import type { Patience } from './dialogue/talk.ts';
import type { Driver } from './driver.ts';
import type { EslAddress } from './esl.ts';
import type { Pace } from './node.ts';
import type { StayShelf } from './stays.ts';
import type { Elsewhere } from './several.ts';

export interface SwitchboardOptions {
  readonly address: EslAddress;
  readonly admissions: Admissions;
  readonly identityKey: Uint8Array;
  readonly promptsDir: string;
  readonly ownPromptsDir?: string;
  readonly callSoundsDir?: string;
  readonly recordingsDir?: string;
  readonly gateway?: { readonly host: string; readonly port: number };
  readonly numbers: NumberPolicy;
  readonly pace: Pace;
  readonly patience?: Partial<Patience>;
  readonly now: () => number;
  readonly chance: () => number;
  readonly log: Log;
  readonly publish: (fact: RoomEvent) => void;
  /** A call that was shown in a room is over. */
  readonly ended: (report: CallReport) => void;
  readonly mayHost: (room: RoomId) => Promise<boolean>;
  /** Where there are several nodes. */
  readonly elsewhere?: Elsewhere | undefined;
  readonly stays?: StayShelf;
  /** Absent: nobody else could drive this node. */
  readonly driver?: Driver | undefined;
  readonly outdriven: () => void;
  /** All its rooms were listed. */
  readonly found: () => void;
  /** The process at `address` is another one than before: the calls it had are gone. */
  readonly onRestart?: (address: EslAddress) => void;
  /** A moderator pressed a key that is about others. */
  readonly onKeypadAct?: ((act: KeypadAct) => void) | undefined;
}
