import { failed, failedWithList, fault, remark, success } from './answer.ts';
import type { Call } from './call.ts';
import { usersIn } from './info.ts';
import { createdView, hasUserJoined } from './views.ts';
import { readCreate } from './wish.ts';

/** Makes a meeting, or tells of the one that is there with the same parameters. */
export const create: Call = async (desk, params) => {
  const read = readCreate(params);
  if (!read.ok) return failed(read.fault);
  const { wish, extras } = read.value;
  const created = await desk.meetings.create(wish, extras);
  switch (created.kind) {
    case 'other-parameters':
      return failed(NOT_UNIQUE);
    case 'bridge-taken':
      return failedWithList(BRIDGE_TAKEN);
    case 'made':
      desk.watch.follow(created.found.bbb);
      return success(...createdView(created.found, false), ...remark(fault('', '')));
    case 'there-already': {
      const { found } = created;
      const hasJoined = hasUserJoined(found.bbb, await usersIn(desk, found));
      return success(...createdView(found, hasJoined), ...remark(DUPLICATE));
    }
  }
};

const NOT_UNIQUE = fault(
  'idNotUnique',
  'A meeting already exists with that meeting ID.  Please use a different meeting ID.',
);
const BRIDGE_TAKEN = fault('nonUniqueVoiceBridge', 'The selected voice bridge is already in use.');
const DUPLICATE = fault(
  'duplicateWarning',
  'This conference was already in existence and may currently be in progress.',
);
