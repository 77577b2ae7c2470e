import type { Scene } from '../scene.ts';

/** Every cause the bridge gives, and what else a controller may say. */
const CAUSES = [
  'CALL_REJECTED',
  'USER_BUSY',
  'UNALLOCATED_NUMBER',
  'NORMAL_TEMPORARY_FAILURE',
  'NO_USER_RESPONSE',
  'NORMAL_CLEARING',
  'NO_ANSWER',
  'NORMAL_UNSPECIFIED',
  'INCOMPATIBLE_DESTINATION',
  'DESTINATION_OUT_OF_ORDER',
  'RECOVERY_ON_TIMER_EXPIRE',
  'NETWORK_OUT_OF_ORDER',
  'SERVICE_UNAVAILABLE',
  'SWITCH_CONGESTION',
  'ORIGINATOR_CANCEL',
  'ALLOTTED_TIMEOUT',
  'MANAGER_REQUEST',
  'DECLINE',
  'NO_SUCH_CAUSE',
  '34',
  '',
];

/** Both engines give a phone that sends nothing ten seconds. */
const SILENCE_MS = 14_000;

/** What a phone may say why it hangs up. */
const REASONS = [
  undefined,
  'Q.850;cause=16;text="Normal"',
  'Q.850;cause=31',
  'Q.850 ;cause=102',
  'SIP;cause=200;text="ok"',
  'SIP;cause=486',
  'nonsense',
];

/** Why calls end, both ways. */
export const causes: Scene = {
  name: 'causes',
  events: 'CHANNEL_PARK CHANNEL_EXECUTE_COMPLETE CHANNEL_HANGUP_COMPLETE',
  async play(stage) {
    for (const cause of CAUSES) {
      const call = await stage.parked('carol');
      await stage.of(call, `uuid_kill UUID ${cause}`.trim());
      const { status, headers } = await call.phone.answered();
      const reason = headers.find(({ name }) => name === 'Reason')?.value ?? 'no reason';
      stage.note(`carol got ${status} ${reason}`);
      await stage.untilOf(call, 'CHANNEL_HANGUP_COMPLETE');
    }
    const gone = await stage.parked('gone');
    gone.phone.cancel();
    stage.note(`gone got ${(await gone.phone.answered()).status}`);
    await stage.untilOf(gone, 'CHANNEL_HANGUP_COMPLETE');
    for (const reason of REASONS) {
      stage.note(`dave hangs up: ${reason}`);
      await stage.left(await stage.answered('dave'), reason);
    }
    for (const cause of ['', 'USER_BUSY', 'ORIGINATOR_CANCEL', 'MEDIA_TIMEOUT'])
      await stage.end(await stage.answered('erin'), cause);
  },
};

/** A phone that falls silent. */
export const silence: Scene = {
  name: 'silence',
  events:
    'CHANNEL_PARK CHANNEL_EXECUTE_COMPLETE CHANNEL_HANGUP_COMPLETE CUSTOM conference::maintenance',
  async play(stage) {
    const carol = await stage.joined('carol');
    carol.phone.rtp.hush();
    stage.note(`carol heard BYE ${await carol.phone.reasonOf('BYE', SILENCE_MS)}`);
    await stage.untilOf(carol, 'CHANNEL_HANGUP_COMPLETE');
    await stage.until('conference-destroy');
  },
};

/** A phone that puts us on hold. */
export const hold: Scene = {
  name: 'hold',
  events:
    'CHANNEL_PARK CHANNEL_EXECUTE_COMPLETE CHANNEL_HANGUP_COMPLETE CHANNEL_HOLD CHANNEL_UNHOLD DTMF CUSTOM conference::maintenance',
  async play(stage) {
    const carol = await stage.joined('carol');
    for (const direction of ['sendonly', 'inactive'] as const) {
      stage.note(`${direction}: ${await carol.phone.offerAgain(direction)}`);
      await stage.untilOf(carol, 'CHANNEL_HOLD');
      await stage.command('list');
      await carol.phone.press('4');
      stage.note(`sendrecv: ${await carol.phone.offerAgain('sendrecv')}`);
      await stage.untilOf(carol, 'CHANNEL_UNHOLD');
      await stage.untilOf(carol, 'DTMF');
    }
    stage.note(`recvonly: ${await carol.phone.offerAgain('recvonly')}`);
    stage.note(`sendrecv: ${await carol.phone.offerAgain('sendrecv')}`);
    await stage.left(carol);
    await stage.until('conference-destroy');
  },
};
