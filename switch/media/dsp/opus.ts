import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Decoder, Encoder, Way } from './codec.ts';
import { isWithoutVoice } from './opus-packet.ts';

/** What `@evan/opus/wasm/*.wasm` exports: libopus as it is, and an allocator. */
interface OpusExports {
  readonly memory: WebAssembly.Memory;
  readonly _initialize: () => void;
  readonly malloc: (bytes: number) => number;
  readonly free: (at: number) => void;
  readonly opus_encoder_get_size: (channels: number) => number;
  readonly opus_encoder_init: (st: number, hz: number, channels: number, use: number) => number;
  readonly opus_encoder_ctl_set: (st: number, request: number, value: number) => number;
  readonly opus_encode: (
    ...args: readonly [st: number, pcm: number, samples: number, into: number, room: number]
  ) => number;
  readonly opus_decoder_get_size: (channels: number) => number;
  readonly opus_decoder_init: (st: number, hz: number, channels: number) => number;
  /** `data` 0: conceal `samples`. `fec` 1: the frame before `data`, from its in-band copy. */
  readonly opus_decode: (
    ...args: readonly [
      st: number,
      data: number,
      bytes: number,
      pcm: number,
      samples: number,
      fec: number,
    ]
  ) => number;
}

/** One WebAssembly instance a thread; its scratch is used within a call only. */
interface OpusLibrary {
  readonly wasm: OpusExports;
  readonly packetAt: number;
  readonly pcmAt: number;
  /** Renewed when the memory grows, which detaches the old views. */
  bytes: Uint8Array;
  samples: Int16Array;
}

const SAMPLE_RATE_HZ = 48_000;
const FRAME_SAMPLES = 960;
const LONGEST_SAMPLES = 5760;
/** RFC 6716 section 3.4: the longest packet there is, at 120 ms. */
const PACKET_ROOM = 7662;

/** opus_defines.h. */
const APPLICATION_VOIP = 2048;
const SET_BITRATE = 4002;
const SET_COMPLEXITY = 4010;
const SET_INBAND_FEC = 4012;
const SET_PACKET_LOSS_PERC = 4014;
const SET_DTX = 4016;
const SET_SIGNAL = 4024;
const SIGNAL_VOICE = 3001;
/** opus_private.h; opusenc and browsers' tests use it too. */
const SET_FORCE_MODE = 11_002;
const MODE_CELT = 1002;

/**
 * CELT at 48 kbit/s costs an eighth of SILK at 32 and is nearer to what was said, but SILK alone can
 * carry each frame twice.
 */
const SETTINGS: Readonly<Record<Way, readonly (readonly [request: number, value: number])[]>> = {
  clean: [
    [SET_FORCE_MODE, MODE_CELT],
    [SET_BITRATE, 48_000],
    [SET_COMPLEXITY, 0],
  ],
  lossy: [
    [SET_BITRATE, 32_000],
    [SET_COMPLEXITY, 5],
    [SET_INBAND_FEC, 1],
    [SET_PACKET_LOSS_PERC, 10],
  ],
};

let library: OpusLibrary | undefined;

/** Compiles libopus once in this thread. */
export async function loadOpus(): Promise<void> {
  if (library !== undefined) return;
  const { resolve } = createRequire(import.meta.url);
  // Old engines have no WebAssembly SIMD: there the plain build, 20 % slower.
  const simd = await readFile(resolve('@evan/opus/wasm/simd.wasm'));
  const code = WebAssembly.validate(simd)
    ? simd
    : await readFile(resolve('@evan/opus/wasm/opus.wasm'));
  const { instance } = await WebAssembly.instantiate(code, imports());
  const wasm = instance.exports as unknown as OpusExports;
  wasm._initialize();
  library ??= {
    wasm,
    packetAt: wasm.malloc(PACKET_ROOM),
    pcmAt: wasm.malloc(LONGEST_SAMPLES * 2),
    bytes: new Uint8Array(wasm.memory.buffer),
    samples: new Int16Array(wasm.memory.buffer),
  };
}

/** Opus, 48 kHz mono. */
export function createOpusDecoder(): Decoder {
  const opus = loaded();
  const state = allocate(opus, opus.wasm.opus_decoder_get_size(1));
  check(opus.wasm.opus_decoder_init(state, SAMPLE_RATE_HZ, 1));
  return new OpusDecoder(opus, state);
}

