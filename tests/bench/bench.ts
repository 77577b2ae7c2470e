/** `npm run bench -- NAME [--json]`: figures for the embedded switch and, where there is one, the real FreeSWITCH. */
import { cpus } from 'node:os';
import { api } from './api.ts';
import { crowdedConsole } from './console.ts';
import { delay } from './delay.ts';
import { dsp } from './dsp.ts';
import { events } from './events.ts';
import { firstSound } from './first-sound.ts';
import { verdicts } from './goals.ts';
import { join } from './join.ts';
import { mix } from './mix.ts';
import { mute } from './mute.ts';
import { ratios } from './ratios.ts';
import { survive } from './survive.ts';

const BENCHMARKS = {
  mix,
  delay,
  join,
  'first-sound': firstSound,
  console: crowdedConsole,
  mute,
  events,
  api,
  dsp,
  survive,
} as const;
type Name = keyof typeof BENCHMARKS;

const MEANING: Readonly<Record<Name, string>> = {
  mix: 'CPU per member of one room, three talking: of G.711 phones, of Opus browsers',
  delay: 'milliseconds the switch adds, RTP in to RTP out',
  join: 'milliseconds from INVITE to 200',
  'first-sound': 'milliseconds from the click to the meeting in a browser, and what it fetches',
  console: 'frames a second of the console with 300 people and 20 facts a second',
  mute: 'milliseconds from an HTTP mute to its event on another WebSocket',
  events: 'events a second from the switch through to 50 WebSockets',
  api: 'requests a second, and their milliseconds: the list of a room, and muting one in it',
  dsp: 'microseconds that each part of the media path takes for 20 ms',
  survive: 'seconds until somebody in a browser is heard and hears again, after what befalls them',
};

function isName(text: string | undefined): text is Name {
  return text !== undefined && Object.hasOwn(BENCHMARKS, text);
}

const [name] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
if (!isName(name)) {
  const list = Object.entries(MEANING).map(([each, meaning]) => `  ${each.padEnd(12)}${meaning}`);
  console.log(`npm run bench -- NAME [--json]\n${list.join('\n')}`);
  process.exit(1);
}
const figures = await BENCHMARKS[name]();
const report = {
  benchmark: name,
  meaning: MEANING[name],
  cores: cpus().length,
  ...figures,
  ...ratios(figures),
  goals: verdicts(name, figures),
};
if (process.argv.includes('--json')) console.log(JSON.stringify(report, undefined, 2));
else console.dir(report, { depth: 5 });
process.exit(0);
