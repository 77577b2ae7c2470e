import { expect, test } from 'vitest';
import { fewAtOnce } from '../../../web-phone/feed/few-at-once.ts';

test('six are under way, the next when one is answered, each once and in order', async () => {
  const asked: number[] = [];
  const answers: (() => void)[] = [];
  const everything = fewAtOnce([...Array(15).keys()], (item) => {
    asked.push(item);
    return new Promise<void>((answered) => answers.push(answered));
  });
  expect(asked).toEqual([0, 1, 2, 3, 4, 5]);
  while (answers.length > 0) {
    const underWay = answers.length;
    answers.shift()?.();
    await Promise.resolve().then(() => undefined);
    expect(underWay).toBeLessThanOrEqual(6);
  }
  await everything;
  expect(asked).toEqual([...Array(15).keys()]);
});

test('nothing to do is done at once', async () => {
  await fewAtOnce([], () => Promise.reject(new Error('nobody was to be asked')));
});
