import { spawnSync } from 'node:child_process';

/** Where a real server's program is, if this machine has one. */
export function realServer(variable: 'FREESWITCH_BIN' | 'DRACHTIO_BIN', name: string): string {
  const named = process.env[variable];
  if (named !== undefined && named !== '') return named;
  return spawnSync('sh', ['-c', 'command -v "$0"', name]).stdout.toString().trim();
}

/** One line for the report: which engines this run has. */
export function engines(): string {
  const freeswitch = realServer('FREESWITCH_BIN', 'freeswitch') || 'none';
  const drachtio = realServer('DRACHTIO_BIN', 'drachtio') || 'none';
  return `Engines: embedded switch; real FreeSWITCH: ${freeswitch}; real drachtio-server: ${drachtio}`;
}
