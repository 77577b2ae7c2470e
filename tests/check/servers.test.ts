import { afterEach, expect, test } from 'vitest';
import { isGood } from '../../check/finding.ts';
import type { Finding, Report } from '../../check/finding.ts';
import { reportsOn } from '../../check/servers.ts';
import { sipOptions } from '../../check/sip-options.ts';
import { startDrachtio } from '../../switch/drachtio/drachtio.ts';
import { startEmbeddedFreeswitch } from '../../switch/embedded.ts';
import { freePort } from '../support/free-port.ts';
import { ScriptedFreeSwitch } from '../support/scripted-freeswitch.ts';
import { SipPeer } from '../support/sip-peer.ts';

const SECRET = 'a-drachtio-secret-of-the-tests';
const PASSWORD = 'an-event-socket-password-of-the-tests';

const started: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const undo of started.splice(0).reverse()) await undo();
});

function marked(reports: readonly Report[], mark: Finding['mark']): string[] {
  return reports.flatMap(({ findings }) =>
    findings.filter((each) => each.mark === mark).map(({ what }) => what),
  );
}

async function standIn(host = '127.0.0.1') {
  const sip = { host, port: 0, wsPort: 0 };
  const options = { host: '127.0.0.1', port: 0, secret: SECRET, sip, log: () => undefined };
  const drachtio = await startDrachtio(options);
  started.push(() => drachtio.stop());
  return drachtio;
}

test('the embedded switch tells what it can and nothing that is to be mended', async () => {
  const ports = { first: 40_000, last: 40_099 };
  const embedded = await startEmbeddedFreeswitch({
    ...{ mediaHost: '127.0.0.1', publicHost: '127.0.0.1', rtpPorts: ports },
    log: () => undefined,
  });
  started.push(() => embedded.stop());
  const { port, password, sip } = embedded;
  const FREESWITCH = `esl://:${password}@127.0.0.1:${port}?sip=127.0.0.1:${sip.port}`;
  const reports = await reportsOn('freeswitch', { FREESWITCH });
  expect(marked(reports, 'fault')).toEqual([]);
  expect(marked(reports, 'ok')).toEqual(
    expect.arrayContaining(['event socket', 'password', 'mod_conference', 'SIP', 'calls at once']),
  );
  expect(JSON.stringify(reports)).not.toContain(password);
});

test('the embedded drachtio answers on all of its contacts', async () => {
  const { port } = await standIn();
  const reports = await reportsOn('drachtio', {
    DRACHTIO: `drachtio://:${SECRET}@127.0.0.1:${port}`,
  });
  expect(marked(reports, 'fault')).toEqual([]);
  expect(marked(reports, 'ok')).toEqual(
    expect.arrayContaining(['secret', 'SIP over UDP', 'SIP over TCP', 'SIP over WS']),
  );
  expect(JSON.stringify(reports)).not.toContain(SECRET);
});

test('a wrong secret is the one thing that drachtio’s report has to mend', async () => {
  const { port } = await standIn();
  const reports = await reportsOn('drachtio', {
    DRACHTIO: `drachtio://:another-${SECRET}@127.0.0.1:${port}`,
  });
  expect(marked(reports, 'fault')).toEqual(['secret']);
});

test('servers that are away are told as such', async () => {
  const port = await freePort();
  const FREESWITCH = `esl://:${PASSWORD}@127.0.0.1:${port}?sip=127.0.0.1:${port}`;
  expect(marked(await reportsOn('freeswitch', { FREESWITCH }), 'fault')).toEqual(['event socket']);
  const DRACHTIO = `drachtio://:${SECRET}@127.0.0.1:${port}`;
  expect(marked(await reportsOn('drachtio', { DRACHTIO }), 'fault')).toEqual([
    'port for applications',
  ]);
});

test('settings that are missing, weak or wrong are findings, and no secret is in them', async () => {
  expect(marked(await reportsOn('freeswitch', {}), 'fault')).toEqual(['FREESWITCH']);
  expect(marked(await reportsOn('drachtio', {}), 'fault')).toEqual(['DRACHTIO']);
  const env = {
    FREESWITCH: 'esl://:hunter2@127.0.0.1:8021?sip=127.0.0.1:5080',
    DRACHTIO: 'drachtio://:cymru@127.0.0.1',
  };
  const reports = await reportsOn('freeswitch', env);
  expect(marked(reports, 'fault').toSorted()).toEqual(['DRACHTIO', 'FREESWITCH']);
  expect(JSON.stringify(reports)).not.toMatch(/hunter2|cymru/);
  expect(isGood(reports)).toBe(false);
});

/** What a scripted FreeSWITCH is asked and found to be, that says `text` for one configuration. */
async function asked(configuration: string, text: string, more: Record<string, string> = {}) {
  const freeswitch = new ScriptedFreeSwitch();
  freeswitch.wire.password = PASSWORD;
  const question = `xml_locate configuration configuration name ${configuration}.conf`;
  freeswitch.instead.set(question, () => text);
  await freeswitch.wire.listen();
  started.push(() => freeswitch.wire.close());
  const sip = await SipPeer.udp(freeswitch.wire.port);
  sip.onRequest = (request) => void sip.answer(request, 200);
  started.push(() => sip.close());
  const FREESWITCH = `esl://:${PASSWORD}@127.0.0.1:${freeswitch.wire.port}?sip=${sip.host}`;
  const reports = await reportsOn('freeswitch', { FREESWITCH, ...more });
  return { reports, questions: freeswitch.heard };
}

test('what FreeSWITCH says of its own password is not kept', async () => {
  const { reports } = await asked(
    'event_socket',
    `<configuration name="event_socket.conf"><settings><param name="password" value="${PASSWORD}"></param></settings></configuration>`,
  );
  expect(marked(reports, 'ok')).toContain('event socket’s address');
  expect(JSON.stringify(reports)).not.toContain(PASSWORD);
});

test('the access list is asked for the address that drachtio calls from, and no list that is no name', async () => {
  const { port } = await standIn('127.0.0.2');
  const list = (name: string) => `<param name="apply-inbound-acl" value="${name}"></param>`;
  const { questions } = await asked(
    'sofia',
    `<configuration name="sofia.conf"><profiles><profile name="partyline">${list('callers:a:b')}${list('x y')}</profile></profiles></configuration>`,
    { DRACHTIO: `drachtio://:${SECRET}@127.0.0.1:${port}` },
  );
  expect(questions.filter((line) => line.startsWith('acl '))).toEqual([
    'acl 127.0.0.2 callers',
    'acl 203.0.113.77 callers',
    'acl 198.51.100.77 callers',
  ]);
});

test('a SIP port that is silent, or no SIP, gives no answer', async () => {
  const port = await freePort();
  for (const transport of ['udp', 'tcp', 'tls', 'ws'] as const)
    expect(await sipOptions({ transport, host: '127.0.0.1', port }, 200)).toBeUndefined();
  const { port: admin } = await standIn();
  expect(
    await sipOptions({ transport: 'tls', host: '127.0.0.1', port: admin }, 300),
  ).toBeUndefined();
});
