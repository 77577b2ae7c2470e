import type { Participant } from '../../../protocol/room/room.ts';
import type { Wish } from '../../feed/wish.ts';
import { Banner } from '../../style/banner.tsx';
import { Button } from '../../style/button.tsx';
import type { Attendance } from '../attendance.ts';
import { muteFace } from '../mute-face.ts';
import { myPhone } from '../my-phone.ts';
import type { MuteNotice } from '../voice.ts';
import type { CallView } from './in-call.tsx';

/** Above the bar, where what comes and goes moves nobody's row. */
export function CallBanners(view: CallView) {
  return (
    <div class="call-banners">
      <Told {...view} />
    </div>
  );
}

/** The one thing that the person should know just now. */
function Told({ softphone, state, room, standing }: CallView) {
  const link = softphone.attendance.feed.value.link;
  if (state.kind === 'returning')
    return (
      <Banner look="warning" title="The connection broke. Getting you back …">
        {state.attempt > 2
          ? `Attempt ${state.attempt}. Check that you are online; we keep trying for a minute.`
          : 'The others cannot hear you at the moment.'}
      </Banner>
    );
  if (state.line === 'weak')
    return (
      <Banner look="warning" title="Your network is stumbling">
        Sound may stop for a moment. It comes back by itself.
      </Banner>
    );
  if (link === 'lost')
    return (
      <Banner look="warning" title="The list below may be out of date">
        You are still in the call. The list comes back by itself.
      </Banner>
    );
  if (standing.kind !== 'inside') return null;
  return (
    <>
      {standing.carried && (
        <OnPhone softphone={softphone} state={state} room={room} standing={standing} />
      )}
      <MuteBanner softphone={softphone} state={state} row={standing.row} />
    </>
  );
}

/** Our phone speaks for us: this computer is silent, and says so. */
function OnPhone({ softphone, state, room }: CallView) {
  const { attendance } = softphone;
  const phone = state.grant ? myPhone(room, state.grant.personId) : { kind: 'none' as const };
  const hangUp: Wish | undefined =
    phone.kind === 'up' && room
      ? { kind: 'cancel-call', room: room.id, id: phone.call.id }
      : undefined;
  return (
    <Banner
      look="info"
      icon="phone"
      title="Your sound is on your phone"
      actions={
        hangUp && (
          <Button
            size="small"
            waiting={attendance.waits(hangUp)}
            onClick={() => void attendance.wish(hangUp)}
          >
            Hang up the phone
          </Button>
        )
      }
    >
      This computer’s microphone and speaker are off. They come back when your phone hangs up.
    </Banner>
  );
}

function MuteBanner({
  softphone,
  state,
  row,
}: Pick<CallView, 'softphone' | 'state'> & { readonly row: Participant }) {
  const { attendance } = softphone;
  const { unmuteSelf } = state.ticket.meeting;
  const face = muteFace({
    row,
    voice: attendance.voice.value,
    waiting: attendance.waiting.value,
    unmuteSelf,
  });
  if (row.askedToUnmute && row.muted && !attendance.notNow.value)
    return <AskedToUnmute attendance={attendance} waiting={face.waiting} />;
  if (face.byRule) return <ByRule />;
  const notice = attendance.muteNotice.value;
  return notice === undefined ? null : <Notice attendance={attendance} notice={notice} />;
}

function AskedToUnmute(props: { readonly attendance: Attendance; readonly waiting: boolean }) {
  const { attendance, waiting } = props;
  return (
    <Banner
      look="info"
      icon="microphone"
      title="A moderator asks you to unmute"
      actions={
        <>
          <Button
            size="small"
            look="primary"
            waiting={waiting}
            onClick={() => attendance.setMuted(false)}
          >
            Unmute
          </Button>
          <Button size="small" onClick={() => attendance.declineToUnmute()}>
            Not now
          </Button>
        </>
      }
    >
      Only you open your microphone.
    </Banner>
  );
}

function ByRule() {
  return (
    <Banner look="info" icon="microphone-off" title="A moderator says who speaks">
      In this meeting people do not unmute themselves. Raise your hand when you want to speak.
    </Banner>
  );
}

const NOTICES: Record<MuteNotice, readonly [title: string, words: string]> = {
  'muted-on-entry': [
    'You joined muted',
    'This meeting mutes everybody on entry. Unmute when you want to speak.',
  ],
  'muted-by-moderator': ['A moderator muted you', 'Unmute when it is your turn.'],
  'unmuted-by-moderator': ['A moderator unmuted you', 'The others can hear you now.'],
};

function Notice(props: { readonly attendance: Attendance; readonly notice: MuteNotice }) {
  const { attendance, notice } = props;
  const [title, words] = NOTICES[notice];
  const muted = notice !== 'unmuted-by-moderator';
  return (
    <Banner
      look="info"
      icon={muted ? 'microphone-off' : 'microphone'}
      title={title}
      actions={
        <>
          {muted && (
            <Button size="small" onClick={() => attendance.setMuted(false)}>
              Unmute
            </Button>
          )}
          <Button
            look="quiet"
            size="small"
            icon="close"
            label="Dismiss"
            onClick={() => attendance.dismissMuteNotice()}
          />
        </>
      }
    >
      {words}
    </Banner>
  );
}
