import type { Phone } from '../phone.ts';
import type { Scene } from '../scene.ts';
import type { Call, Stage } from '../stage.ts';
import { ROOM } from '../stage.ts';

/** What a phone may answer to our INVITE. */
const REFUSALS = [
  400, 401, 403, 404, 405, 406, 408, 410, 415, 420, 480, 481, 484, 486, 487, 488, 500, 501, 502,
  503, 504, 600, 603, 604, 606,
];

/** Calls that the bridge makes: rung, answered, refused, given up. */
export const outbound: Scene = {
  name: 'outbound',
  events:
    'CHANNEL_ORIGINATE CHANNEL_PROGRESS CHANNEL_PROGRESS_MEDIA CHANNEL_ANSWER CHANNEL_PARK CHANNEL_EXECUTE_COMPLETE CHANNEL_HANGUP_COMPLETE DTMF BACKGROUND_JOB CUSTOM conference::maintenance',
  async play(stage) {
    const bob = await stage.phone('bob');
    await answered(stage, bob);
    await toRoom(stage, bob);
    await earlyMedia(stage, bob);
    await givenUp(stage, bob);
    await impossible(stage);
  },
};

/** One refusal after the other. */
export const refusals: Scene = {
  name: 'refusals',
  events: 'CHANNEL_HANGUP_COMPLETE BACKGROUND_JOB',
  async play(stage) {
    const bob = await stage.phone('bob');
    for (const [at, status] of REFUSALS.entries()) {
      stage.note(`bob answers ${status}`);
      await stage.job(`originate ${dial(stage, bob, at)} &park()`);
      bob.sip.answer(await bob.sip.request('INVITE'), status);
      await stage.jobDone();
      await stage.until('CHANNEL_HANGUP_COMPLETE');
    }
  },
};

function dial(stage: Stage, phone: Phone, at: number, more = ',ignore_early_media=true'): string {
  const variables = `origination_uuid=${stage.ownUuid(at)},origination_caller_id_name='Partyline',origination_caller_id_number=7000,originate_timeout=20,origination_callee_id_name='Bob B.',partyline_digits=77,sip_h_X-Partyline=v1.abc${more}`;
  return `{${variables}}sofia/partyline/sip:${phone.user}@${phone.sip.host}`;
}

async function answered(stage: Stage, bob: Phone): Promise<void> {
  const call: Call = { phone: bob, uuid: stage.ownUuid(1) };
  await stage.job(`originate ${dial(stage, bob, 1)} &park()`);
  const invite = await bob.sip.request('INVITE');
  const said = ['From', 'To', 'X-Partyline'].map(
    (name) => invite.headers.find((header) => header.name === name)?.value,
  );
  stage.note(`bob heard INVITE ${said.join(' ').replace(/;tag=\w+/, '')}`);
  bob.sip.answer(invite, 180);
  await stage.untilOf(call, 'CHANNEL_PROGRESS');
  bob.accept(invite);
  await stage.jobDone();
  await stage.untilOf(call, 'CHANNEL_PARK');
  await stage.press(call, '5');
  await stage.join(call);
  await stage.command('list');
  await stage.command('kick all');
  await stage.completed(call, 'conference');
  await stage.until('conference-destroy');
  await stage.of(call, 'uuid_exists UUID');
  await stage.end(call);
}

async function toRoom(stage: Stage, bob: Phone): Promise<void> {
  const call: Call = { phone: bob, uuid: stage.ownUuid(2) };
  await stage.job(`originate ${dial(stage, bob, 2)} &conference(${ROOM}@partyline)`);
  bob.accept(await bob.sip.request('INVITE'));
  await stage.jobDone();
  await stage.untilOf(call, 'add-member');
  await stage.command('kick all');
  stage.note(`bob heard BYE ${await bob.reasonOf('BYE')}`);
  await stage.untilOf(call, 'CHANNEL_HANGUP_COMPLETE');
  await stage.until('conference-destroy');
}

async function earlyMedia(stage: Stage, bob: Phone): Promise<void> {
  for (const [at, more] of [',ignore_early_media=true', ''].entries()) {
    const call: Call = { phone: bob, uuid: stage.ownUuid(3 + at) };
    await stage.job(`originate ${dial(stage, bob, 3 + at, more)} &park()`);
    const invite = await bob.sip.request('INVITE');
    bob.sip.answer(invite, 183, { body: bob.rtp.sdp('sendrecv') });
    await stage.untilOf(call, 'CHANNEL_PROGRESS_MEDIA');
    if (more === '') await stage.untilOf(call, 'CHANNEL_PARK');
    bob.accept(invite);
    await stage.untilOf(call, 'CHANNEL_ANSWER');
    await stage.jobDone();
    if (more !== '') await stage.untilOf(call, 'CHANNEL_PARK');
    await stage.left(call, 'Q.850;cause=17;text="gone"');
  }
}

async function givenUp(stage: Stage, bob: Phone): Promise<void> {
  for (const [at, cause] of ['', ' ORIGINATOR_CANCEL', 'timeout'].entries()) {
    const call: Call = { phone: bob, uuid: stage.ownUuid(6 + at) };
    const more = cause === 'timeout' ? ',originate_timeout=1' : '';
    await stage.job(`originate ${dial(stage, bob, 6 + at, more)} &park()`);
    const invite = await bob.sip.request('INVITE');
    bob.sip.answer(invite, 180);
    await stage.untilOf(call, 'CHANNEL_PROGRESS');
    if (cause !== 'timeout') await stage.of(call, `uuid_kill UUID${cause}`);
    stage.note(`bob heard CANCEL ${await bob.reasonOf('CANCEL')}`);
    bob.sip.answer(invite, 487);
    await stage.jobDone();
    await stage.untilOf(call, 'CHANNEL_HANGUP_COMPLETE');
  }
}

async function impossible(stage: Stage): Promise<void> {
  const closed = 'sofia/partyline/sip:bob@127.0.0.1:9;transport=tcp';
  for (const line of [
    `originate ${closed} &park()`,
    'originate nosuch/partyline/sip:bob@127.0.0.1:9 &park()',
    'originate sofia/nosuch/sip:bob@127.0.0.1:9 &park()',
    'originate sofia/gateway/nosuch/bob &park()',
    'originate',
    'originate user/nobody',
    'nosuchcommand at all',
  ]) {
    await stage.job(line);
    await stage.jobDone();
  }
}
