import { mosOf } from '../../protocol/rtp/mos.ts';

/** What the browser has counted of a call until now (W3C webrtc-stats). */
export interface LineCount {
  readonly atMs: number;
  readonly codec: string;
  readonly received: number;
  readonly lost: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** Of what arrives here, in ms. */
  readonly jitterMs: number;
  readonly roundTripMs?: number;
  /** Of what we send, as the other side reports it. */
  readonly lostThere?: number;
  readonly sent: number;
  /** How the packets go; absent until that is settled. */
  readonly way?: 'direct' | 'relay';
  readonly transport?: string;
}

/** How the line was between two looks. */
export interface LineNumbers {
  readonly codec: string;
  readonly lossPercent: number;
  readonly lossTherePercent?: number;
  readonly jitterMs: number;
  readonly roundTripMs?: number;
  readonly kbitIn: number;
  readonly kbitOut: number;
  /** ITU-T G.107, of what we hear. */
  readonly mos: number;
  readonly way?: 'direct' | 'relay';
  readonly transport?: string;
}

type Entry = Readonly<Record<string, unknown>>;

/** Picks from a report what counts here; `undefined` while nothing was received. */
export function countOf(report: Iterable<Entry>): LineCount | undefined {
  const entries = [...report];
  const ofType = (type: string) =>
    entries.find((entry) => entry.type === type && entry.kind === 'audio');
  const inbound = ofType('inbound-rtp');
  if (inbound === undefined) return undefined;
  const outbound = ofType('outbound-rtp') ?? {};
  const there = ofType('remote-inbound-rtp') ?? {};
  const pair = pairIn(entries);
  const roundTrip = numberOf(pair, 'currentRoundTripTime') ?? numberOf(there, 'roundTripTime');
  const lostThere = numberOf(there, 'packetsLost');
  return {
    codec: codecIn(entries, inbound),
    ...received(inbound),
    bytesOut: numberOf(outbound, 'bytesSent') ?? 0,
    sent: numberOf(outbound, 'packetsSent') ?? 0,
    ...(roundTrip !== undefined && { roundTripMs: roundTrip * 1000 }),
    ...(lostThere !== undefined && { lostThere }),
    ...wayOf(entries, pair),
  };
}

function received(inbound: Entry) {
  return {
    atMs: numberOf(inbound, 'timestamp') ?? 0,
    received: numberOf(inbound, 'packetsReceived') ?? 0,
    lost: numberOf(inbound, 'packetsLost') ?? 0,
    bytesIn: numberOf(inbound, 'bytesReceived') ?? 0,
    jitterMs: (numberOf(inbound, 'jitter') ?? 0) * 1000,
  };
}

/** The line between two counts; `undefined` where the second is not a later one of the same call. */
export function lineBetween(before: LineCount, after: LineCount): LineNumbers | undefined {
  const ms = after.atMs - before.atMs;
  if (ms <= 0 || after.received < before.received) return undefined;
  const lossPercent = share(after.lost - before.lost, after.received - before.received);
  const { codec, jitterMs, roundTripMs, way, transport } = after;
  return {
    codec,
    lossPercent,
    ...(after.lostThere !== undefined && {
      lossTherePercent: sharesOf(
        after.lostThere - (before.lostThere ?? 0),
        after.sent - before.sent,
      ),
    }),
    jitterMs,
    ...(roundTripMs !== undefined && { roundTripMs }),
    kbitIn: ((after.bytesIn - before.bytesIn) * 8) / ms,
    kbitOut: ((after.bytesOut - before.bytesOut) * 8) / ms,
    mos: mosOf({ lossPercent, jitterMs, roundTripMs }),
    ...(way && { way }),
    ...(transport !== undefined && { transport }),
  };
}

/** Lost of those that came and those that did not, in percent; a duplicate is no gain. */
function share(lost: number, came: number): number {
  return sharesOf(lost, lost + came);
}

function sharesOf(lost: number, all: number): number {
  return all <= 0 ? 0 : Math.min(100, (Math.max(0, lost) / all) * 100);
}

function pairIn(entries: readonly Entry[]): Entry {
  const transport = entries.find(({ type }) => type === 'transport') ?? {};
  const chosen = entries.find(
    ({ id }) => id !== undefined && id === transport.selectedCandidatePairId,
  );
  const nominated = ({ type, nominated: is, state }: Entry) =>
    type === 'candidate-pair' && is === true && state === 'succeeded';
  return chosen ?? entries.find(nominated) ?? {};
}

function wayOf(entries: readonly Entry[], pair: Entry): Pick<LineCount, 'way' | 'transport'> {
  const local = entries.find(({ id }) => id !== undefined && id === pair.localCandidateId);
  if (local === undefined) return {};
  const { candidateType, protocol, relayProtocol } = local;
  const transport = typeof relayProtocol === 'string' ? relayProtocol : protocol;
  return {
    way: candidateType === 'relay' ? 'relay' : 'direct',
    ...(typeof transport === 'string' && { transport: transport.toUpperCase() }),
  };
}

/** `opus` of `audio/opus`. */
function codecIn(entries: readonly Entry[], inbound: Entry): string {
  const codec = entries.find(({ id }) => id !== undefined && id === inbound.codecId);
  const type = codec?.mimeType;
  return typeof type === 'string' ? (type.split('/')[1] ?? type) : '';
}

function numberOf(entry: Entry, name: string): number | undefined {
  const value = entry[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
