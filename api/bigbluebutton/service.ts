import type { Router } from 'express';
import { afterRealTime } from '../../meetings/basics.ts';
import type { ApiParts } from '../parts.ts';
import { Announcer } from './announcer.ts';
import { Courier } from './courier.ts';
import { Errands } from './errands.ts';
import { Hooks } from './hooks.ts';
import { BbbMeetings } from './meetings.ts';
import { callbackSender } from './outward.ts';
import { bigBlueButtonRoutes } from './routes.ts';
import { Shelf } from './shelf.ts';
import { Watch } from './watch.ts';

export interface BigBlueButton {
  readonly routes: Router;
  /** What was begun in the store is done then. */
  stop(): Promise<void>;
}

/** The BigBlueButton API, where the settings have a secret for it. Rejects where the store does. */
export async function startBigBlueButton(parts: ApiParts): Promise<BigBlueButton | undefined> {
  const { bigbluebutton: settings, log, now } = parts;
  if (settings === undefined) return undefined;
  const { secret, store, privateCallbacks, after = afterRealTime } = settings;
  const shelf = new Shelf(store, now);
  const hooks = new Hooks(store);
  const errands = new Errands(log);
  const courier = new Courier({ send: callbackSender(privateCallbacks), after, log });
  const announcer = new Announcer(parts, secret, { shelf, hooks, courier, errands });
  const watch = new Watch(parts, { shelf, announcer, errands, after });
  await hooks.list();
  const unwatch = await watch.start();
  const meetings = new BbbMeetings(parts, shelf);
  return {
    routes: bigBlueButtonRoutes({ parts, shelf, meetings, hooks, watch }, secret),
    stop: () => {
      unwatch();
      courier.stop();
      return errands.done();
    },
  };
}
