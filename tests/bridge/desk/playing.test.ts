import { describe, expect, test } from 'vitest';
import {
  NEW_CALL,
  done,
  foundAgain,
  hush,
  parkedAgain,
  start,
} from '../../../bridge/desk/playing.ts';
import type { Order, Playing, Task } from '../../../bridge/desk/playing.ts';
import { room } from '../../support/dialogue-script.ts';

const SAY: Task = { kind: 'say', sayings: [{ kind: 'goodbye' }] };
const MUSIC: Task = { kind: 'music' };
const RECORD: Task = { kind: 'record' };
const JOIN: Task = {
  kind: 'join',
  room,
  entry: { role: 'participant', muted: false, detect: true },
};

type Move = Task | 'hush' | 'found' | number;

/** What FreeSWITCH is told; `(…)` is what is told to have ended. A number is the end of that task. */
function leg(...moves: readonly Move[]): string[] {
  let playing: Playing = NEW_CALL;
  const told: string[] = [];
  for (const move of moves) {
    let orders: readonly Order[];
    let ended: Task | undefined;
    if (typeof move === 'number') [playing, orders, ended] = done(playing, move);
    else if (move === 'hush') [playing, orders] = hush(playing);
    else if (move === 'found') [playing, orders] = foundAgain(playing);
    else [playing, orders] = start(playing, move);
    told.push(...orders.map((order) => (order.kind === 'run' ? order.task.kind : 'break')));
    if (ended !== undefined) told.push(`(${ended.kind})`);
  }
  return told;
}

describe('a leg outside a room does one thing at a time', () => {
  test.each<[string, readonly Move[], readonly string[]]>([
    ['words wait until the call is answered', [SAY], ['answer']],
    ['words follow the answering', [SAY, 1], ['answer', 'say']],
    ['the end of words is told', [SAY, 1, 2], ['answer', 'say', '(say)']],
    ['a room is entered in the breath of the answering', [JOIN], ['answer', 'join']],
    ['the end of an old task changes nothing', [SAY, 1, 1, 7], ['answer', 'say']],
    ['new words cut old ones off first', [SAY, 1, SAY], ['answer', 'say', 'break']],
    ['and follow when those are over', [SAY, 1, SAY, 2], ['answer', 'say', 'break', 'say']],
    [
      'the newest of what waits is done',
      [SAY, 1, SAY, MUSIC, 2],
      ['answer', 'say', 'break', 'music'],
    ],
    ['cutting off twice is once', [SAY, 1, 'hush', 'hush'], ['answer', 'say', 'break']],
    ['words cut off by silence end too', [SAY, 1, 'hush', 2], ['answer', 'say', 'break', '(say)']],
    ['silence takes back what waits', [SAY, 'hush', 1], ['answer', '(answer)']],
    ['nothing is cut off where nothing plays', ['hush'], []],
    ['an entering is not cut off', [JOIN, SAY], ['answer', 'join']],
    ['a recording is cut off', [RECORD, 1, 'hush', 2], ['answer', 'record', 'break', '(record)']],
    ['music ends to be played again', [MUSIC, 1, 2], ['answer', 'music', '(music)']],
    ['music that was silenced stays so', [MUSIC, 1, 'hush', 2], ['answer', 'music', 'break']],
    ['music gives way to the room', [MUSIC, 1, JOIN, 2], ['answer', 'music', 'break', 'join']],
    ['what ran before us ends first', ['found', SAY], ['break']],
    ['then the leg is answered for certain', ['found', SAY, 1, 2], ['break', 'answer', 'say']],
    ['nothing waits after what ran before us', ['found', 1], ['break', '(former)']],
  ])('%s', (_, moves, told) => {
    expect(leg(...moves)).toEqual(told);
  });

  test('numbers its tasks anew for ever, also after a room', () => {
    const [inside] = start(NEW_CALL, JOIN);
    const parked = parkedAgain(inside);
    const [, orders] = start(parked, SAY);
    expect(orders).toEqual([{ kind: 'run', id: 3, task: SAY }]);
  });
});
