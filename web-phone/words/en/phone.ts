import { byPhone } from './by-phone.ts';
import { comeBack } from './come-back.ts';
import { devices } from './devices.ts';
import { door } from './door.ts';
import { echoTest } from './echo-test.ts';
import { trouble } from './trouble.ts';

/** What the softphone alone says, a table an area. */
export const phoneWords = { byPhone, comeBack, devices, door, echoTest, trouble };
