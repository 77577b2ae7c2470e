import { failed, failedInJson, fault, remark, success } from './answer.ts';
import type { Call } from './call.ts';
import { element } from './xml.ts';

/*
 * Recordings of meetings lie in a folder of the switch's, and nothing makes them playable yet: so there
 * are none to list, and each that is named is unknown.
 */

export const getRecordings: Call = () =>
  Promise.resolve(success(element('recordings', []), ...remark(NO_RECORDINGS)));

export const publishRecordings: Call = (_desk, params) => {
  if (params.text('recordID') === undefined) return Promise.resolve(failed(MISSING_ID));
  if (params.text('publish') === undefined) return Promise.resolve(failed(MISSING_PUBLISH));
  return Promise.resolve(failed(UNKNOWN));
};

/** `deleteRecordings` and `updateRecordings`. */
export const changeRecordings: Call = (_desk, params) =>
  Promise.resolve(failed(params.text('recordID') === undefined ? MISSING_ID : UNKNOWN));

/** `getRecordingTextTracks` and `putRecordingTextTrack`, which are answered in JSON. */
export const textTracks: Call = (_desk, params) =>
  Promise.resolve(
    failedInJson(params.text('recordID') === undefined ? MISSING_TRACK_ID : NO_RECORDING),
  );

const NO_RECORDINGS = fault('noRecordings', 'There are no recordings for the meeting(s).');
const MISSING_ID = fault('missingParamRecordID', 'You must specify one or more a record IDs.');
const MISSING_PUBLISH = fault(
  'missingParamPublish',
  'You must specify one a publish value true or false.',
);
const UNKNOWN = fault('notFound', 'We could not find recordings');
const MISSING_TRACK_ID = fault('paramError', 'Missing param recordID.');
const NO_RECORDING = fault('noRecordings', 'No recording found');
