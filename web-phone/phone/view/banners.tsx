import type { Signal } from '@preact/signals';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { qualityWord } from '../../../protocol/room/quality.ts';
import type { Participant } from '../../../protocol/room/room.ts';
import type { Wish } from '../../feed/wish.ts';
import { Banner } from '../../style/banner.tsx';
import { Button } from '../../style/button.tsx';
import { words } from '../../words/words.ts';
import type { Attendance } from '../attendance.ts';
import { muteFace } from '../mute-face.ts';
import { myPhone } from '../my-phone.ts';
import type { MuteNotice } from '../voice.ts';
import { Asks } from './asks.tsx';
import { Breakouts } from './breakouts.tsx';
import type { Panel } from './controls.tsx';
import { Returning } from './come-back.tsx';
import type { CallView } from './in-call.tsx';

export interface BannersProps extends CallView {
  readonly panel: Signal<Panel>;
}

/** Above the bar, where what comes and goes moves nobody's row. */
export function CallBanners(view: BannersProps) {
  return (
    <div class="call-banners">
      <Told {...view} />
      <Asks {...view} />
      <Breakouts {...view} />
    </div>
  );
}

/** The one thing that the person should know just now. */
function Told(view: BannersProps) {
  const { softphone, state, standing } = view;
  const say = words('call').banner;
  const link = softphone.attendance.feed.value.link;
  if (state.kind === 'returning') return <Returning softphone={softphone} state={state} />;
  if (state.line === 'weak')
    return (
      <Banner look="warning" title={say.stumbling}>
        {say.stumblingWords}
      </Banner>
    );
  if (link === 'lost')
    return (
      <Banner look="warning" title={say.stale}>
        {say.staleWords}
      </Banner>
    );
  if (standing.kind !== 'inside') return null;
  return (
    <>
      {standing.carried && <OnPhone {...view} />}
      {!standing.carried && <Weak {...view} row={standing.row} />}
      <MuteBanner softphone={softphone} state={state} row={standing.row} />
    </>
  );
}

/** The server receives us badly: what to do about it. Once put away it stays away until it got better. */
function Weak({ row, panel }: BannersProps & { readonly row: Participant }) {
  const away = useSignal(false);
  const word = row.quality && qualityWord(row.quality);
  const weak = word === 'poor' || word === 'bad';
  useEffect(() => {
    if (!weak) away.value = false;
  }, [weak]);
  const { banner: say, dismiss } = words('call');
  if (!weak || away.value || panel.value === 'line') return null;
  return (
    <Banner
      look="warning"
      title={say.weak}
      actions={
        <>
          <Button size="small" onClick={() => (panel.value = 'line')}>
            {say.showNumbers}
          </Button>
          <Button size="small" onClick={() => (panel.value = 'phone')}>
            {say.usePhone}
          </Button>
          <Button
            look="quiet"
            size="small"
            icon="close"
            label={dismiss}
            onClick={() => (away.value = true)}
          />
        </>
      }
    >
      {say.weakWords}
    </Banner>
  );
}

/** Our phone speaks for us: this computer is silent, and says so. */
function OnPhone({ softphone, state, room }: CallView) {
  const { attendance } = softphone;
  const say = words('call').banner;
  const phone = state.grant ? myPhone(room, state.grant.personId) : { kind: 'none' as const };
  const hangUp: Wish | undefined =
    phone.kind === 'up' && room
      ? { kind: 'cancel-call', room: room.id, id: phone.call.id }
      : undefined;
  return (
    <Banner
      look="info"
      icon="phone"
      title={say.onPhone}
      actions={
        hangUp && (
          <Button
            size="small"
            waiting={attendance.waits(hangUp)}
            onClick={() => void attendance.wish(hangUp)}
          >
            {say.hangUpPhone}
          </Button>
        )
      }
    >
      {say.onPhoneWords}
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
  const face = muteFace(
    {
      row,
      voice: attendance.voice.value,
      waiting: attendance.waiting.value,
      unmuteSelf,
      talkKey: attendance.talkKey.value,
    },
    words('call'),
  );
  if (row.askedToUnmute && row.muted && !attendance.notNow.value)
    return <AskedToUnmute attendance={attendance} waiting={face.waiting} />;
  if (face.byRule) return <ByRule />;
  const notice = attendance.muteNotice.value;
  return notice === undefined ? null : <Notice attendance={attendance} notice={notice} />;
}

function AskedToUnmute(props: { readonly attendance: Attendance; readonly waiting: boolean }) {
  const { attendance, waiting } = props;
  const { banner: say, unmute } = words('call');
  return (
    <Banner
      look="info"
      icon="microphone"
      title={say.asked}
      actions={
        <>
          <Button
            size="small"
            look="primary"
            waiting={waiting}
            onClick={() => attendance.setMuted(false)}
          >
            {unmute}
          </Button>
          <Button size="small" onClick={() => attendance.declineToUnmute()}>
            {say.notNow}
          </Button>
        </>
      }
    >
      {say.askedWords}
    </Banner>
  );
}

function ByRule() {
  const say = words('call').banner;
  return (
    <Banner look="info" icon="microphone-off" title={say.byRule}>
      {say.byRuleWords}
    </Banner>
  );
}

function Notice(props: { readonly attendance: Attendance; readonly notice: MuteNotice }) {
  const { attendance, notice } = props;
  const say = words('call');
  const { title, words: told } = say.banner.notices[notice];
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
              {say.unmute}
            </Button>
          )}
          <Button
            look="quiet"
            size="small"
            icon="close"
            label={say.dismiss}
            onClick={() => attendance.dismissMuteNotice()}
          />
        </>
      }
    >
      {told}
    </Banner>
  );
}
