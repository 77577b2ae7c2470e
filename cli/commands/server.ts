import { reportsOn } from '../../check/servers.ts';
import type { Command, Context, Shown } from '../command.ts';
import { text, UsageError, word } from '../command.ts';
import { doctor } from '../doctor/doctor.ts';
import { withoutSecrets } from '../secrets.ts';
import { readiness } from '../readiness.ts';

export const SERVER_COMMANDS: readonly Command[] = [
  {
    name: 'status',
    summary: 'Whether calls can be taken, and what is going on',
    words: [],
    run: status,
  },
  {
    name: 'system',
    summary: 'How the running server and all that it stands on are, and what is to be mended',
    words: [],
    run: system,
  },
  {
    name: 'check',
    summary: 'Look at the running FreeSWITCH or drachtio that the settings name',
    words: ['SERVER'],
    run: async ({ words: [server], env }) => {
      if (server !== 'freeswitch' && server !== 'drachtio')
        throw new UsageError('SERVER is freeswitch or drachtio.');
      return { kind: 'reports', value: await reportsOn(server, env) };
    },
  },
  {
    name: 'doctor',
    summary: 'Look at everything here: settings, engines, ports, certificate, clock, disk, prompts',
    words: [],
    run: async (context) => ({ kind: 'reports', value: await doctor(context) }),
  },
  {
    name: 'events',
    summary: 'Follow what happens, until Ctrl+C',
    words: ['MEETING?'],
    flags: { from: { type: 'string', value: 'N', meaning: 'begin with event N' } },
    run: events,
  },
];

async function status(context: Context): Promise<Shown> {
  const client = context.connect();
  const ready = await readiness(context.server, client);
  let [open, people] = [0, 0];
  for await (const { participants } of client.meetings.each({ state: 'open' })) {
    open += 1;
    people += participants;
  }
  const alarms = (await client.house.alarms()).length;
  const value = { server: context.server, ...ready, openMeetings: open, people, alarms };
  return { kind: 'facts', value };
}

/** Ends with 1 where something does not work; `--json` has the facts too. */
async function system(context: Context): Promise<Shown> {
  const { findings, ...facts } = await context.connect().house.system();
  const report = {
    server: context.server,
    findings: findings.map(({ kind, mark, found, remedy }) => ({
      mark,
      what: kind,
      found,
      ...(remedy !== undefined && { remedy }),
    })),
    facts,
  };
  return { kind: 'reports', value: [report] };
}

async function events(context: Context): Promise<undefined> {
  const { signal } = context;
  const [meeting, from] = [word(context, 0), text(context, 'from')];
  if (from !== undefined && !/^\d{1,15}$/.test(from)) throw new UsageError('--from is a number.');
  const wanted = {
    signal,
    ...(meeting !== '' && { meeting }),
    ...(from !== undefined && { from: Number(from) }),
  };
  const client = context.connect();
  // A refused handshake says nothing: ask first whether the key opens anything.
  await client.house.session();
  for await (const message of client.events(wanted)) {
    const shown = withoutSecrets(message) as { kind: string; seq: number };
    const { kind, seq, ...rest } = shown;
    context.tell(shown, `${seq} ${kind} ${JSON.stringify(rest)}`);
  }
  return undefined;
}
