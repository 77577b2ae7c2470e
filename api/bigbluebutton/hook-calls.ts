import { failed, fault, remark, success } from './answer.ts';
import type { Call } from './call.ts';
import type { Hook } from './hooks.ts';
import { whyNoCallback } from './outward.ts';
import { element } from './xml.ts';
import type { Element } from './xml.ts';

const LONGEST_URL = 2_000;

/** Events go to `callbackURL` from now on: of one meeting, or all; of some kinds, or all. */
export const createHook: Call = async ({ hooks, parts }, params) => {
  const callbackURL = params.text('callbackURL');
  if (callbackURL === undefined) return failed(MISSING_URL);
  const allowPrivate = parts.bigbluebutton?.privateCallbacks ?? false;
  const why =
    callbackURL.length > LONGEST_URL
      ? 'The callbackURL is too long.'
      : whyNoCallback(callbackURL, allowPrivate);
  if (why !== undefined) return failed(fault('createHookError', why));
  const meetingID = params.text('meetingID');
  const eventIDs = params.text('eventID')?.toLowerCase().split(',').slice(0, 50);
  const hooked = await hooks.add({
    callbackURL,
    ...(meetingID !== undefined && { meetingID }),
    ...(eventIDs !== undefined && { eventIDs: eventIDs.map((id) => id.trim()) }),
  });
  if (hooked.kind === 'too-many') return failed(TOO_MANY);
  const id = element('hookID', hooked.hook.id);
  if (hooked.kind === 'there-already') return success(id, ...remark(DUPLICATE));
  return success(id, element('permanentHook', false), element('rawData', false));
};

export const destroyHook: Call = async ({ hooks }, params) => {
  const hookID = params.text('hookID');
  if (hookID === undefined) return failed(MISSING_ID);
  const wasThere = /^\d{1,15}$/.test(hookID) && (await hooks.remove(Number(hookID)));
  return wasThere ? success(element('removed', true)) : failed(MISSING_HOOK);
};

/** All; with a meeting's id, those that hear of it. */
export const listHooks: Call = async ({ hooks }, params) => {
  const meetingID = params.text('meetingID');
  const shown = (await hooks.list()).filter(
    (hook) =>
      meetingID === undefined || hook.meetingID === undefined || hook.meetingID === meetingID,
  );
  return success(element('hooks', shown.map(hookView)));
};

function hookView({ id, callbackURL, meetingID, eventIDs }: Hook): Element {
  return element('hook', [
    element('hookID', id),
    element('callbackURL', callbackURL),
    ...(meetingID === undefined ? [] : [element('meetingID', meetingID)]),
    ...(eventIDs === undefined ? [] : [element('eventID', eventIDs.join(','))]),
    element('permanentHook', false),
    element('rawData', false),
  ]);
}

const MISSING_URL = fault(
  'missingParamCallbackURL',
  'You must specify a callbackURL in the parameters.',
);
const MISSING_ID = fault('missingParamHookID', 'You must specify a hookID in the parameters.');
const MISSING_HOOK = fault('destroyMissingHook', 'The hook informed was not found.');
const DUPLICATE = fault('duplicateWarning', 'There is already a hook for this callback URL.');
const TOO_MANY = fault('createHookError', 'There are a hundred hooks: remove one first.');
