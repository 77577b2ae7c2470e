import { isCodec, isParticipantId, isRoomId } from '../protocol/room/room.ts';
import type { ParticipantId } from '../protocol/room/room.ts';
import type { EslEvent, Headers } from './esl.ts';
import { MEMO_VARIABLE } from './memo.ts';
import type { RoundTrip } from './heard.ts';
import type { MemberSeen, RoomLife, Sighting } from './sighting.ts';

/** mod_sofia keeps each `X-` header of an INVITE in a variable of this form. */
export const IDENTITY_VARIABLE = 'sip_h_X-Partyline';

/** What an event says, where it says something to us. The one place that knows the events' words. */
export function fromEsl(event: EslEvent): Sighting | undefined {
  if (event.name === 'CUSTOM')
    return event.headers.get('Event-Subclass') === 'conference::maintenance'
      ? fromConference(event.headers)
      : undefined;
  const leg = legOf(event.headers);
  return leg === undefined ? undefined : fromChannel(event, leg);
}

/** FreeSWITCH says that it stops, before it ends its calls (switch_core.c, switch_core_destroy). */
export function isShutdown(event: EslEvent): boolean {
  return event.name === 'SHUTDOWN';
}

/** `Core-UUID`: which life of the FreeSWITCH process sent the event. */
export function coreOf(event: EslEvent): string | undefined {
  return event.headers.get('Core-UUID');
}

function fromChannel(event: EslEvent, leg: ParticipantId): Sighting | undefined {
  const { headers } = event;
  switch (event.name) {
    case 'CHANNEL_PARK':
      return {
        kind: 'leg-parked',
        leg,
        identity: headers.get(`variable_${IDENTITY_VARIABLE}`) ?? '',
        memo: headers.get(`variable_${MEMO_VARIABLE}`) ?? '',
      };
    case 'CHANNEL_EXECUTE_COMPLETE':
      // An application also ends because the caller hung up; then nothing more can be done.
      if (headers.get('Answer-State') === 'hangup') return undefined;
      return {
        kind: 'leg-did',
        leg,
        application: headers.get('Application') ?? '',
        task: headers.get('Application-UUID') ?? '',
      };
    case 'SEND_RTCP_MESSAGE':
      return receivedOf(leg, headers);
    case 'RECV_RTCP_MESSAGE':
      return { kind: 'leg-measured', leg, trip: tripOf(headers) };
    default:
      return fromCall(event, leg);
  }
}

/** What a leg's far end does. */
function fromCall(event: EslEvent, leg: ParticipantId): Sighting | undefined {
  const { headers } = event;
  switch (event.name) {
    case 'CHANNEL_HANGUP_COMPLETE':
      return { kind: 'leg-hung-up', leg, cause: headers.get('Hangup-Cause') ?? '' };
    case 'DTMF':
      return keyOf(leg, headers.get('DTMF-Digit') ?? '');
    case 'CHANNEL_HOLD':
    case 'CHANNEL_UNHOLD':
      return { kind: 'leg-on-hold', leg, on: event.name === 'CHANNEL_HOLD' };
    case 'CHANNEL_PROGRESS':
    case 'CHANNEL_PROGRESS_MEDIA':
    case 'CHANNEL_ANSWER':
      return calledOf(leg, event);
    default:
      return undefined;
  }
}

/** switch_rtp.c, switch_send_rtcp_event. `Source-Lost` is signed and told as 32 bits without a sign. */
function receivedOf(leg: ParticipantId, headers: Headers): Sighting | undefined {
  const lost = Number(headers.get('Source-Lost')) | 0;
  const highestSequence = Number(headers.get('Source-Highest-Sequence-Number-Received'));
  const jitterTicks = Number(headers.get('Source-Jitter'));
  const ssrc = headers.get('Source-SSRC') ?? '';
  if (!Number.isFinite(highestSequence) || !Number.isFinite(jitterTicks)) return undefined;
  return { kind: 'leg-received', leg, report: { ssrc, lost, highestSequence, jitterTicks } };
}

/** switch_core_media.c, at RECV_RTCP_MESSAGE; the round trip is in seconds, 0 where it is not known. */
function tripOf(headers: Headers): RoundTrip {
  const roundTripMs = Number(headers.get('Rtt0-Avg')) * 1_000;
  const clockHz = Number(headers.get('RTP-Rate'));
  return { ...(roundTripMs > 0 && { roundTripMs }), ...(clockHz > 0 && { clockHz }) };
}

