import { effect } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { ParticipantId } from '../../protocol/room/room.ts';
import { fewAtOnce } from '../feed/few-at-once.ts';
import { request } from '../feed/request.ts';
import type { FeedState } from '../feed/state.ts';
import { toHttp } from '../feed/to-http.ts';
import { GIVE_UP_MS } from '../feed/wish.ts';
import type { PersonWish } from '../feed/wish.ts';
import { isSettled, resultOf } from './bulk.ts';
import type { BulkResult, Reply } from './bulk.ts';

type Replies = Map<ParticipantId, Reply>;

/**
 * Asks for all of it, six at a time (moving is one request), and waits until the feed shows it, 5 s
 * at most after the last answer. `onProgress` hears how many were answered.
 */
export async function runBulk(
  wishes: readonly PersonWish[],
  feed: ReadonlySignal<FeedState>,
  onProgress: (answered: number) => void,
): Promise<BulkResult> {
  const replies: Replies = new Map();
  if (wishes[0]?.kind === 'move') await sendTogether(wishes, wishes[0], replies);
  else await sendEach(wishes, replies, onProgress);
  await until(feed, (facts) => isSettled(wishes, replies, facts));
  return resultOf(wishes, replies, feed.peek());
}

async function sendEach(
  wishes: readonly PersonWish[],
  replies: Replies,
  onProgress: (answered: number) => void,
): Promise<void> {
  await fewAtOnce(wishes, async (wish) => {
    replies.set(wish.id, await send(wish));
    onProgress(replies.size);
  });
}

async function sendTogether(
  wishes: readonly PersonWish[],
  first: PersonWish,
  replies: Replies,
): Promise<void> {
  const body = { participants: wishes.map(({ id }) => id) };
  const answer = await request<unknown>({ ...toHttp(first), body });
  for (const { id } of wishes) replies.set(id, answer.ok ? 'taken' : 'refused');
}

async function send(wish: PersonWish): Promise<Reply> {
  const answer = await request<unknown>(toHttp(wish));
  if (answer.ok) return 'taken';
  return answer.problem.status === 404 ? 'gone' : 'refused';
}

/** Until it holds, or 5 s are over. */
function until(
  feed: ReadonlySignal<FeedState>,
  holds: (facts: FeedState) => boolean,
): Promise<void> {
  return new Promise((done) => {
    let stop: (() => void) | undefined = undefined;
    const finish = (): void => {
      clearTimeout(timer);
      queueMicrotask(() => stop?.());
      done();
    };
    const timer = setTimeout(finish, GIVE_UP_MS);
    stop = effect(() => {
      if (holds(feed.value)) finish();
    });
  });
}
