import type { ParticipantId } from './room.ts';

/** Why a call that the meeting made came to nothing, or is over. */
export type CallEnd =
  | 'busy'
  | 'declined'
  | 'no-answer'
  /** Answered, but nobody pressed 1: a voicemail, or somebody who does not want to. */
  | 'not-accepted'
  /** The account has no phone registered, or the number does not exist. */
  | 'unreachable'
  /** The trunk or the network refused or failed. */
  | 'failed'
  | 'cancelled'
  /** They were in the meeting, and left. */
  | 'left';

/** A call from the meeting to somebody. */
export interface OutboundCall {
  /** The leg's id, if it comes to join: a call and its participant share it. */
  readonly id: ParticipantId;
  readonly name: string;
  /** The number or account that is called, masked as `Participant.number` is. */
  readonly number: string;
  readonly personId?: string;
  /** `asked`: they answered, and hear who invites them. */
  readonly state: 'calling' | 'ringing' | 'asked' | 'joined' | 'ended';
  /** Present exactly with `ended`. */
  readonly end?: CallEnd;
  readonly startedAtMs: number;
}
