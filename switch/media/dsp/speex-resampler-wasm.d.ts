declare module '@echogarden/speex-resampler-wasm/simd' {
  /** SpeexDSP's resampler.h, as Emscripten exports it. */
  export interface SpeexModule {
    readonly HEAP16: Int16Array;
    readonly HEAPU32: Uint32Array;
    readonly HEAP32: Int32Array;
    _malloc(bytes: number): number;
    _speex_resampler_init(
      channels: number,
      inHz: number,
      outHz: number,
      quality: number,
      errorAt: number,
    ): number;
    _speex_resampler_destroy(state: number): void;
    _speex_resampler_process_int(
      state: number,
      channel: number,
      inputAt: number,
      inputCountAt: number,
      outputAt: number,
      outputCountAt: number,
    ): number;
  }
  const load: () => Promise<SpeexModule>;
  export { load as default };
}
