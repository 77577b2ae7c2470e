import type { Page } from 'playwright-core';
import type { Hearing } from './tone-log.ts';

/** For every page of a browser: follows whether this tone is in what the page's newest call brings, and since when. */
export function hearingOf(hz: number): string {
  return `{
  const Native = window.RTCPeerConnection;
  let newest;
  window.hearing = { on: false, sinceMs: 0 };
  const listen = (track) => {
    newest = track;
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 2048, smoothingTimeConstant: 0 });
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const levels = new Float32Array(analyser.frequencyBinCount);
    const bin = Math.round((${hz} * analyser.fftSize) / context.sampleRate);
    setInterval(() => {
      if (track !== newest) return;
      analyser.getFloatFrequencyData(levels);
      const on = Math.max(levels[bin - 1], levels[bin], levels[bin + 1]) > -60;
      if (on !== window.hearing.on) window.hearing = { on, sinceMs: Date.now() };
    }, 20);
  };
  window.RTCPeerConnection = class extends Native {
    constructor(...args) {
      super(...args);
      this.addEventListener('track', (event) => listen(event.track));
    }
  };
}`;
}

/** What the page hears of that tone; `undefined` while the page is loading. */
export async function hearingIn(page: Page): Promise<Hearing | undefined> {
  try {
    return await page.evaluate(() => (window as unknown as Ears).hearing);
  } catch {
    // The page is on its way from one life to the next.
    return undefined;
  }
}

interface Ears {
  readonly hearing: Hearing;
}
