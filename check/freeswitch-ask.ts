import { setTimeout as pause } from 'node:timers/promises';
import type { EslLink, Reply } from '../bridge/esl.ts';
import { openLink } from '../bridge/modesl.ts';
import type { FreeswitchNode } from '../config.ts';
import { addressTowards, doorsOf } from './doors.ts';
import type { FreeswitchFacts } from './freeswitch-facts.ts';
import { CODECS, COMMANDS, listQuestions, questions } from './freeswitch-facts.ts';
import { sipOptions } from './sip-options.ts';

export interface FreeswitchAsking {
  /** The addresses that calls come from; empty: that of this machine on the way there. */
  readonly gateways: readonly string[];
  readonly publicIp: string;
  /** A prompt's file, absolute. */
  readonly prompt: string;
}

const DEADLINE_MS = 5_000;
const LISTS = [CODECS, COMMANDS];
const SETTLE_MS = 300;
const SETTLE_TRIES = 20;

/** Asks a running FreeSWITCH everything, and changes nothing there. */
export async function askFreeswitch(
  node: FreeswitchNode,
  { gateways: named, publicIp, prompt }: FreeswitchAsking,
): Promise<FreeswitchFacts> {
  const { host, port, sip } = node;
  const own = (await addressTowards(sip.host)) ?? '127.0.0.1';
  const gateways = named.length > 0 ? named : [own];
  const [talk, options, doors] = await Promise.all([
    talkTo(node, { gateways, prompt }),
    sipOptions({ transport: 'udp', ...sip }),
    doorsOf(host, port),
  ]);
  return {
    node: { host, port, sip },
    ...talk,
    options: options?.status,
    gateways,
    publicIp,
    prompt,
    doors,
  };
}

type Talk = Pick<FreeswitchFacts, 'login' | 'answers' | 'nowMs'>;

async function talkTo(
  node: FreeswitchNode,
  { gateways, prompt }: Pick<FreeswitchAsking, 'gateways' | 'prompt'>,
): Promise<Talk> {
  const [link, detail] = await logIn(node);
  if (detail !== undefined)
    return { login: { kind: 'out', detail }, answers: new Map(), nowMs: Date.now() };
  const nowMs = Date.now();
  const first = await askAll(link, questions(prompt));
  const lists = await askAll(link, listQuestions(first, gateways));
  const settled = await askUntilSettled(link, LISTS, first);
  link.close();
  return { login: { kind: 'in' }, answers: new Map([...first, ...lists, ...settled]), nowMs };
}

/** FreeSWITCH fills what `show` lists in the background: young, it tells but a part. */
async function askUntilSettled(
  link: EslLink,
  lines: readonly string[],
  before: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  let [last, next] = [before, before];
  for (let tries = 0; tries < SETTLE_TRIES; tries += 1) {
    await pause(SETTLE_MS);
    [last, next] = [next, await askAll(link, lines)];
    if (lines.every((line) => last.get(line) === next.get(line))) break;
  }
  return next;
}

function logIn(node: FreeswitchNode): Promise<readonly [EslLink, string | undefined]> {
  return new Promise((resolve) => {
    const link = openLink(node, {
      ready: () => resolve([link, undefined]),
      event: () => undefined,
      ended: ({ detail }) => resolve([link, detail]),
    });
  });
}

/** What is not answered, or answered with an error, is left out. */
async function askAll(
  link: EslLink,
  lines: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const replies = await Promise.all(
    lines.map(async (line) => [line, await link.api(line, DEADLINE_MS)] as const),
  );
  return new Map(
    replies.flatMap(([line, reply]) =>
      isAnswer(reply) ? [[line, withoutPassword(reply.text)]] : [],
    ),
  );
}

/** event_socket.conf has it; what is not kept can't be shown. */
function withoutPassword(text: string): string {
  return text.replace(/(<param name="password" value=")[^"]*/g, '$1');
}

function isAnswer(reply: Reply): reply is Extract<Reply, { kind: 'answered' }> {
  return reply.kind === 'answered' && !reply.text.startsWith('-ERR');
}
