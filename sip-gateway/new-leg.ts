import { isParticipantId } from '../protocol/room/room.ts';
import type { ParticipantId } from '../protocol/room/room.ts';

/** A name for a leg at the switch: a random UUID (RFC 9562 section 5.4). */
export function newLeg(random: (bytes: number) => Uint8Array): ParticipantId {
  const bytes = Uint8Array.from(random(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Buffer.from(bytes).toString('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)];
  return [...parts, hex.slice(20)].join('-') as ParticipantId;
}

/** The leg that a switch calls us with: the Call-ID of the bridge's orders is its Unique-ID. */
export function legNamed(callId: string | undefined): ParticipantId | undefined {
  return callId !== undefined && isParticipantId(callId) ? callId : undefined;
}
