import { useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { handQueue, lobbyQueue, rowsOf } from '../../../protocol/room/rows.ts';
import { habits } from '../habits.ts';
import { stayAwake } from '../stay-awake.ts';
import { callTitle } from '../title.ts';
import { tellSystem } from '../media-session.ts';
import type { CallView } from './in-call.tsx';

/** What the rest of the machine sees of a call: the tab's title, media keys, a screen that stays on. */
export function useCallPresence(view: CallView, ear: HTMLAudioElement): void {
  const { softphone, state, standing } = view;
  const meeting = state.ticket.meeting.name;
  const voice = softphone.attendance.voice.value;
  const muted = standing.kind !== 'inside' || standing.row.muted || (voice.held && !voice.carried);
  useSignalEffect(() => {
    ear.volume = habits.value.volume;
  });
  useEffect(() => {
    document.title = callTitle({ meeting, muted, asking: asking(view) });
  });
  useEffect(() => stayAwake(), []);
  const latest = useRef(view);
  latest.current = view;
  useEffect(
    () =>
      tellSystem({
        title: meeting,
        muted,
        onToggle: () => {
          const { row } = { row: undefined, ...latest.current.standing };
          const { unmuteSelf } = latest.current.state.ticket.meeting;
          if (row && (!row.muted || unmuteSelf || row.role === 'moderator'))
            softphone.attendance.setMuted(!muted);
        },
        onHangUp: () => softphone.leave(),
      }),
    [meeting, muted],
  );
}

/** Hands, calls for help and people before the door, for those who moderate. */
function asking({ room, state }: CallView): number {
  if (!room || state.grant?.role !== 'moderator') return 0;
  const help = rowsOf(room).filter((person) => person.wantsHelp).length;
  return handQueue(room).length + help + lobbyQueue(room).length;
}
