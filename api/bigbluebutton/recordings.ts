import type { Recordings } from '../../meetings/recordings/recordings.ts';
import type { Recording } from '../../meetings/rules/recording.ts';
import { publicAddress } from '../recordings/routes.ts';
import { failed, failedInJson, fault, remark, success } from './answer.ts';
import type { Call, Desk } from './call.ts';
import type { Parameters } from './parameters.ts';
import type { Recorded } from './shelf.ts';
import { element } from './xml.ts';
import type { Element } from './xml.ts';

/** A recording of a meeting that a client of this API made. */
interface Taken {
  readonly recording: Recording;
  readonly of: Recorded;
}

type State = 'processing' | 'published' | 'unpublished';

/** Where nobody asks for a state. */
const USUAL: ReadonlySet<string> = new Set<State>(['published', 'unpublished']);
const MOST_META = 50;

/** The newest first: of some meetings, some ids, some states, with some metadata; a page of them. */
export const getRecordings: Call = async (desk, params) => {
  const meetingIDs = listed(params, 'meetingID');
  const recordIDs = listed(params, 'recordID');
  const states = listed(params, 'state') ?? USUAL;
  const meta = Object.entries(params.group('meta_', MOST_META));
  const found = (await taken(desk)).filter(
    ({ recording, of }) =>
      (meetingIDs?.has(of.meetingID) ?? true) &&
      (recordIDs?.has(recording.id) ?? true) &&
      (states.has('any') || states.has(stateOf(recording))) &&
      meta.every(([name, value]) => recording.meta[name] === value),
  );
  const offset = params.count('offset') || 0;
  const page = found.slice(offset, offset + (params.count('limit') || found.length));
  const recordings = element(
    'recordings',
    page.map((each) => view(desk, each)),
  );
  return success(recordings, ...(page.length === 0 ? remark(NO_RECORDINGS) : []));
};

export const publishRecordings: Call = (desk, params) => {
  const publish = params.flag('publish');
  if (params.text('recordID') !== undefined && publish === undefined)
    return Promise.resolve(failed(MISSING_PUBLISH));
  return forEach(desk, params, async (recordings, recording) => {
    await recordings.change(recording, { published: publish === true });
    return element('published', publish === true);
  });
};

export const deleteRecordings: Call = (desk, params) =>
  forEach(desk, params, async (recordings, recording) => {
    await recordings.delete(recording);
    return element('deleted', true);
  });

/** Changes the metadata: what is named, and nothing else. */
export const updateRecordings: Call = (desk, params) =>
  forEach(desk, params, async (recordings, recording) => {
    await recordings.change(recording, { meta: params.group('meta_', MOST_META) });
    return element('updated', true);
  });

/** `getRecordingTextTracks` and `putRecordingTextTrack`, which are answered in JSON: there are none. */
export const textTracks: Call = (_desk, params) =>
  Promise.resolve(
    failedInJson(params.text('recordID') === undefined ? MISSING_TRACK_ID : NO_RECORDING),
  );

/** All that are named, of which one at least must be there. */
async function forEach(
  desk: Desk,
  params: Parameters,
  act: (recordings: Recordings, recording: Recording) => Promise<Element>,
) {
  const ids = listed(params, 'recordID');
  if (ids === undefined) return failed(MISSING_ID);
  const { recordings } = desk.parts;
  const found = (await taken(desk)).filter(
    ({ recording }) => ids.has(recording.id) && recording.endedAtMs !== undefined,
  );
  let done: Element | undefined;
  for (const { recording } of found) if (recordings) done = await act(recordings, recording);
  return done === undefined ? failed(UNKNOWN) : success(done);
}

async function taken({ parts, shelf }: Desk): Promise<readonly Taken[]> {
  const all = (await parts.recordings?.list()) ?? [];
  const known = await shelf.recorded();
  return all.flatMap((recording) => {
    const of = known.get(recording.room);
    return of === undefined ? [] : [{ recording, of }];
  });
}

function listed(params: Parameters, name: string): ReadonlySet<string> | undefined {
  const text = params.text(name);
  return text === undefined ? undefined : new Set(text.split(',').map((each) => each.trim()));
}

function stateOf({ endedAtMs, published }: Recording): State {
  if (endedAtMs === undefined) return 'processing';
  return published ? 'published' : 'unpublished';
}

function view({ parts }: Desk, { recording, of }: Taken): Element {
  const { id, name, startedAtMs, endedAtMs, durationMs, bytes, published, meta } = recording;
  const minutes = Math.round(durationMs / 60_000);
  const format = element('format', [
    element('type', 'podcast'),
    element('url', publicAddress(parts, id)),
    element('processingTime', 0),
    element('length', minutes),
    element('size', bytes),
  ]);
  return element('recording', [
    element('recordID', id),
    element('meetingID', of.meetingID),
    element('internalMeetingID', of.internalMeetingID),
    element('name', name === '' ? of.name : name),
    element('isBreakout', false),
    element('published', published),
    element('state', stateOf(recording)),
    element('startTime', startedAtMs),
    element('endTime', endedAtMs ?? 0),
    element('rawSize', bytes),
    element('size', bytes),
    element(
      'metadata',
      Object.entries(meta).map(([key, value]) => element(key, value)),
    ),
    element('playback', published ? [format] : []),
  ]);
}

const NO_RECORDINGS = fault('noRecordings', 'There are no recordings for the meeting(s).');
const MISSING_ID = fault('missingParamRecordID', 'You must specify one or more a record IDs.');
const MISSING_PUBLISH = fault(
  'missingParamPublish',
  'You must specify one a publish value true or false.',
);
const UNKNOWN = fault('notFound', 'We could not find recordings');
const MISSING_TRACK_ID = fault('paramError', 'Missing param recordID.');
const NO_RECORDING = fault('noRecordings', 'No recording found');
