import { pressed } from './app-engine.ts';
import type { ApiCommand } from './api-command.ts';
import type { Channel } from './channel.ts';
import { fireChannel } from './channel-event.ts';
import type { SwitchNode } from './node.ts';
import { startPlaying, stopPlaying } from './playing.ts';
import { separateString } from './separate-string.ts';
import { soundAt } from './sound.ts';

/** FreeSWITCH's default, and its keys (switch_channel_queue_dtmf_string). */
const KEY_MS = 250;
const KEYS = /^[0-9A-D*#]$/i;

/** Commands about what a leg hears and says (mod_commands.c). */
export const LEG_COMMANDS: Readonly<Record<string, ApiCommand>> = {
  /** Lays a sound over what the leg hears: for so many seconds, or until it is stopped. */
  uuid_displace({ node }, args) {
    const [uuid, action, path, limit] = separateString(args, 5);
    const usage = '-USAGE: <uuid> [start|stop] <path> [<limit>] [mux]\n';
    if (uuid === undefined || action === undefined || path === undefined) return usage;
    const channel = node.channels.get(uuid);
    if (channel === undefined) return '-ERR Cannot locate session!\n';
    switch (action.toLowerCase()) {
      case 'start':
        return displace(node, channel, path, Number.parseInt(limit ?? '', 10) || 0);
      case 'stop':
        return stopDisplacing(node, channel, path)
          ? '+OK Success\n'
          : '-ERR Cannot stop displace session!\n';
      default:
        return usage;
    }
  },

  /** Keys as though the peer had pressed them. */
  uuid_recv_dtmf({ node, later }, args) {
    const [uuid, digits] = separateString(args, 2);
    if (uuid === undefined || digits === undefined) return '-USAGE: <uuid> <dtmf_data>\n';
    const channel = node.channels.get(uuid);
    if (channel === undefined) return '-ERR Cannot locate session!\n';
    const keys = [...digits.replace(/@.*$/, '')].filter((each) => KEYS.test(each));
    later(() => {
      for (const digit of keys)
        pressed(node, channel, { digit: digit.toUpperCase(), durationMs: KEY_MS, source: 'APP' });
    });
    return `+OK ${uuid} received DTMF ${digits}.\n`;
  },
};

/** The limit of a displacement ran out, where the timer is one. */
export function onDisplaceTimer(node: SwitchNode, timer: string): void {
  const [kind, uuid = '', play = ''] = timer.split(' ');
  const channel = kind === 'displace' ? node.channels.get(uuid) : undefined;
  for (const [path, playing] of channel?.displaced ?? [])
    if (channel !== undefined && playing.play === play) stopDisplacing(node, channel, path);
}

function displace(node: SwitchNode, channel: Channel, path: string, seconds: number): string {
  const sound = soundAt(node, path);
  if (sound === undefined || channel.media.kind !== 'ready' || channel.displaced.has(path))
    return '-ERR Cannot displace session!\n';
  const playing = startPlaying(node, { kind: 'leg', leg: channel.uuid }, sound);
  channel.displaced.set(path, playing);
  fireChannel(node, 'MEDIA_BUG_START', channel, bugHeaders(path));
  if (seconds > 0) node.after(`displace ${channel.uuid} ${playing.play}`, seconds * 1000);
  return '+OK Success\n';
}

function stopDisplacing(node: SwitchNode, channel: Channel, path: string): boolean {
  const playing = channel.displaced.get(path);
  if (playing === undefined) return false;
  channel.displaced.delete(path);
  stopPlaying(node, playing);
  fireChannel(node, 'MEDIA_BUG_STOP', channel, bugHeaders(path));
  return true;
}

function bugHeaders(path: string) {
  return [
    { name: 'Media-Bug-Function', value: 'displace' },
    { name: 'Media-Bug-Target', value: path },
  ];
}
