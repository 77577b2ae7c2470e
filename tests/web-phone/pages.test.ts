import { expect, test } from 'vitest';
import { person, ROOM } from './support/people.ts';
import { allowJoining, openConsole } from './support/scenes.ts';
import { useStage, WAIT } from './support/stage.ts';

const stage = useStage();

for (const path of ['/join/t1', '/console']) {
  test(`${path} never scrolls sideways from 320 pixels up`, { timeout: 30_000 }, async () => {
    allowJoining(stage.server);
    openConsole(stage.server);
    stage.server.put(
      ROOM,
      person(2, { name: 'A name of quite unreasonable length for a narrow telephone' }),
    );
    await stage.page.goto(
      `${stage.server.url}${path}${path === '/console' ? `#/meetings/${ROOM}` : ''}`,
    );
    await stage.page.getByRole('heading', { name: 'Monday round' }).waitFor(WAIT);
    for (const width of [320, 360, 768, 1440]) {
      await stage.page.setViewportSize({ width, height: 700 });
      const over = await stage.page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(over, `at ${width}`).toBe(0);
    }
  });
}
