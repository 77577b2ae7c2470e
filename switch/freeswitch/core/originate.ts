import { negotiate } from '../../../protocol/sdp/negotiate.ts';
import { markAnswered, preAnswer } from './answer.ts';
import { runExtension } from './app-engine.ts';
import type { AppCall } from './app-run.ts';
import type { CallerProfile, Channel, Codec } from './channel.ts';
import { getVariable, isTrue } from './channel.ts';
import { fireChannel } from './channel-event.ts';
import { createOutbound } from './channel-life.ts';
import { noteCodecs } from './codecs.ts';
import { parseDialString } from './dial-string.ts';
import { PARK } from './dialplan.ts';
import { changeCallState, changeState, hangup, headersFrom } from './hangup.ts';
import type { SwitchNode } from './node.ts';
import { separateString } from './separate-string.ts';

const SYNTAX =
  '<call url> <exten>|&<application_name>(<app_args>) [<dialplan>] [<context>] [<cid_name>] [<cid_num>] [<timeout_sec>]';
const DEFAULT_TIMEOUT_S = 60;

/** `originate …`: the answer comes when the call is answered or has failed. */
export function originate(node: SwitchNode, job: string, args: string): string | undefined {
  const words = separateString(args, 10);
  if (words.length < 2 || words.length > 7) return `-USAGE: ${SYNTAX}\n`;
  const { variables, target } = parseDialString(words[0]!);
  if (target.kind === 'impossible') return `-ERR ${target.cause}\n`;
  if (target.profile !== node.settings.sofiaProfile) return '-ERR INVALID_PROFILE\n';
  const uuid = variables.get('origination_uuid') ?? node.world.uuid();
  if (!/^[A-Za-z0-9-]{1,64}$/.test(uuid) || node.channels.has(uuid)) {
    return '-ERR DESTINATION_OUT_OF_ORDER\n';
  }
  const destination = target.uri.replace(/^sips?:/i, '');
  const channel = createOutbound(
    node,
    {
      uuid,
      name: `sofia/${target.profile}/${destination.replace(/;.*$/, '')}`,
      caller: toCaller(variables, words, destination),
    },
    new Map([...variables, ['sip_req_uri', destination]]),
  );
  channel.extension = toExtension(words[1]!);
  const ignoreEarlyMedia = isTrue(variables.get('ignore_early_media'));
  node.originating.set(uuid, { job, ignoreEarlyMedia });
  const seconds = Number(variables.get('originate_timeout') ?? defined(words[6]));
  node.after(timerName(uuid), (seconds > 0 ? seconds : DEFAULT_TIMEOUT_S) * 1000);
  const browser = isTrue(variables.get('media_webrtc')) ? { browser: true as const } : {};
  node.media({ kind: 'offer-leg', leg: uuid, ...browser });
  return undefined;
}

function toCaller(
  variables: ReadonlyMap<string, string>,
  words: readonly string[],
  destination: string,
): CallerProfile {
  const name = variables.get('origination_caller_id_name') ?? defined(words[4]);
  const number = variables.get('origination_caller_id_number') ?? defined(words[5]);
  return {
    username: '',
    callerIdName: name ?? '',
    callerIdNumber: number ?? '0000000000',
    networkAddress: '',
    destination: destination.replace(/@.*$/, ''),
  };
}

/** The worker's offer is there: the INVITE goes out. */
export function onOffered(node: SwitchNode, channel: Channel, offer: string): void {
  const target = getVariable(channel, 'sip_req_uri');
  if (channel.direction !== 'outbound' || target === undefined) return;
  const callId = getVariable(channel, 'sip_invite_call_id');
  node.sip({
    kind: 'invite',
    leg: channel.uuid,
    target: `sip:${target}`,
    callerName: channel.caller.callerIdName,
    callerNumber: channel.caller.callerIdNumber,
    headers: headersFrom(channel, 'sip_h_'),
    ...(callId === undefined ? {} : { callId }),
    sdp: offer,
  });
}

/** The peer rings, or sends sound before it answers. */
export function onProgress(node: SwitchNode, channel: Channel, sdp: string | undefined): void {
  if (channel.life.kind !== 'ringing') return;
  if (sdp === undefined) {
    if (channel.callState === 'RINGING') return;
    changeCallState(node, channel, 'RINGING');
    fireChannel(node, 'CHANNEL_PROGRESS', channel);
    return;
  }
  acceptAnswer(node, channel, sdp);
  preAnswer(node, channel);
  if (node.originating.get(channel.uuid)?.ignoreEarlyMedia === false) succeed(node, channel);
}

/** The peer answered. */
export function onPeerAnswer(node: SwitchNode, channel: Channel, sdp: string): void {
  if (channel.life.kind !== 'ringing' && channel.life.kind !== 'early') return;
  acceptAnswer(node, channel, sdp);
  markAnswered(node, channel);
  succeed(node, channel);
}

/** A timer of this file ran out, where it is one. */
export function onOriginateTimer(node: SwitchNode, timer: string): void {
  const channel = node.channels.get(timer.replace(/^originate /, ''));
  if (channel === undefined || timer !== timerName(channel.uuid)) return;
  if (channel.life.kind === 'answered' || !node.originating.has(channel.uuid)) return;
  hangup(node, channel, 'NO_ANSWER');
}

function succeed(node: SwitchNode, channel: Channel): void {
  const originating = node.originating.get(channel.uuid);
  if (originating === undefined) return;
  node.originating.delete(channel.uuid);
  showTheCalled(channel);
  node.reply(originating.job, `+OK ${channel.uuid}\n`);
  changeState(node, channel, 'CS_EXECUTE');
  runExtension(node, channel, channel.extension);
}

/** From its success on an outbound leg shows whom it reached, not who called (`switch_channel_flip_cid`). */
function showTheCalled(channel: Channel): void {
  channel.caller = {
    ...channel.caller,
    callerIdName: getVariable(channel, 'origination_callee_id_name') ?? 'Outbound Call',
    callerIdNumber:
      getVariable(channel, 'origination_callee_id_number') ?? channel.caller.destination,
  };
}

function acceptAnswer(node: SwitchNode, channel: Channel, sdp: string): void {
  if (channel.media.kind === 'ready') return;
  channel.media = { kind: 'ready', answer: '', ...codecIn(sdp) };
  noteCodecs(channel);
  node.media({ kind: 'accept-answer', leg: channel.uuid, answer: sdp });
}

/** The worker's word that it sends so comes later than the call goes on. */
function codecIn(answer: string): { readonly codec?: Codec } {
  const outcome = negotiate(answer);
  if (outcome.kind === 'refused') return {};
  const { name, clockHz: rate } = outcome.agreement.codec;
  return { codec: { name, rate } };
}

/** `&app(args)`, or an extension, which is the dialplan's. */
function toExtension(text: string): readonly AppCall[] {
  const match = /^&([^()]+)(?:\((.*?)\)?)?$/s.exec(text);
  return match === null ? PARK : [{ app: match[1]!, args: match[2] ?? '' }];
}

function timerName(uuid: string): string {
  return `originate ${uuid}`;
}

function defined(word: string | undefined): string | undefined {
  return word === undefined || word.toLowerCase() === 'undef' ? undefined : word;
}
