import type { SoftphoneGrant } from '../../protocol/http/views.ts';
import { eventually } from '../support/eventually.ts';
import type { PersonView, Product } from '../support/product.ts';
import { FeedReader } from './feed-reader.ts';
import { People } from './people.ts';
import { onEachProduct } from './products.ts';

const PEOPLE = 100;
const SOCKETS = 50;
const ROUNDS = 10;
/** The API takes a hundred requests a second from one token; unmuting everybody again needs more. */
const MODERATORS = 10;

interface EventsFigure {
  /** Mute events from the switch, each of which reached every socket. */
  readonly events: number;
  readonly sockets: number;
  readonly eventsPerSecond: number;
  readonly deliveriesPerSecond: number;
}

/** Events a second from the switch through to fifty WebSockets: a full room is muted at once. */
export function events(): Promise<{ embedded: EventsFigure; freeswitch?: EventsFigure }> {
  return onEachProduct(measureEvents);
}

async function measureEvents(product: Product): Promise<EventsFigure> {
  const people = await People.join(product, PEOPLE);
  const moderators = await moderatorTokens(product, people);
  const readers = await Promise.all(
    Array.from({ length: SOCKETS }, () => FeedReader.open(product, people.meeting.id)),
  );
  let seconds = 0;
  for (let round = 0; round < ROUNDS; round++) {
    seconds += await muteEverybody(product, people, readers);
    await unmuteEverybody(product, people, moderators);
  }
  for (const reader of readers) reader.close();
  people.leave();
  const total = PEOPLE * ROUNDS;
  return {
    events: total,
    sockets: SOCKETS,
    eventsPerSecond: Math.round(total / seconds),
    deliveriesPerSecond: Math.round((total * SOCKETS) / seconds),
  };
}

/** Seconds from one HTTP request until every socket has shown everybody muted. */
async function muteEverybody(
  product: Product,
  { meeting }: People,
  readers: readonly FeedReader[],
): Promise<number> {
  const everySocket = readers.map((reader) => reader.muted(PEOPLE));
  const startedMs = performance.now();
  await product.api('POST', `/meetings/${meeting.id}/mute-all`, { except: 'none' });
  await Promise.all(everySocket);
  return (performance.now() - startedMs) / 1000;
}

async function unmuteEverybody(
  product: Product,
  { meeting }: People,
  tokens: readonly string[],
): Promise<void> {
  const path = `/api/v1/meetings/${meeting.id}/participants`;
  const list = await product.participants(meeting);
  for (const [at, { id }] of list.entries()) {
    const token = tokens[at % tokens.length] ?? '';
    await patch(`${product.url}${path}/${id}`, token);
  }
  const isOpen = (all: readonly PersonView[]): boolean => all.every(({ muted }) => !muted);
  await eventually('all unmuted', async () => isOpen(await product.participants(meeting)));
}

async function patch(url: string, token: string): Promise<void> {
  const response = await fetch(url, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ muted: false }),
  });
  if (response.status !== 202) throw new Error(`unmute: ${response.status}`);
}

function moderatorTokens(product: Product, { meeting }: People): Promise<string[]> {
  const ticket = meeting.moderatorUrl.split('/').at(-1) ?? '';
  const grants = Array.from({ length: MODERATORS }, (_, at) =>
    product.api<SoftphoneGrant>('POST', `/tickets/${ticket}/softphone`, { name: `Host ${at}` }),
  );
  return Promise.all(grants.map(async (grant) => (await grant).feedToken));
}
