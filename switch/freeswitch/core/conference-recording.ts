import type { MediaEvent } from '../../media/contract.ts';
import type { Conference } from './conference.ts';
import { fireRoom } from './conference-event.ts';
import { settleEnd } from './conference-life.ts';
import type { Place } from './conference-member-commands.ts';
import type { WithUsage } from './conference-room-commands.ts';
import type { SwitchNode } from './node.ts';

const USAGE: WithUsage = { text: '', usage: true };

/** `record <path>`. That it runs is told by `start-recording`. */
export function record({ node, conference }: Place, argv: readonly string[]): string | WithUsage {
  const path = argv[2];
  if (path === undefined) return USAGE;
  const same = conference.recordings.find((each) => bare(each.path) === bare(path));
  if (same !== undefined) {
    return `-ERR file [${same.path}] is already being used for recording.\n`;
  }
  const startedUs = node.world.nowUs();
  conference.recordings.push({ path, startedUs, state: 'starting' });
  node.media({ kind: 'start-recording', room: conference.uuid, path: bare(path) });
  return `+OK Record file ${path}\n`;
}

/** `norecord <path>|all`. FreeSWITCH counts before its recorders have ended, so mostly 0. */
export function stopRecord(place: Place, argv: readonly string[]): string | WithUsage {
  const { node, conference } = place;
  const path = argv[2];
  if (path === undefined) return USAGE;
  const all = path.toLowerCase() === 'all';
  const stopped = conference.recordings.filter(
    (each) => each.state !== 'stopping' && (all || each.path === path),
  );
  for (const recording of stopped) {
    recording.state = 'stopping';
    node.media({ kind: 'stop-recording', room: conference.uuid, path: bare(recording.path) });
  }
  const unknown = stopped.length === 0 && !all ? `-ERR non-existant recording '${path}'\n` : '';
  const lines = stopped.map((each) => `Stopped recording file ${each.path}\n`).join('');
  return `${lines}${unknown}+OK Stopped recording 0 files\n`;
}

export function checkRecord({ conference }: Place): string {
  if (conference.recordings.length === 0) return '-ERR Conference is not being recorded.\n';
  return conference.recordings.map((each) => `+OK Record file ${each.path}\n`).join('');
}

/** `recording start|stop|check [<path>|all]`, or the old form `recording <path>`. */
export function recording(place: Place, argv: readonly string[]): string | WithUsage {
  const [room = '', , verb, path] = argv;
  const word = verb?.toLowerCase();
  if (word === 'stop') return stopRecord(place, [room, 'norecord', path ?? 'all']);
  if (word === 'check') return checkRecord(place);
  if (path === undefined) return record(place, argv);
  return word === 'start' ? record(place, [room, 'record', path]) : USAGE;
}

export function onRecordingStarted(
  node: SwitchNode,
  conference: Conference,
  event: Extract<MediaEvent, { kind: 'recording-started' }>,
): void {
  const found = conference.recordings.find((each) => bare(each.path) === event.path);
  if (found === undefined) return;
  const path = { name: 'Path', value: found.path };
  if (event.error === undefined) {
    if (found.state === 'starting') found.state = 'running';
    fireRoom(node, conference, 'start-recording', [path]);
    return;
  }
  const error = { name: 'Error', value: 'File could not be opened for recording' };
  fireRoom(node, conference, 'start-recording', [path, error]);
  stopped(node, conference, { path: event.path, ...NO_SAMPLES });
}

const NO_SAMPLES = { samples: 0, sampleRateHz: 8000 };

export function onRecordingStopped(
  node: SwitchNode,
  conference: Conference,
  event: Extract<MediaEvent, { kind: 'recording-stopped' }>,
): void {
  stopped(node, conference, event);
}

function stopped(
  node: SwitchNode,
  conference: Conference,
  event: { readonly path: string; readonly samples: number; readonly sampleRateHz: number },
): void {
  const at = conference.recordings.findIndex((each) => bare(each.path) === event.path);
  const [found] = at < 0 ? [] : conference.recordings.splice(at, 1);
  if (found === undefined) return;
  const { samples, sampleRateHz } = event;
  fireRoom(node, conference, 'stop-recording', [
    { name: 'Path', value: found.path },
    { name: 'Other-Recordings', value: String(conference.recordings.length > 0) },
    { name: 'Samples-Out', value: String(samples) },
    { name: 'Samplerate', value: String(sampleRateHz) },
    { name: 'Milliseconds-Elapsed', value: String(Math.floor((samples * 1000) / sampleRateHz)) },
  ]);
  settleEnd(node, conference);
}

/** The path without FreeSWITCH's `{parameters}`. */
function bare(path: string): string {
  return path.slice(path.lastIndexOf('}') + 1).trim();
}
