import type { Signal } from '@preact/signals';
import type { OutboundCall } from '../../../protocol/room/outbound-call.ts';
import { callWords, shownCalls } from '../../room/call-words.ts';
import type { Wish } from '../../feed/wish.ts';
import { Button } from '../../style/button.tsx';
import { leftToRight } from '../../style/format.ts';
import { Icon } from '../../style/icon.tsx';
import { Since } from '../../style/person.tsx';
import { words } from '../../words/words.ts';
import type { CallBody } from '../call-form.ts';
import type { RoomProps } from './meeting-room.tsx';

export type Called = ReadonlyMap<string, CallBody>;

export interface RoomCallsProps extends RoomProps {
  /** What this browser called, by the call's id: only it knows the whole number. */
  readonly called: Signal<Called>;
}

/** The calls that the meeting makes: how each goes, with a way to stop it or to try again. */
export function RoomCalls({ desk, meeting, called }: RoomCallsProps) {
  const calls = shownCalls(desk.feed.value.rooms.get(meeting.id)?.calls.values() ?? []);
  const { room } = words('console');
  if (calls.length === 0) return null;
  return (
    <section class="queue" aria-label={room.calls}>
      <header class="section-head">
        <h3>
          <Icon name="call" /> {room.calls}
        </h3>
      </header>
      <ul class="queue-rows">
        {calls.map((call) => (
          <li class={`queue-row call-${call.state}`} key={call.id}>
            <span class="queue-words">
              <bdi class="queue-name">{call.name}</bdi>
              <span class="soft">
                {call.number !== '' && `${leftToRight(call.number)} · `}
                {callWords(call)}
                {call.state !== 'ended' && (
                  <>
                    {' '}
                    <Since ms={call.startedAtMs} />
                  </>
                )}
              </span>
            </span>
            <span class="queue-actions">
              <CallAction desk={desk} meeting={meeting} called={called} call={call} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function CallAction({
  desk,
  meeting,
  called,
  call,
}: RoomCallsProps & { readonly call: OutboundCall }) {
  const cancel: Wish = { kind: 'cancel-call', room: meeting.id, id: call.id };
  const { room } = words('console');
  if (desk.watching) return null;
  if (call.state !== 'ended')
    return (
      <Button
        size="small"
        label={room.cancelCall(call.name)}
        waiting={desk.waits(cancel)}
        onClick={() => void desk.wish(cancel)}
      >
        {words('shared').controls.cancel}
      </Button>
    );
  const again = called.value.get(call.id);
  if (again === undefined) return null;
  return (
    <Button
      size="small"
      icon="phone"
      label={room.callWhomAgain(call.name)}
      onClick={() => void placeAgain({ desk, meeting, called }, again)}
    >
      {room.callAgain}
    </Button>
  );
}

async function placeAgain(
  { desk, meeting, called }: RoomCallsProps,
  body: CallBody,
): Promise<void> {
  const answer = await desk.call(meeting.id, body);
  if (answer.ok) called.value = new Map(called.value).set(answer.value.id, body);
  else desk.refused(answer.problem);
}
