import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { isLoopback } from '../../protocol/loopback.ts';
import type { SwitchAddress } from '../switches.ts';
import { plainAddress } from '../trunks/cidr.ts';

/** Whether an address is one of the switches'. */
export type IsSwitch = (address: string) => Promise<boolean>;

/** From the switches' hosts; those by name are looked up each time, since calls out are few. */
export function switchesAt(switches: readonly SwitchAddress[]): IsSwitch {
  return async (address) => {
    const known = await Promise.all(switches.map(({ host }) => addressesOf(host)));
    return comesFrom(address, known.flat(), ownAddresses());
  };
}

/** A switch on this machine may call from any address of the machine. */
export function comesFrom(
  address: string,
  switches: readonly string[],
  own: readonly string[],
): boolean {
  const plain = plainAddress(address);
  if (switches.some((each) => plainAddress(each) === plain)) return true;
  const isNextDoor = switches.some((each) => isLoopback(each) || own.includes(each));
  return isNextDoor && (isLoopback(plain) || own.includes(plain));
}

async function addressesOf(host: string): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host];
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address);
  } catch {
    // A name that does not resolve now names nobody; the pings say that the switch is gone.
    return [];
  }
}

function ownAddresses(): readonly string[] {
  return Object.values(networkInterfaces()).flatMap(
    (each) => each?.map(({ address }) => address) ?? [],
  );
}
