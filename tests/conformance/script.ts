import type { Scene } from './scene.ts';
import { causes, hold, silence } from './scenes/causes.ts';
import { echo } from './scenes/echo.ts';
import { errors } from './scenes/errors.ts';
import { keys, memberKeys } from './scenes/keys.ts';
import { flags, moves, plays } from './scenes/members.ts';
import { outbound, refusals } from './scenes/outbound.ts';
import { relations } from './scenes/relations.ts';
import { records } from './scenes/records.ts';
import { rooms } from './scenes/rooms.ts';
import { sounds } from './scenes/sounds.ts';

/**
 * All that the bridge depends on, said to a switch. First what names members by their numbers, which
 * FreeSWITCH counts from its start; then what waits longest.
 */
export const SCRIPT: readonly Scene[] = [
  rooms,
  silence,
  keys,
  sounds,
  plays,
  records,
  flags,
  moves,
  relations,
  memberKeys,
  echo,
  outbound,
  refusals,
  causes,
  hold,
  errors,
];
