import type { Channel } from './channel.ts';
import { isDown, setVariable } from './channel.ts';
import { fireChannel } from './channel-event.ts';
import { changeCallState } from './hangup.ts';
import type { SwitchNode } from './node.ts';

/** Asks the worker for an answer to the peer's offer, once. */
export function negotiate(node: SwitchNode, channel: Channel): void {
  if (channel.media.kind !== 'offered' || channel.media.offer === undefined) return;
  const { offer } = channel.media;
  channel.media = { kind: 'negotiating' };
  node.media({ kind: 'answer-leg', leg: channel.uuid, offer });
}

/** Early media: 183 with our SDP. Needs media that is ready; an answered call needs none. */
export function preAnswer(node: SwitchNode, channel: Channel): void {
  if (channel.life.kind !== 'ringing' || channel.media.kind !== 'ready') return;
  channel.life = { kind: 'early' };
  channel.times.progressMediaUs = node.world.nowUs();
  if (channel.direction === 'inbound') {
    node.sip({ kind: 'progress', leg: channel.uuid, sdp: channel.media.answer });
    node.media({ kind: 'start-leg', leg: channel.uuid });
  }
  setVariable(channel, 'endpoint_disposition', 'EARLY MEDIA');
  fireChannel(node, 'CHANNEL_PROGRESS_MEDIA', channel);
  changeCallState(node, channel, 'EARLY');
}

/** 180, without media (switch_channel.c, switch_channel_perform_mark_ring_ready_value). */
export function ringReady(node: SwitchNode, channel: Channel): void {
  if (channel.life.kind !== 'ringing' || channel.direction !== 'inbound') return;
  node.sip({ kind: 'ringing', leg: channel.uuid });
  fireChannel(node, 'CHANNEL_PROGRESS', channel);
}

/** Answers an inbound call: 200 with our SDP. Needs media that is ready. */
export function answer(node: SwitchNode, channel: Channel): void {
  if (isDown(channel) || channel.life.kind === 'answered') return;
  if (channel.media.kind !== 'ready') throw new Error('an answer without media');
  node.sip({ kind: 'answer', leg: channel.uuid, sdp: channel.media.answer });
  markAnswered(node, channel);
}

/** The call is answered, by us or by the peer. */
export function markAnswered(node: SwitchNode, channel: Channel): void {
  const early = channel.life.kind === 'early';
  if (!early && channel.direction === 'inbound') changeCallState(node, channel, 'EARLY');
  channel.life = { kind: 'answered' };
  channel.times.answeredUs = node.world.nowUs();
  if (!early || channel.direction === 'outbound') {
    node.media({ kind: 'start-leg', leg: channel.uuid });
  }
  fireChannel(node, 'CHANNEL_ANSWER', channel);
  setVariable(channel, 'endpoint_disposition', 'ANSWER');
  changeCallState(node, channel, 'ACTIVE');
}
