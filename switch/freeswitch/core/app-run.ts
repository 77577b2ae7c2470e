import type { MediaEvent } from '../../media/contract.ts';
import type { Channel } from './channel.ts';
import type { Conference, Member } from './conference.ts';
import type { Collecting } from './digit-collector.ts';
import type { SwitchNode } from './node.ts';
import type { PlayEnded, Playing } from './playing.ts';

/** An application as `sendmsg`, an originate or a transfer asks for it. */
export interface AppCall {
  readonly app: string;
  readonly args: string;
  /** `Event-UUID` of the asking; comes back as `Application-UUID`. */
  readonly eventUuid?: string;
  readonly eventUuidName?: string;
  /** Nothing else starts on this channel until it is over. */
  readonly lock?: boolean;
  /** No CHANNEL_EXECUTE and no CHANNEL_EXECUTE_COMPLETE: FreeSWITCH does it as a state. */
  readonly untold?: boolean;
}

/** What an application keeps while it runs. */
export type AppState =
  | { readonly kind: 'parked' }
  | { readonly kind: 'answering'; readonly then: 'answer' | 'pre-answer' }
  | { readonly kind: 'playing'; readonly file: string; readonly playing: Playing }
  | {
      readonly kind: 'collecting';
      /** What the names of this run's timers begin with. */
      readonly timers: string;
      collecting: Collecting;
      prompt: Prompt | undefined;
    }
  | {
      readonly kind: 'looping';
      readonly file: string;
      readonly playing: Playing;
      /** How many are left after this one; below zero: for ever. */
      readonly rounds: number;
    }
  | { readonly kind: 'recording'; readonly path: string; open: boolean }
  | { readonly kind: 'sleeping'; readonly timer: string }
  | { readonly kind: 'echoing' }
  | { readonly kind: 'in-room'; readonly conference: Conference; readonly member: Member };

export interface Prompt {
  readonly file: string;
  readonly playing: Playing;
}

type LegRecordingStarted = Extract<MediaEvent, { kind: 'leg-recording-started' }>;
type LegRecordingStopped = Extract<MediaEvent, { kind: 'leg-recording-stopped' }>;

/** What may happen to a running application. */
export type AppInput =
  | { readonly kind: 'media-ready' }
  | { readonly kind: 'play-ended'; readonly ended: PlayEnded }
  | { readonly kind: 'digit'; readonly digit: string }
  | { readonly kind: 'timer'; readonly timer: string }
  | { readonly kind: 'recording-started'; readonly started: LegRecordingStarted }
  | { readonly kind: 'recording-stopped'; readonly stopped: LegRecordingStopped }
  /** `uuid_break`: stop now. */
  | { readonly kind: 'break' };

/** One dialplan application. */
export interface Application {
  /** Media is set up, with a 183, before it starts (mod_dptools' absence of SAF_SUPPORT_NOMEDIA). */
  readonly needsMedia: boolean;
  /** Begins. Gives what it waits in, or undefined when it is over already. */
  start(node: SwitchNode, channel: Channel, args: string): AppState | undefined;
  /** Takes what happens. True when it is over. */
  on(node: SwitchNode, channel: Channel, run: AppRun, input: AppInput): boolean;
  /** It is broken off because the channel hangs up or goes elsewhere. */
  abort(node: SwitchNode, channel: Channel, run: AppRun): void;
}

/** One application in progress. */
export interface AppRun {
  readonly call: AppCall;
  readonly uuid: string;
  readonly application: Application;
  /** Undefined while it starts. */
  state: AppState | undefined;
  /** Over, but something that runs inside of it is not. */
  over: boolean;
}
