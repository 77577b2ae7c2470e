import { connect } from 'node:net';
import type { DrachtioServer } from '../config.ts';
import { DrachtioProtocolError, FrameDecoder, formatFrame } from '../protocol/drachtio/frame.ts';
import { doorsOf } from './doors.ts';
import type { DrachtioFacts, DrachtioLogin } from './drachtio-facts.ts';
import { readWelcome } from './drachtio-facts.ts';
import { sipOptions } from './sip-options.ts';

const DEADLINE_MS = 3_000;
/** What drachtio-server takes where nobody sets a secret, and its examples do. */
const KNOWN = ['admin', 'cymru'];

/** Asks a running drachtio-server everything. It takes no calls meanwhile: it routes nothing to us. */
export async function askDrachtio(server: DrachtioServer): Promise<DrachtioFacts> {
  const { host, port } = server;
  const login = await present(server);
  const contacts = login.kind === 'in' ? login.contacts : [];
  const [answers, doors] = await Promise.all([
    Promise.all(contacts.map(async (contact) => [contact, await sipOptions(contact)] as const)),
    doorsOf(host, port),
  ]);
  return { host, port, login, answers: new Map(answers), doors, nowMs: Date.now() };
}

/** Presents the secret; where it is refused, those that everybody knows as well. */
export async function present(server: DrachtioServer): Promise<DrachtioLogin> {
  const login = await authenticate(server);
  if (login.kind !== 'refused') return login;
  for (const secret of KNOWN) {
    const other = await authenticate({ ...server, secret });
    if (other.kind === 'in') return { kind: 'refused', known: true };
  }
  return login;
}

function authenticate({ host, port, secret }: DrachtioServer): Promise<DrachtioLogin> {
  return new Promise((resolve) => {
    const socket = connect(port, host.replace(/^\[|\]$/g, ''));
    const decoder = new FrameDecoder();
    const finish = (login: DrachtioLogin): void => {
      clearTimeout(deadline);
      socket.destroy();
      resolve(login);
    };
    const lose = (detail: string): void => finish({ kind: 'lost', detail });
    const deadline = setTimeout(() => lose('no answer within 3 seconds'), DEADLINE_MS);
    socket.on('connect', () => socket.write(formatFrame(`1|authenticate|${secret}|`)));
    socket.on('error', ({ message }) => lose(message));
    socket.on('close', () => lose('the connection was closed'));
    socket.on('data', (chunk) => {
      try {
        const [answer] = decoder.push(chunk);
        if (answer !== undefined) finish(readWelcome(answer) ?? { kind: 'refused', known: false });
      } catch (error) {
        if (!(error instanceof DrachtioProtocolError)) throw error;
        lose('what answers does not speak drachtio-server’s protocol');
      }
    });
  });
}
