import type { RoomCommand } from '../protocol/room/command.ts';
import type { KeypadAct } from '../protocol/room/keypad-act.ts';
import type { AuditLog } from './audit-log.ts';
import type { AuditAct } from './rules/audit.ts';

/** Tells the audit log what moderators do on the telephone's keypad. */
export function keypadActs(audit: AuditLog): (act: KeypadAct) => void {
  return (act) => audit.tell(actOf(act));
}

/** Their number is in no entry: the leg's id leads to it as long as the history is kept. */
function actOf({ room, command, by, ok }: KeypadAct): AuditAct {
  return {
    who: by.personId === undefined ? `phone ${by.id}` : `person ${by.personId}`,
    from: '',
    act: `keypad ${command.kind}`,
    meeting: room,
    ...('id' in command && { subject: command.id }),
    ...detailOf(command),
    outcome: ok ? 'done' : 'refused',
  };
}

function detailOf(command: RoomCommand): Pick<AuditAct, 'detail'> {
  return 'on' in command ? { detail: `on=${command.on}` } : {};
}
