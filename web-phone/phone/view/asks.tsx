import { Lobby } from '../../room/lobby.tsx';
import { Requests } from '../../room/requests.tsx';
import type { CallView } from './in-call.tsx';

/** Whether we have the buttons of a moderator just now. */
export function moderatesNow({ state }: Pick<CallView, 'state'>): boolean {
  return state.grant?.role === 'moderator' && state.kind === 'talking';
}

/** Who knocks and what is asked of a moderator; nothing for others. */
export function Asks(view: CallView) {
  const { softphone, state } = view;
  if (!moderatesNow(view)) return null;
  const { id } = state.ticket.meeting;
  return (
    <>
      <Lobby desk={softphone.attendance} room={id} />
      <Requests desk={softphone.attendance} room={id} />
    </>
  );
}