/** Opus for speech, 48 kHz mono, no DTX; on a `lossy` way with in-band FEC for 10 % loss. */
export function createOpusEncoder(way: Way): Encoder {
  const opus = loaded();
  const state = allocate(opus, opus.wasm.opus_encoder_get_size(1));
  check(opus.wasm.opus_encoder_init(state, SAMPLE_RATE_HZ, 1, APPLICATION_VOIP));
  const common = [
    [SET_SIGNAL, SIGNAL_VOICE],
    [SET_DTX, 0],
  ] as const;
  for (const [request, value] of [...common, ...SETTINGS[way]]) {
    check(opus.wasm.opus_encoder_ctl_set(state, request, value));
  }
  return new OpusEncoder(opus, state);
}

class OpusDecoder implements Decoder {
  readonly sampleRateHz = SAMPLE_RATE_HZ;
  readonly #opus: OpusLibrary;
  #state: number;

  constructor(opus: OpusLibrary, state: number) {
    this.#opus = opus;
    this.#state = state;
  }

  decode(payload: Uint8Array, out: Int16Array): number {
    const samples = this.#run(payload, LONGEST_SAMPLES, 0, out);
    return samples > 0 ? samples : this.conceal(out);
  }

  conceal(out: Int16Array): number {
    return Math.max(0, this.#run(undefined, FRAME_SAMPLES, 0, out));
  }

  recover(next: Uint8Array, out: Int16Array): number {
    const samples = this.#run(next, FRAME_SAMPLES, 1, out);
    return samples > 0 ? samples : this.conceal(out);
  }

  isWithoutVoice(payload: Uint8Array): boolean {
    return isWithoutVoice(payload);
  }

  close(): void {
    if (this.#state !== 0) this.#opus.wasm.free(this.#state);
    this.#state = 0;
  }

  /** Samples written, or libopus's error: a broken packet counts as a lost one. */
  #run(payload: Uint8Array | undefined, samples: number, fec: number, out: Int16Array): number {
    const opus = this.#opus;
    const isPacket = payload !== undefined && payload.length > 0 && payload.length <= PACKET_ROOM;
    if (isPacket) heapBytes(opus).set(payload, opus.packetAt);
    const written = opus.wasm.opus_decode(
      this.#state,
      isPacket ? opus.packetAt : 0,
      isPacket ? payload.length : 0,
      opus.pcmAt,
      isPacket ? samples : FRAME_SAMPLES,
      isPacket ? fec : 0,
    );
    const count = Math.min(written, out.length);
    const heap = heapSamples(opus);
    const from = opus.pcmAt >> 1;
    for (let i = 0; i < count; i++) out[i] = heap[from + i]!;
    return count;
  }
}

class OpusEncoder implements Encoder {
  readonly sampleRateHz = SAMPLE_RATE_HZ;
  readonly #opus: OpusLibrary;
  readonly #packet = new Uint8Array(1275);
  /** A view of each length met, so that a packet costs no allocation. */
  readonly #views: Uint8Array[] = [];
  #state: number;

  constructor(opus: OpusLibrary, state: number) {
    this.#opus = opus;
    this.#state = state;
  }

  encode(pcm: Int16Array): Uint8Array {
    const opus = this.#opus;
    heapSamples(opus).set(pcm, opus.pcmAt >> 1);
    const room = this.#packet.length;
    const length = check(
      opus.wasm.opus_encode(this.#state, opus.pcmAt, pcm.length, opus.packetAt, room),
    );
    const heap = heapBytes(opus);
    for (let i = 0; i < length; i++) this.#packet[i] = heap[opus.packetAt + i]!;
    return (this.#views[length] ??= this.#packet.subarray(0, length));
  }

  close(): void {
    if (this.#state !== 0) this.#opus.wasm.free(this.#state);
    this.#state = 0;
  }
}

function loaded(): OpusLibrary {
  if (library === undefined) throw new Error('loadCodecs() was not awaited');
  return library;
}

function allocate(opus: OpusLibrary, bytes: number): number {
  const at = opus.wasm.malloc(bytes);
  if (at === 0) throw new Error('libopus is out of memory');
  return at;
}

function heapBytes(opus: OpusLibrary): Uint8Array {
  if (opus.bytes.length === 0) opus.bytes = new Uint8Array(opus.wasm.memory.buffer);
  return opus.bytes;
}

function heapSamples(opus: OpusLibrary): Int16Array {
  if (opus.samples.length === 0) opus.samples = new Int16Array(opus.wasm.memory.buffer);
  return opus.samples;
}

function check(result: number): number {
  if (result < 0) throw new Error(`libopus: error ${result}`);
  return result;
}

function imports(): WebAssembly.Imports {
  const nothing = (): number => 0;
  return {
    wasi_snapshot_preview1: {
      fd_seek: nothing,
      fd_write: nothing,
      fd_close: nothing,
      proc_exit: (code: number) => {
        throw new Error(`libopus gave up: ${code}`);
      },
    },
    env: { emscripten_notify_memory_growth: nothing },
  };
}
