/** 640 ms of 10 ms packets, 1.28 s of 20 ms ones. A power of two. */
export const STORE_SLOTS = 64;
/** What most packets fit in; a slot grows when a larger one comes. */
const SLOT_BYTES = 256;

/** Numbers are extended: they do not wrap. */
export interface StoredPacket {
  readonly sequence: number;
  readonly timestamp: number;
  readonly marker: boolean;
  readonly payload: Uint8Array;
}

interface Slot {
  /** Of the packet that lies here; -1: none. */
  sequence: number;
  timestamp: number;
  marker: boolean;
  bytes: Uint8Array;
  /** The part of `bytes` in use; kept, since most packets of a stream are of one size. */
  payload: Uint8Array;
}

/** Packets by extended sequence number, copied in, allocated once. */
export class PacketStore {
  readonly #slots: readonly Slot[] = Array.from({ length: STORE_SLOTS }, () => {
    const bytes = new Uint8Array(SLOT_BYTES);
    return { sequence: -1, timestamp: 0, marker: false, bytes, payload: bytes };
  });

  /** Copies a packet in; what lay in its place is gone. */
  put(packet: StoredPacket): void {
    const slot = this.#slots[packet.sequence & (STORE_SLOTS - 1)]!;
    const length = packet.payload.length;
    if (length > slot.bytes.length) slot.bytes = new Uint8Array(length);
    slot.bytes.set(packet.payload);
    const fits = slot.payload.length === length && slot.payload.buffer === slot.bytes.buffer;
    if (!fits) slot.payload = slot.bytes.subarray(0, length);
    slot.sequence = packet.sequence;
    slot.timestamp = packet.timestamp;
    slot.marker = packet.marker;
  }

  /** The packet; `undefined` where it is not here. */
  get(sequence: number): StoredPacket | undefined {
    const slot = this.#slots[sequence & (STORE_SLOTS - 1)]!;
    return slot.sequence === sequence ? slot : undefined;
  }

  clear(): void {
    for (const slot of this.#slots) slot.sequence = -1;
  }
}
