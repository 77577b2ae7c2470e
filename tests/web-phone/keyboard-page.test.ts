import { expect, test } from 'vitest';
import { BLUE, redAndBlue, RED } from './support/breakout-shots.ts';
import { openCrowd } from './support/crowd-shots.ts';
import { person, ROOM } from './support/people.ts';
import { heard, useStage, WAIT } from './support/stage.ts';

const stage = useStage();
const mallory = person(80, { name: 'Mallory', state: 'lobby' });
const whom = `/meetings/${ROOM}/participants/${mallory.id}`;
const at = (rest: string): string => `/meetings/${ROOM}${rest}`;

/** What has the focus, as a screen reader names it. */
const focused = () =>
  stage.page.evaluate(() => {
    const { activeElement: element } = document;
    const label =
      element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined;
    return (element?.getAttribute('aria-label') ?? label ?? element?.textContent ?? '').trim();
  });

/** Tab by Tab until that has the focus, as somebody without a mouse gets there. */
async function tabTo(name: string): Promise<void> {
  const passed: string[] = [];
  while (passed.at(-1) !== name) {
    if (passed.length > 80) throw new Error(`Tab never came to ${name}: ${passed.join(' | ')}`);
    await stage.page.keyboard.press('Tab');
    passed.push(await focused());
  }
}

/** To a button, and pressed; what begins with a quote is typed into the field that has the focus. */
async function play(steps: readonly string[]): Promise<void> {
  for (const step of steps) {
    if (step.startsWith('"')) await stage.page.keyboard.type(step.slice(1));
    else {
      await tabTo(step);
      await stage.page.keyboard.press('Enter');
    }
  }
}

/** Where Tab and Enter lead, and what the server hears then. */
const DEEDS = [
  {
    does: 'lets somebody in from the lobby',
    steps: ['Admit Mallory'],
    asks: ['PATCH', whom, { admitted: true }],
  },
  {
    does: 'sends somebody in the lobby away',
    steps: ['Refuse Mallory'],
    asks: ['PATCH', whom, { admitted: false }],
  },
  {
    does: 'calls somebody in',
    steps: ['Call somebody', '"203', 'Call'],
    asks: ['POST', at('/calls'), { number: '203', role: 'participant' }],
  },
  { does: 'locks the room', steps: ['Lock'], asks: ['POST', at('/lock'), { locked: true }] },
  { does: 'records', steps: ['Record'], asks: ['POST', at('/recording'), { action: 'start' }] },
  {
    does: 'plays an announcement',
    steps: ['Announce', 'Play'],
    asks: ['POST', at('/announce'), { sound: 'fire-drill', to: 'everybody' }],
  },
  {
    does: 'opens breakout rooms',
    steps: ['Open breakout rooms', 'Open'],
    asks: ['POST', at('/breakouts'), undefined],
  },
  {
    does: 'ends the meeting',
    steps: ['End meeting', 'End meeting'],
    asks: ['POST', at('/end'), undefined],
  },
] as const;

test.each(DEEDS)('$does, by Tab and Enter', { timeout: 60_000 }, async ({ steps, asks }) => {
  const [method, path, body] = asks;
  stage.server.replies.set('GET /announcements', [200, [{ name: 'fire-drill', seconds: 12 }]]);
  stage.server.replies.set(`${method} ${path}`, [202, { id: person(70).id }]);
  await openCrowd(stage.page, stage.server, 2);
  stage.server.put(ROOM, mallory);
  await stage.page.getByText('Mallory', { exact: true }).waitFor(WAIT);
  await play(steps);
  const said = await heard(stage.server, method, path);
  if (body !== undefined) expect(said).toEqual(body);
});

test('moves somebody to a breakout room and calls all back, by Tab and Enter', async () => {
  const { page, server } = stage;
  const ways = [`/meetings/${ROOM}/breakouts/${BLUE}/move`, at('/breakouts/close')] as const;
  for (const path of ways) server.replies.set(`POST ${path}`, [202, {}]);
  await openCrowd(page, server, 1);
  server.putBreakouts(redAndBlue());
  server.put(RED, person(90, { name: 'Tim' }));
  await page.getByText('Tim', { exact: true }).waitFor(WAIT);
  await play(['Move Tim', redAndBlue().rooms[1]?.name ?? '']);
  expect(await heard(server, 'POST', ways[0])).toEqual({ participants: [person(90).id] });
  await play(['Call all back', 'Call back']);
  expect(await heard(server, 'POST', ways[1])).toEqual({});
}, 60_000);