function keyOf(leg: ParticipantId, key: string): Sighting | undefined {
  return /^[0-9*#A-D]$/.test(key) ? { kind: 'key-pressed', leg, key } : undefined;
}

/** How a call of ours fares; of callers' legs we know it, since we answer them. */
function calledOf(leg: ParticipantId, { name, headers }: EslEvent): Sighting | undefined {
  if (headers.get('Call-Direction') !== 'outbound') return undefined;
  return { kind: name === 'CHANNEL_ANSWER' ? 'leg-answered' : 'leg-ringing', leg };
}

/** mod_conference's `Action`s. What is not named here changes nothing that we show. */
function fromConference(headers: Headers): Sighting | undefined {
  const life = lifeOf(headers);
  if (life === undefined) return undefined;
  const at = Number(headers.get('Event-Sequence')) || 0;
  switch (headers.get('Action')) {
    case 'conference-create':
      return { kind: 'room-created', life, at };
    case 'conference-destroy':
      return { kind: 'room-destroyed', life, at };
    case 'lock':
      return { kind: 'lock-seen', life, at, on: true };
    case 'unlock':
      return { kind: 'lock-seen', life, at, on: false };
    case 'start-recording':
      return headers.has('Error') ? undefined : { kind: 'recording-seen', life, at, on: true };
    case 'stop-recording':
      return { kind: 'recording-seen', life, at, on: headers.get('Other-Recordings') === 'true' };
    case 'transfer':
      // The member may have left already when this is told.
      return undefined;
    case 'del-member':
      return goneFrom(headers, life, at);
    default:
      return seenIn(headers, life, at);
  }
}

function goneFrom(headers: Headers, life: RoomLife, at: number): Sighting | undefined {
  const leg = legOf(headers);
  if (leg === undefined) return undefined;
  return { kind: 'member-gone', life, at, leg, size: sizeOf(headers) };
}

/** Every event about a member carries the whole of it, whatever the action was. */
function seenIn(headers: Headers, life: RoomLife, at: number): Sighting | undefined {
  const member = memberOf(headers);
  if (member === undefined) return undefined;
  const action = headers.get('Action');
  const seen = { kind: 'member-seen', life, at, member, size: sizeOf(headers) } as const;
  if (action === 'mute-detect') return { ...seen, joined: false, mutedTalk: true };
  return { ...seen, joined: action === 'add-member' };
}

function memberOf(headers: Headers): MemberSeen | undefined {
  const leg = legOf(headers);
  const memberId = Number(headers.get('Member-ID'));
  if (leg === undefined || !headers.has('Speak') || !isMemberId(memberId)) return undefined;
  const muted = headers.get('Speak') === 'false';
  const held = headers.get('Hold') === 'true';
  return {
    leg,
    memberId,
    muted,
    deaf: headers.get('Hear') === 'false',
    held,
    // No stop-talking comes when a mute or hold cuts somebody off.
    talking: headers.get('Talking') === 'true' && !muted && !held,
    volume: volumeOf(headers),
    ...codecOf(headers),
  };
}

/**
 * switch_channel.c, switch_channel_event_set_basic_data. What is read of a member is mod_conference's own L16,
 * into which it has the call decoded (conference_member.c); what is written to it is the call's codec, both ways.
 */
function codecOf(headers: Headers): Pick<MemberSeen, 'codec'> {
  const codec = `${headers.get('Channel-Write-Codec-Name')}/${headers.get('Channel-Write-Codec-Rate')}`;
  return isCodec(codec) ? { codec } : {};
}

function volumeOf(headers: Headers): MemberSeen['volume'] {
  const level = Number(headers.get('Volume-Level'));
  if (!headers.has('Volume-Level') || !Number.isInteger(level)) return {};
  if (headers.get('Action') === 'volume-in-member') return { in: clampVolume(level) };
  if (headers.get('Action') === 'volume-out-member') return { out: clampVolume(level) };
  return {};
}

/** mod_conference's own bounds. */
export function clampVolume(level: number): number {
  return Math.min(4, Math.max(-4, Math.round(level)));
}

export function isMemberId(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0;
}

function lifeOf(headers: Headers): RoomLife | undefined {
  const room = headers.get('Conference-Name') ?? '';
  const conference = headers.get('Conference-Unique-ID') ?? '';
  return isRoomId(room) && conference !== '' ? { room, conference } : undefined;
}

function legOf(headers: Headers): ParticipantId | undefined {
  const id = headers.get('Unique-ID') ?? '';
  return isParticipantId(id) ? id : undefined;
}

function sizeOf(headers: Headers): number | undefined {
  const size = Number(headers.get('Conference-Size'));
  const ghosts = Number(headers.get('Conference-Ghosts') ?? 0);
  return headers.has('Conference-Size') && Number.isInteger(size)
    ? size + (ghosts || 0)
    : undefined;
}
