import type { LegStats, MediaEvent } from '../../media/contract.ts';
import { deliver, pressed, readKeys } from './app-engine.ts';
import type { Channel } from './channel.ts';
import { setVariable } from './channel.ts';
import { fireChannel } from './channel-event.ts';
import { noteCodecs } from './codecs.ts';
import { onRoomPlayEnded } from './conference-files.ts';
import { onMutedTalking, onTalking } from './conference-life.ts';
import { onRecordingStarted, onRecordingStopped } from './conference-recording.ts';
import { changeCallState, hangup } from './hangup.ts';
import type { SwitchNode } from './node.ts';
import { onOffered } from './originate.ts';
import type { PlayEnded } from './playing.ts';
import { advance } from './playing.ts';

/** Takes what the media worker tells. What is about a channel that is gone is dropped. */
export function onMedia(node: SwitchNode, event: MediaEvent): void {
  switch (event.kind) {
    case 'play-ended':
      onPlayEnded(node, event);
      return;
    case 'recording-started':
    case 'recording-stopped': {
      const conference = node.mixers.get(event.room);
      if (conference === undefined) return;
      if (event.kind === 'recording-started') onRecordingStarted(node, conference, event);
      else onRecordingStopped(node, conference, event);
      return;
    }
    default: {
      const channel = node.channels.get(event.leg);
      if (channel !== undefined) onLeg(node, channel, event);
    }
  }
}

type LegEvent = Exclude<
  MediaEvent,
  { kind: 'play-ended' | 'recording-started' | 'recording-stopped' }
>;

function onLeg(node: SwitchNode, channel: Channel, event: LegEvent): void {
  switch (event.kind) {
    case 'leg-answered':
      onAnswered(node, channel, event);
      break;
    case 'leg-offered':
      onOffered(node, channel, event.offer);
      break;
    case 'leg-refused':
      onRefused(node, channel, event.reason);
      break;
    case 'digit':
      pressed(node, channel, { ...event, source: 'RTP' });
      break;
    case 'talking':
    case 'mute-detected':
      onTalkingLeg(node, channel, event);
      break;
    case 'leg-recording-started':
      deliver(node, channel, { kind: 'recording-started', started: event });
      break;
    case 'leg-recording-stopped':
      deliver(node, channel, { kind: 'recording-stopped', stopped: event });
      break;
    case 'media-timeout':
      hangup(node, channel, 'MEDIA_TIMEOUT');
      break;
    case 'stats':
      setStats(channel, event.stats);
      fireReports(node, channel, event.stats);
      break;
    case 'leg-connected':
      break;
  }
}

function onAnswered(
  node: SwitchNode,
  channel: Channel,
  event: Extract<MediaEvent, { kind: 'leg-answered' }>,
): void {
  const update = channel.media.kind === 'ready';
  const codec = { name: event.codec, rate: event.clockRateHz };
  channel.media = { kind: 'ready', answer: event.answer, codec };
  noteCodecs(channel);
  if (update && channel.direction === 'inbound') {
    node.sip({ kind: 'accept-update', leg: channel.uuid, sdp: event.answer });
  } else if (update && event.answer !== '') {
    node.sip({ kind: 'accept-update', leg: channel.uuid, sdp: event.answer });
  }
  // A peer that only listens does not hold us: FreeSWITCH tells nothing then.
  noteHold(node, channel, event.heldByPeer && !/^a=sendonly\r?$/m.test(event.answer));
  if (!update) deliver(node, channel, { kind: 'media-ready' });
}

function noteHold(node: SwitchNode, channel: Channel, held: boolean): void {
  if (channel.heldByPeer === held) return;
  channel.heldByPeer = held;
  changeCallState(node, channel, held ? 'HELD' : 'UNHELD');
  fireChannel(node, held ? 'CHANNEL_HOLD' : 'CHANNEL_UNHOLD', channel);
  if (held) return;
  changeCallState(node, channel, 'ACTIVE');
  readKeys(node, channel);
}

function onRefused(
  node: SwitchNode,
  channel: Channel,
  reason: Extract<MediaEvent, { kind: 'leg-refused' }>['reason'],
): void {
  if (channel.media.kind === 'ready') {
    node.sip({ kind: 'refuse-update', leg: channel.uuid, status: 488 });
    return;
  }
  const full = reason === 'no-ports';
  hangup(node, channel, full ? 'NORMAL_CIRCUIT_CONGESTION' : 'INCOMPATIBLE_DESTINATION');
}

function onTalkingLeg(
  node: SwitchNode,
  channel: Channel,
  event: Extract<MediaEvent, { kind: 'talking' | 'mute-detected' }>,
): void {
  for (const { state } of channel.running) {
    if (state?.kind !== 'in-room') continue;
    if (event.kind === 'talking') onTalking(node, state.conference, state.member, event);
    else onMutedTalking(node, state.conference, state.member, event);
  }
}

function onPlayEnded(node: SwitchNode, ended: PlayEnded): void {
  const target = node.plays.get(ended.play);
  node.plays.delete(ended.play);
  if (target === undefined) return;
  if (target.kind === 'room') {
    const conference = node.mixers.get(target.room);
    if (conference !== undefined) onRoomPlayEnded(node, conference, ended);
    return;
  }
  const channel = node.channels.get(target.leg);
  if (channel === undefined) return;
  for (const [path, playing] of channel.displaced)
    if (playing.play === ended.play && advance(node, playing, ended))
      channel.displaced.delete(path);
  for (const { state } of channel.running) {
    if (state?.kind !== 'in-room') continue;
    if (onRoomPlayEnded(node, state.conference, ended)) return;
  }
  deliver(node, channel, { kind: 'play-ended', ended });
}

/**
 * RTCP that went and came (switch_rtp.c, switch_core_media.c), with the headers that say how the leg is
 * received. Sequence numbers are counted from 0.
 */
function fireReports(node: SwitchNode, channel: Channel, stats: LegStats): void {
  const rate = channel.media.kind === 'ready' ? (channel.media.codec?.rate ?? 8_000) : 8_000;
  const leg = { name: 'Unique-ID', value: channel.uuid };
  node.fire('SEND_RTCP_MESSAGE', [
    leg,
    { name: 'Source-SSRC', value: '00000000' },
    { name: 'Source-Lost', value: String(stats.packetsLost) },
    {
      name: 'Source-Highest-Sequence-Number-Received',
      value: String(stats.packetsIn + stats.packetsLost),
    },
    { name: 'Source-Jitter', value: String(Math.floor((stats.jitterMs * rate) / 1_000)) },
  ]);
  if (stats.roundTripMs === undefined) return;
  node.fire('RECV_RTCP_MESSAGE', [
    leg,
    { name: 'RTP-Rate', value: String(rate) },
    { name: 'Rtt0-Avg', value: (stats.roundTripMs / 1_000).toFixed(6) },
  ]);
}

function setStats(channel: Channel, stats: LegStats): void {
  setVariable(channel, 'rtp_audio_in_packet_count', String(stats.packetsIn));
  setVariable(channel, 'rtp_audio_out_packet_count', String(stats.packetsOut));
  setVariable(channel, 'rtp_audio_in_skip_packet_count', String(stats.packetsLost));
  setVariable(
    channel,
    'rtp_audio_in_mean_interval',
    String(Math.round(stats.jitterMs * 100) / 100),
  );
}
