import { EVERY_SHOT } from '../support/every-shot.ts';
import type { Reply } from '../support/page-server.ts';
import type { Start } from './deed.ts';

/** Begins as one of the scenes does, on a server that also answers this. Whatever else is sent is taken. */
export function from(name: string, replies: Readonly<Record<string, Reply>> = {}): Start {
  return async (page, server) => {
    // Before, for what is asked as the page opens; after, for what the scene answers otherwise.
    for (const [request, reply] of Object.entries(replies)) server.replies.set(request, reply);
    await sceneOf(name).play(page, server);
    for (const [request, reply] of Object.entries(replies)) server.replies.set(request, reply);
    server.otherwise = [202, {}];
  };
}

function sceneOf(name: string) {
  const scene = EVERY_SHOT.find((shot) => shot.name === name);
  if (!scene) throw new Error(`there is no scene ${name}`);
  return scene;
}
