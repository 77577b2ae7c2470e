import type { Participant } from '../../../protocol/room/room.ts';
import { person } from './people.ts';

const FIRST = ['Ada', 'Grace', 'Alan', 'Hedy', 'Tim', 'Mary', 'José', 'Zoë', '美玲', 'Søren'];
const LAST = ['Lovelace', 'Hopper', 'Turing', 'Kiesler', 'Müller', 'Jackson', 'Núñez', 'Ångström'];

/** So many people, each time the same: a third on the phone, a third muted, a few with a hand up. */
export function crowdOf(count: number): readonly Participant[] {
  const now = Date.now();
  return Array.from({ length: count }, (_, n) => {
    const isPhone = n % 3 === 0;
    const isMuted = n % 3 === 1;
    return person(n + 1, {
      name: nameOf(n),
      via: isPhone ? 'phone' : 'browser',
      ...(isPhone && { number: n % 2 === 0 ? `+49…${1000 + n}` : String(200 + n) }),
      ...(isMuted && { muted: true, mutedBy: MUTED_BY[n % 2] ?? 'self' }),
      ...(n === 0 && { role: 'moderator' as const }),
      ...(n % 40 === 5 && { hand: true, handAtMs: 1_000 + n }),
      ...(n % 12 === 2 && { talking: true }),
      joinedAtMs: now - (count - n) * 7_000,
      codec: isPhone ? 'PCMA/8000' : 'opus/48000',
      ...(n % 4 !== 3 && { quality: QUALITIES[n % 7] ?? QUALITIES[0] }),
    });
  });
}

function nameOf(n: number): string {
  const again = Math.floor(n / (FIRST.length * LAST.length));
  const name = `${FIRST[n % FIRST.length]} ${LAST[Math.floor(n / FIRST.length) % LAST.length]}`;
  return again === 0 ? name : `${name} ${again + 1}`;
}

const MUTED_BY = ['self', 'moderator'] as const;
const QUALITIES = [
  { mos: 4.4, lossPercent: 0, jitterMs: 2, roundTripMs: 18 },
  { mos: 4.2, lossPercent: 0.2, jitterMs: 6, roundTripMs: 40 },
  { mos: 4.3, lossPercent: 0, jitterMs: 4 },
  { mos: 3.7, lossPercent: 1.8, jitterMs: 21, roundTripMs: 95 },
  { mos: 4.1, lossPercent: 0.3, jitterMs: 9, roundTripMs: 33 },
  { mos: 2.9, lossPercent: 6.4, jitterMs: 48, roundTripMs: 210 },
  { mos: 1.9, lossPercent: 17.2, jitterMs: 80, roundTripMs: 320 },
] as const;
