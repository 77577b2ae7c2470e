import type { Admissions, RoomRules } from '../protocol/call/admission.ts';
import type { Log } from '../protocol/log.ts';
import type { RoomId } from '../protocol/room/room.ts';

/** The rules of a room whose meeting is gone or cannot be asked: nobody is shut up by a fault of ours. */
const USUAL: RoomRules = {
  language: 'en',
  unmuteSelf: true,
  unmuteOthers: 'ask',
  lobby: false,
  askName: false,
  entrySounds: 'none',
  entrySoundsUpTo: 0,
  record: false,
};

export async function askRules(
  { admissions, log }: { readonly admissions: Admissions; readonly log: Log },
  room: RoomId,
): Promise<RoomRules> {
  try {
    return (await admissions.rules(room)) ?? USUAL;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    log('error', 'the rules of a room could not be read; the usual ones hold', { room, why });
    return USUAL;
  }
}
