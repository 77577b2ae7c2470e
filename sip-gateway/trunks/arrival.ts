import type { SipRequest } from '../../protocol/sip/message.ts';
import type { Trunk, TrunkNumber } from '../../protocol/call/trunk.ts';
import type { Source } from '../leg.ts';
import { addressesIn, countryOfTrunk, numberIn } from './caller.ts';
import { isWithin, plainAddress } from './cidr.ts';
import { isE164 } from '../../protocol/call/e164.ts';

/** What a trunk that registers calls us by: the unguessable user of our Contact, and from where. */
export interface TrunkFlow {
  readonly trunk: string;
  readonly user: string;
  /** Where its registrar answered from; absent until it did. */
  readonly registrar?: Source;
}

/**
 * The trunk that a call comes by, judged by where it comes from and never by what it says of itself.
 * Browsers come by a proxy of ours: a WebSocket's address says nothing.
 */
export function trunkOf(
  call: { readonly user: string; readonly source: Source },
  trunks: readonly Trunk[],
  flows: readonly TrunkFlow[],
): Trunk | undefined {
  const { user, source } = call;
  if (source.transport === 'ws') return undefined;
  const flow = flows.find((each) => each.user === user || isFrom(source, each.registrar));
  const registered = flow && trunks.find(({ name, register }) => register && name === flow.trunk);
  return registered ?? trunks.find(({ addresses }) => isWithin(source.address, addresses));
}

function isFrom(source: Source, registrar: Source | undefined): boolean {
  return (
    registrar !== undefined &&
    source.transport === registrar.transport &&
    source.port === registrar.port &&
    plainAddress(source.address) === plainAddress(registrar.address)
  );
}

/** Where providers write the number that was dialled, the likeliest first. */
const PLACES = ['P-Called-Party-ID', 'To', 'Diversion'];

/**
 * The trunk's number that was dialled, if it was one. A call to our Contact that names no number at
 * all is for the only one there is.
 */
export function dialledNumber(
  call: { readonly user: string; readonly request: SipRequest },
  trunk: Trunk,
  flows: readonly TrunkFlow[],
): TrunkNumber | undefined {
  const { user, request } = call;
  const country = countryOfTrunk(trunk);
  const own = flows.find((flow) => flow.trunk === trunk.name)?.user;
  const isToContact = user === own;
  const uris = PLACES.flatMap((name) => addressesIn(request, name)).map(({ uri }) => uri);
  const written = [...(isToContact ? [] : [`tel:${user}`]), ...uris].map((uri) =>
    numberIn(uri, country),
  );
  const dialled = trunk.numbers.find(
    ({ number }) => written.includes(number) || written.includes(number.slice(1)),
  );
  if (dialled || !isToContact) return dialled;
  const names = written.filter(
    (number) => isE164(number) && number !== numberIn(`tel:${trunk.username ?? ''}`, country),
  );
  return names.length === 0 && trunk.numbers.length === 1 ? trunk.numbers[0] : undefined;
}
