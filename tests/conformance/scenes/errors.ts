import { eventually } from '../../support/eventually.ts';
import type { Scene } from '../scene.ts';
import type { Stage } from '../stage.ts';

/** Commands that say how they are used, or that there is no such call. */
const WRONG = [
  'uuid_kill',
  'uuid_exists',
  'uuid_getvar',
  'uuid_getvar nope',
  'uuid_setvar',
  'uuid_setvar nope a b',
  'uuid_dump nope',
  'uuid_broadcast',
  'uuid_broadcast nope /x.wav',
  'uuid_break',
  'uuid_break nope',
  'uuid_park',
  'uuid_park nope',
  'uuid_transfer',
  'uuid_transfer nope park inline',
  'uuid_answer nope',
  'uuid_displace',
  'uuid_displace nope start /x.wav',
  'uuid_send_dtmf',
  'uuid_send_dtmf nope 1',
  'uuid_recv_dtmf',
  'uuid_recv_dtmf nope 1',
  'module_exists mod_say_en',
  'module_exists mod_conference',
];

const EVENTS = 'CHANNEL_PARK CHANNEL_EXECUTE_COMPLETE CHANNEL_HANGUP_COMPLETE DTMF';

/** What the switch says to what it cannot do. */
export const errors: Scene = {
  name: 'errors',
  events: EVENTS,
  async play(stage) {
    for (const command of WRONG) await stage.say(command);
    await stage.send('nosuchverb');
    await stage.send('sendmsg nope', { 'call-command': 'execute', 'execute-app-name': 'park' });
    await stage.send('sendmsg', { 'call-command': 'execute', 'execute-app-name': 'park' });
    await stage.send('filter Unique-ID nope');
    await stage.send('filter delete Unique-ID nope');
    await stage.send('nixevent DTMF');
    await stage.send('event');
    await stage.send('noevents');
    await stage.send(`event json ${EVENTS}`);
    await onACall(stage);
  },
};

async function onACall(stage: Stage): Promise<void> {
  const carol = await stage.answered('carol');
  await eventually('the call is listed', () => stage.listed(carol, 'answer'));
  for (const command of [
    'uuid_setvar UUID a_name a value',
    'uuid_getvar UUID a_name',
    'uuid_setvar UUID a_name',
    'uuid_getvar UUID a_name',
    'uuid_getvar UUID a_name b',
    'uuid_break UUID',
    'uuid_break UUID all',
    `uuid_displace UUID start ${stage.sound('long')} 0 mux`,
    `uuid_displace UUID stop ${stage.sound('long')}`,
    'uuid_displace UUID start /nosuch.wav',
    'uuid_displace UUID stop /nosuch.wav',
    'uuid_recv_dtmf UUID 1*z#',
  ])
    await stage.of(carol, command);
  await stage.send(`sendmsg ${carol.uuid}`);
  await stage.send(`sendmsg ${carol.uuid}`, { 'call-command': 'nosuch' });
  await stage.execute(carol, 'set', 'b_name=b');
  await stage.completed(carol, 'set');
  await stage.of(carol, 'uuid_getvar UUID b_name');
  await stage.execute(carol, 'nosuchapp', '', 'CHANNEL_HANGUP_COMPLETE');
  stage.note(`carol heard BYE ${await carol.phone.reasonOf('BYE')}`);
  const dave = await stage.answered('dave');
  await stage.send(`sendmsg ${dave.uuid}`, {
    'call-command': 'hangup',
    'hangup-cause': 'CALL_REJECTED',
  });
  await stage.untilOf(dave, 'CHANNEL_HANGUP_COMPLETE');
  stage.note(`dave heard BYE ${await dave.phone.reasonOf('BYE')}`);
}
