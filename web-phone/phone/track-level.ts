import { levelOf } from './level.ts';

/** Looks at how loud a stream is, at the moment of the look. */
export interface LevelGauge {
  /** 0 to 1, as `levelOf` counts. */
  look(): number;
  close(): void;
}

/**
 * A context made before the first click sleeps until there was one, and Safari interrupts it for a phone
 * call: each look tries to wake it.
 */
export function gaugeOf(stream: MediaStream, context: AudioContext): LevelGauge {
  const analyser = new AnalyserNode(context, { fftSize: 1024 });
  const source = context.createMediaStreamSource(stream);
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    look: () => {
      if (context.state !== 'running') void context.resume().catch(ignoreSleep);
      analyser.getFloatTimeDomainData(samples);
      return levelOf(samples);
    },
    close: () => source.disconnect(),
  };
}

/** Without a gesture the browser keeps it asleep; the next look tries again. */
function ignoreSleep(): void {
  return undefined;
}
