/**
 * What the switch's core asks of the media worker, and what the worker tells. Both cross a
 * thread, so every value is plain data. Core knows calls and rooms; the worker knows packets and
 * samples.
 */

/** A channel's UUID. */
export type LegId = string;
export type RoomName = string;

/** How a member stands in a room, whole. */
export interface MemberMix {
  readonly canSpeak: boolean;
  readonly canHear: boolean;
  readonly held: boolean;
  /** -4 to 4, FreeSWITCH's steps. */
  readonly volumeIn: number;
  readonly volumeOut: number;
  /** FreeSWITCH's energy level; 0 lets everything through the gate. */
  readonly energyLevel: number;
  /** Listens to the muted too and tells by `mute-detected`: FreeSWITCH's member flag `mute-detect`. */
  readonly muteDetect?: boolean;
  /** Legs in the room that this member does not hear (FreeSWITCH's `relate`); absent: none. */
  readonly unheard?: readonly LegId[];
}

export type PlayTarget =
  | { readonly kind: 'leg'; readonly leg: LegId }
  | { readonly kind: 'room'; readonly room: RoomName };

export type PlaySource =
  /** An absolute path of a WAV file (or what ffmpeg reads, where ffmpeg is). */
  | { readonly kind: 'file'; readonly path: string }
  /** FreeSWITCH's `tone_stream://%(on,off,freq[,freq])`, times in ms. */
  | {
      readonly kind: 'tone';
      readonly onMs: number;
      readonly offMs: number;
      readonly hz: readonly number[];
    }
  | { readonly kind: 'silence'; readonly ms: number };

export type MediaCommand =
  /** A peer offered; answered by `leg-answered` or `leg-refused`. */
  | { readonly kind: 'answer-leg'; readonly leg: LegId; readonly offer: string }
  /** We call out; answered by `leg-offered`. Then `accept-answer`, answered by `leg-answered` (which repeats the answer) or `leg-refused`. */
  | {
      readonly kind: 'offer-leg';
      readonly leg: LegId;
      /** For a browser: ICE and DTLS-SRTP, as FreeSWITCH offers where `media_webrtc` is set. */
      readonly browser?: true;
    }
  | { readonly kind: 'accept-answer'; readonly leg: LegId; readonly answer: string }
  /** A re-INVITE; answered by `leg-answered` or `leg-refused`; on refusal the old media stays. */
  | { readonly kind: 'update-leg'; readonly leg: LegId; readonly offer: string }
  /** The call is answered: media may flow out, RTP timeout begins to count. */
  | { readonly kind: 'start-leg'; readonly leg: LegId }
  | { readonly kind: 'close-leg'; readonly leg: LegId }
  | { readonly kind: 'open-room'; readonly room: RoomName; readonly sampleRateHz: number }
  | { readonly kind: 'close-room'; readonly room: RoomName }
  | {
      readonly kind: 'join-room';
      readonly room: RoomName;
      readonly leg: LegId;
      readonly mix: MemberMix;
    }
  | { readonly kind: 'set-mix'; readonly leg: LegId; readonly mix: MemberMix }
  | { readonly kind: 'leave-room'; readonly leg: LegId }
  | {
      readonly kind: 'play';
      /** Chosen by the core; comes back in `play-ended`. */
      readonly play: string;
      readonly target: PlayTarget;
      readonly source: PlaySource;
      /** -1: for ever. */
      readonly loops: number;
      /** To a leg in a room: heard in place of the room, not over it (FreeSWITCH's `nomux`). */
      readonly replacesMix?: boolean;
    }
  | { readonly kind: 'stop-play'; readonly play: string }
  | { readonly kind: 'start-recording'; readonly room: RoomName; readonly path: string }
  | { readonly kind: 'stop-recording'; readonly room: RoomName; readonly path: string }
  /** What the peer says, muted or not, in a room or not, into a WAV file; ended by what comes first. */
  | {
      readonly kind: 'record-leg';
      readonly leg: LegId;
      readonly path: string;
      readonly sampleRateHz: number;
      readonly limitMs?: number;
      /** Ends when the energy score stays below for so long, from the start on (FreeSWITCH's `record`). */
      readonly silence?: { readonly below: number; readonly forMs: number };
    }
  /** What the peer says comes back so much later, for as long as the leg is in no room (FreeSWITCH's `delay_echo`). */
  | { readonly kind: 'echo-leg'; readonly leg: LegId; readonly delayMs: number }
  | { readonly kind: 'stop-echo'; readonly leg: LegId }
  | { readonly kind: 'stop-leg-recording'; readonly leg: LegId; readonly path: string }
  | { readonly kind: 'send-digits'; readonly leg: LegId; readonly digits: string };

