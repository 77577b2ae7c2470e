import { BREAKOUT_SHOTS } from './breakout-shots.ts';
import { CALL_SHOTS } from './call-shots.ts';
import { COME_BACK_SHOTS } from './come-back-shots.ts';
import { COMFORT_SHOTS } from './comfort-shots.ts';
import { CROWD_SHOTS } from './crowd-shots.ts';
import { DOOR_SHOTS } from './door-shots.ts';
import { HISTORY_SHOTS } from './history-shots.ts';
import { HOUSE_SHOTS } from './house-shots.ts';
import { LINE_SHOTS } from './line-shots.ts';
import { MODERATION_SHOTS } from './moderation-shots.ts';
import { PEOPLE_SHOTS } from './people-shots.ts';
import { RECORDING_SHOTS } from './recording-shots.ts';
import type { Shot } from './shot.ts';
import { SHOTS } from './shots.ts';
import { SYSTEM_SHOTS } from './system-shots.ts';
import { UPKEEP_SHOTS } from './upkeep-shots.ts';
import { TELEPHONE_SHOTS } from './telephone-shots.ts';

/** Every page and state. */
export const EVERY_SHOT: readonly Shot[] = [
  ...SHOTS,
  ...DOOR_SHOTS,
  ...COME_BACK_SHOTS,
  ...CALL_SHOTS,
  ...MODERATION_SHOTS,
  ...PEOPLE_SHOTS,
  ...HISTORY_SHOTS,
  ...RECORDING_SHOTS,
  ...BREAKOUT_SHOTS,
  ...CROWD_SHOTS,
  ...HOUSE_SHOTS,
  ...TELEPHONE_SHOTS,
  ...SYSTEM_SHOTS,
  ...UPKEEP_SHOTS,
  ...LINE_SHOTS,
  ...COMFORT_SHOTS,
];
