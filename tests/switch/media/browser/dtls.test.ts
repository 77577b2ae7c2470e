import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { Fingerprint } from '../../../../protocol/sdp/agreement.ts';
import { createDtlsIdentity, DtlsAssociation } from '../../../../switch/media/browser/dtls.ts';
import type { DtlsIdentity } from '../../../../switch/media/browser/dtls.ts';
import { splitRecords } from '../../../../switch/media/browser/dtls-record.ts';
import type { SrtpMaster } from '../../../../switch/media/browser/srtp-keys.ts';
import { SrtpReceiver, SrtpSender } from '../../../../switch/media/browser/srtp.ts';

interface Keys {
  readonly local: SrtpMaster;
  readonly remote: SrtpMaster;
}
type Outcome = { readonly keys: Keys } | { readonly end: string };

/** One end of a wire whose datagrams a test may look at, change or drop. */
class End {
  readonly association: DtlsAssociation;
  readonly outcome: Promise<Outcome>;
  readonly closed: Promise<string>;
  readonly sent: Buffer[] = [];
  deliver: (datagram: Buffer) => void = () => undefined;

  constructor(role: 'client' | 'server', identity: DtlsIdentity, fingerprint: Fingerprint) {
    let settle: (outcome: Outcome) => void = () => undefined;
    let close: (why: string) => void = () => undefined;
    this.outcome = new Promise((resolve) => (settle = resolve));
    this.closed = new Promise((resolve) => (close = resolve));
    this.association = new DtlsAssociation(
      { role, identity, fingerprints: [fingerprint] },
      {
        send: (datagram) => {
          const bytes = Buffer.from(datagram);
          this.sent.push(bytes);
          setImmediate(() => this.deliver(bytes));
        },
        onKeys: (keys) => settle({ keys }),
        onEnd: (why) => {
          settle({ end: why });
          close(why);
        },
      },
    );
  }
}

let alice: DtlsIdentity;
let bob: DtlsIdentity;
beforeAll(async () => {
  [alice, bob] = await Promise.all([createDtlsIdentity(), createDtlsIdentity()]);
});

function wire(server: End, client: End): void {
  server.deliver = (bytes) => client.association.receive(bytes);
  client.deliver = (bytes) => server.association.receive(bytes);
  client.association.start();
}

function pair(): [server: End, client: End] {
  return [new End('server', alice, bob.fingerprint), new End('client', bob, alice.fingerprint)];
}

async function keysOf(end: End): Promise<Keys> {
  const outcome = await end.outcome;
  if (!('keys' in outcome)) throw new Error(outcome.end);
  return outcome.keys;
}

test('both ends get keys with which each opens what the other sealed', async () => {
  const [server, client] = pair();
  wire(server, client);
  const [ours, theirs] = await Promise.all([keysOf(server), keysOf(client)]);
  const packet = Buffer.from('800f1234decafbadcafebabe00112233', 'hex');
  const there = new SrtpSender(ours.local).protectRtp(packet);
  expect(new SrtpReceiver(theirs.remote).unprotectRtp(there)).toEqual(packet);
  const back = new SrtpSender(theirs.local).protectRtp(packet);
  expect(new SrtpReceiver(ours.remote).unprotectRtp(back)).toEqual(packet);
});

test('a client with another certificate than its SDP says gets no keys', async () => {
  const server = new End('server', alice, alice.fingerprint);
  wire(server, new End('client', bob, alice.fingerprint));
  expect(await server.outcome).toEqual({ end: 'unproven' });
});

test('a server with another certificate than its SDP says gets no keys', async () => {
  const client = new End('client', bob, bob.fingerprint);
  wire(new End('server', alice, bob.fingerprint), client);
  expect(await client.outcome).toEqual({ end: 'unproven' });
});

test("a client that shows somebody else's certificate without its key gets no keys", async () => {
  const thief: DtlsIdentity = { ...alice, certPem: bob.certPem };
  const server = new End('server', alice, bob.fingerprint);
  wire(server, new End('client', thief, alice.fingerprint));
  expect(await server.outcome).toEqual({ end: 'unproven' });
});

test("a server that shows somebody else's certificate without its key gets no keys", async () => {
  const thief: DtlsIdentity = { ...bob, certPem: alice.certPem };
  const client = new End('client', bob, alice.fingerprint);
  wire(new End('server', thief, bob.fingerprint), client);
  expect(await client.outcome).toEqual({ end: 'unproven' });
});

test('a goodbye is heard at once', async () => {
  const [server, client] = pair();
  wire(server, client);
  await Promise.all([keysOf(server), keysOf(client)]);
  client.association.close();
  expect(await server.closed).toBe('closed');
});

test('goodbyes and new hellos in the clear mean nothing to a proven association', async () => {
  const [server, client] = pair();
  wire(server, client);
  await Promise.all([keysOf(server), keysOf(client)]);
  const hello = client.sent[0] ?? Buffer.alloc(0);
  const count = server.sent.length;
  server.association.receive(hello);
  server.association.receive(Buffer.from('15fefd000000000000000900020100', 'hex'));
  server.association.receive(Buffer.from('15fefd000100000000000900020100', 'hex'));
  client.association.close();
  expect(await server.closed).toBe('closed');
  expect(server.sent.length).toBe(count);
});

test('records split a datagram and survive 20000 random ones', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const total = splitRecords(bytes).reduce((sum, record) => sum + record.bytes.length, 0);
      expect(total).toBeLessThanOrEqual(bytes.length);
    }),
    { numRuns: 20_000, seed: 6347 },
  );
});

test('a handshake amid 500 junk datagrams still ends in keys', async () => {
  const [server, client] = pair();
  const junk = fc.sample(fc.uint8Array({ minLength: 14, maxLength: 90 }), {
    seed: 9147,
    numRuns: 500,
  });
  for (const bytes of junk) server.association.receive(Buffer.concat([Buffer.from([22]), bytes]));
  wire(server, client);
  await Promise.all([keysOf(server), keysOf(client)]);
});
