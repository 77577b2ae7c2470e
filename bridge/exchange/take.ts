import { parseIdentity } from '../../protocol/call/identity.ts';
import type { RoomSighting } from '../observe.ts';
import type { Sighting } from '../sighting.ts';
import type { Exchange } from './exchange.ts';

/** Tells the exchange what a leg did. True where nobody else is to hear of it. */
export function takes(
  exchange: Exchange,
  sighting: Exclude<Sighting, RoomSighting>,
  identityKey: Uint8Array,
): boolean {
  const { leg } = sighting;
  if (sighting.kind === 'leg-parked')
    return exchange.parked(leg, parseIdentity(sighting.identity, identityKey));
  if (!exchange.has(leg)) return false;
  switch (sighting.kind) {
    case 'leg-did':
      exchange.did(leg, sighting.application);
      return true;
    case 'key-pressed':
      exchange.pressed(leg, sighting.key);
      return true;
    case 'leg-on-hold':
      exchange.held(leg, sighting.on);
      return true;
    case 'leg-ringing':
      exchange.rings(leg);
      return true;
    case 'leg-hung-up':
      exchange.hungUp(leg, sighting.cause);
      return false;
    default:
      return sighting.kind === 'leg-answered';
  }
}
