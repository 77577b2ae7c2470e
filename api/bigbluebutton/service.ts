import type { Router } from 'express';
import { afterRealTime } from '../../meetings/basics.ts';
import { Leases } from '../../meetings/leases.ts';
import { letters as randomLetters } from '../../meetings/rules/ids.ts';
import type { ApiParts } from '../parts.ts';
import { Announcer } from './announcer.ts';
import { Courier } from './courier.ts';
import { Errands } from './errands.ts';
import { Hooks } from './hooks.ts';
import { Letters } from './letters.ts';
import { BbbMeetings } from './meetings.ts';
import { hearOthers } from './others.ts';
import { callbackSender } from './outward.ts';
import { bigBlueButtonRoutes } from './routes.ts';
import type { BigBlueButtonSettings } from './settings.ts';
import { Shelf } from './shelf.ts';
import { Turn } from './turn.ts';
import { Watch } from './watch.ts';

export interface BigBlueButton {
  readonly routes: Router;
  /** Once others can be told where we are: looks after meetings and callbacks. Rejects where the store does. */
  begin(): Promise<void>;
  /** What was begun in the store is done then; a callback on its way is cut off after a second. */
  stop(): Promise<void>;
}

const STOP_WITHIN_MS = 1_000;

/** The BigBlueButton API, where the settings have a secret for it. */
export function openBigBlueButton(parts: ApiParts): BigBlueButton | undefined {
  const { bigbluebutton: settings, log, now } = parts;
  if (settings === undefined) return undefined;
  const { secret, store, privateCallbacks, after = afterRealTime } = settings;
  const stopped = new AbortController();
  const shelf = new Shelf(store, now);
  const hooks = new Hooks(store);
  const errands = new Errands(log);
  const send = callbackSender(privateCallbacks, { stopped: stopped.signal });
  const courier = new Courier({
    ...{ letters: new Letters(store), send, errands, now, after, log },
    onGivenUp: (id) => announcer.drop(id),
  });
  const announcer = new Announcer(parts, secret, { shelf, hooks, courier, errands });
  const watch = new Watch(parts, { shelf, announcer, errands, after });
  const turns = turnsOf(parts, settings, {
    begin: async () => {
      await hooks.list();
      await courier.start();
      await watch.start();
    },
    end: () => {
      watch.stop();
      courier.stop();
    },
  });
  const deaf = hearOthers(store, { shelf, hooks, watch, errands });
  const meetings = new BbbMeetings(parts, shelf);
  return {
    routes: bigBlueButtonRoutes({ parts, shelf, meetings, hooks, watch }, secret),
    begin: () => turns.start(),
    stop: async () => {
      deaf();
      await turns.stop();
      const patient = after(STOP_WITHIN_MS, () => stopped.abort());
      await errands.done();
      patient();
    },
  };
}

interface Work {
  readonly begin: () => Promise<void>;
  readonly end: () => void;
}

/** Who has the store alone has its turn always. */
function turnsOf(
  { now, random, log }: ApiParts,
  { isShared, store, after = afterRealTime }: BigBlueButtonSettings,
  { begin, end }: Work,
): Pick<Turn, 'start' | 'stop'> {
  if (!isShared) return { start: begin, stop: () => Promise.resolve(end()) };
  const leases = new Leases(store, `bbb.${randomLetters(16, random)}`);
  return new Turn({ leases, now, after, log, begin, end });
}
