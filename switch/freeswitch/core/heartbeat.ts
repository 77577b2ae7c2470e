import type { SwitchNode } from './node.ts';
import { MAX_SESSIONS, VERSION, formatDuration } from './status-commands.ts';

/** The event HEARTBEAT (switch_core.c). */
export function fireHeartbeat(node: SwitchNode): void {
  const upUs = node.world.nowUs() - node.startedUs;
  const sessions = String(node.channels.size);
  const fields: readonly (readonly [string, string])[] = [
    ['Event-Info', 'System Ready'],
    ['Up-Time', formatDuration(upUs)],
    ['FreeSWITCH-Version', VERSION],
    ['Uptime-msec', String(Math.floor(upUs / 1000))],
    ['Session-Count', sessions],
    ['Max-Sessions', String(MAX_SESSIONS)],
    ['Session-Per-Sec', '30'],
    ['Session-Per-Sec-Last', '0'],
    ['Session-Per-Sec-Max', '0'],
    ['Session-Per-Sec-FiveMin', '0'],
    ['Session-Since-Startup', String(node.sessionsSinceStart)],
    ['Session-Peak-Max', String(node.peakSessions)],
    ['Session-Peak-FiveMin', String(node.peakSessions)],
    ['Idle-CPU', '100.000000'],
  ];
  node.fire(
    'HEARTBEAT',
    fields.map(([name, value]) => ({ name, value })),
  );
}