/** `closed`: the leg ended; `failed`: the disk did. */
export type LegRecordingEnd = 'stopped' | 'limit' | 'silence' | 'closed' | 'failed';

export type MediaEvent =
  | {
      readonly kind: 'leg-answered';
      readonly leg: LegId;
      readonly answer: string;
      /** FreeSWITCH's names: PCMU, PCMA, G722, opus. */
      readonly codec: string;
      readonly clockRateHz: number;
      /** Our stand towards the room of RFC 3264 hold: true when the peer's offer stops our audio or its own. */
      readonly heldByPeer: boolean;
    }
  | { readonly kind: 'leg-offered'; readonly leg: LegId; readonly offer: string }
  | {
      readonly kind: 'leg-refused';
      readonly leg: LegId;
      readonly reason: 'no-common-codec' | 'bad-sdp' | 'no-ports';
    }
  | {
      readonly kind: 'digit';
      readonly leg: LegId;
      readonly digit: string;
      readonly durationMs: number;
    }
  | {
      readonly kind: 'talking';
      readonly leg: LegId;
      readonly talking: boolean;
      /** FreeSWITCH-like score of the last frames, 0 to about 3000. */
      readonly energy: number;
    }
  /** A muted member began or ceased to talk; only where `muteDetect` asks for it. */
  | { readonly kind: 'mute-detected'; readonly leg: LegId; readonly talking: boolean }
  | {
      readonly kind: 'play-ended';
      readonly play: string;
      readonly samples: number;
      readonly sampleRateHz: number;
      readonly why: 'done' | 'stopped' | 'not-playable';
    }
  | {
      readonly kind: 'recording-started';
      readonly room: RoomName;
      readonly path: string;
      readonly error?: string;
    }
  | {
      readonly kind: 'recording-stopped';
      readonly room: RoomName;
      readonly path: string;
      readonly samples: number;
      readonly sampleRateHz: number;
    }
  | {
      readonly kind: 'leg-recording-started';
      readonly leg: LegId;
      readonly path: string;
      readonly error?: string;
    }
  /** The file is whole. */
  | {
      readonly kind: 'leg-recording-stopped';
      readonly leg: LegId;
      readonly path: string;
      readonly samples: number;
      readonly sampleRateHz: number;
      readonly why: LegRecordingEnd;
    }
  /** No RTP came for the time-out: the peer is gone. */
  | { readonly kind: 'media-timeout'; readonly leg: LegId }
  /** A browser's ICE and DTLS are through (sent once). */
  | { readonly kind: 'leg-connected'; readonly leg: LegId }
  | { readonly kind: 'stats'; readonly leg: LegId; readonly stats: LegStats };

/** Totals since the leg began; RFC 3550 meanings. */
export interface LegStats {
  readonly packetsIn: number;
  readonly packetsOut: number;
  readonly packetsLost: number;
  readonly jitterMs: number;
  /** Frames that loss concealment made up. */
  readonly concealed: number;
  /** By the peer's last report; absent where it sends none. */
  readonly roundTripMs?: number;
}

export interface MediaOptions {
  /** Where RTP sockets bind. */
  readonly host: string;
  /** The address written into SDP. */
  readonly publicHost: string;
  readonly ports: { readonly first: number; readonly last: number };
  /** 0: never. */
  readonly rtpTimeoutMs: number;
  /** The program that reads what is no WAV; absent: only WAV is played. */
  readonly ffmpeg?: string;
}

/** The worker as the core's edge holds it. Made by `startMedia` in media.ts. */
export interface Media {
  command(command: MediaCommand): void;
  subscribe(listener: (event: MediaEvent) => void): void;
  stop(): Promise<void>;
}
