import type { Conference, Member, RoomFile } from './conference.ts';
import { fireMember, fireRoom } from './conference-event.ts';
import type { SwitchNode } from './node.ts';
import type { PlayEnded, Playing } from './playing.ts';
import { advance, playedMs, startPlaying, stopPlaying } from './playing.ts';
import { soundAt } from './sound.ts';

/** Which of what plays `conference … stop` means. */
export type StopWhich = 'current' | 'all' | 'async';

/** Plays a sound to the whole room, after what plays already, or `async` beside it. */
export function playToRoom(
  node: SwitchNode,
  conference: Conference,
  file: string,
  async: boolean,
): boolean {
  const sound = soundAt(node, file);
  if (sound === undefined || conference.members.length === 0) return false;
  const start = (): Playing => startPlaying(node, { kind: 'room', room: conference.uuid }, sound);
  const entry: RoomFile = { file, async, start };
  if (async) {
    stopOne(node, conference, conference.asyncFile);
    conference.asyncFile = entry;
    entry.playing = start();
    return true;
  }
  conference.files.push(entry);
  playFirst(conference.files);
  return true;
}

/** Plays a sound to one member alone: over the room's, or in its place. */
export function playToMember(
  node: SwitchNode,
  member: Member,
  { file, replacesRoom = false }: { readonly file: string; readonly replacesRoom?: boolean },
): boolean {
  const sound = soundAt(node, file);
  if (sound === undefined) return false;
  const target = { kind: 'leg', leg: member.channel.uuid } as const;
  const start = (): Playing => startPlaying(node, target, sound, replacesRoom);
  member.files.push({ file, async: false, start });
  playFirst(member.files);
  return true;
}

/** Stops sounds of the room. How many were stopped. */
export function stopRoomFiles(node: SwitchNode, conference: Conference, which: StopWhich): number {
  if (which === 'async') {
    const found = conference.asyncFile;
    conference.asyncFile = undefined;
    stopOne(node, conference, found);
    return found === undefined ? 0 : 1;
  }
  const stopped = conference.files.splice(0, which === 'current' ? 1 : conference.files.length);
  for (const file of stopped) stopOne(node, conference, file);
  playFirst(conference.files);
  return stopped.length;
}

export function stopMemberFiles(
  node: SwitchNode,
  conference: Conference,
  member: Member,
  which: StopWhich = 'all',
): number {
  const stopped = member.files.splice(0, which === 'all' ? member.files.length : 1);
  for (const file of stopped) {
    if (file.playing !== undefined) stopPlaying(node, file.playing);
    fireDone(node, conference, file, member);
  }
  playFirst(member.files);
  return stopped.length;
}

export function stopAllFiles(node: SwitchNode, conference: Conference): void {
  stopRoomFiles(node, conference, 'async');
  stopRoomFiles(node, conference, 'all');
}

/** Takes the end of a source that may belong to this room. True where it did. */
export function onRoomPlayEnded(
  node: SwitchNode,
  conference: Conference,
  ended: PlayEnded,
): boolean {
  if (conference.asyncFile?.playing?.play === ended.play) {
    const file = conference.asyncFile;
    if (advance(node, conference.asyncFile.playing, ended)) {
      conference.asyncFile = undefined;
      fireDone(node, conference, file);
    }
    return true;
  }
  if (endFirst(node, conference.files, ended, (file) => fireDone(node, conference, file))) {
    return true;
  }
  return conference.members.some((member) =>
    endFirst(node, member.files, ended, (file) => fireDone(node, conference, file, member)),
  );
}

function endFirst(
  node: SwitchNode,
  files: RoomFile[],
  ended: PlayEnded,
  done: (file: RoomFile) => void,
): boolean {
  const first = files[0];
  if (first?.playing === undefined || first.playing.play !== ended.play) return false;
  if (advance(node, first.playing, ended)) {
    files.shift();
    done(first);
    playFirst(files);
  }
  return true;
}

function playFirst(files: RoomFile[]): void {
  const first = files[0];
  if (first !== undefined && first.playing === undefined) first.playing = first.start();
}

function stopOne(node: SwitchNode, conference: Conference, file: RoomFile | undefined): void {
  if (file === undefined) return;
  if (file.playing !== undefined) stopPlaying(node, file.playing);
  fireDone(node, conference, file);
}

function fireDone(node: SwitchNode, conference: Conference, file: RoomFile, member?: Member): void {
  const { playing } = file;
  const ms = playing === undefined ? 0 : playedMs(playing);
  const own = [
    { name: 'seconds', value: String(Math.floor(ms / 1000)) },
    { name: 'milliseconds', value: String(ms) },
    { name: 'samples', value: String(playing?.samples ?? 0) },
    { name: 'File', value: file.file },
    ...(file.async ? [{ name: 'Async', value: 'true' }] : []),
  ];
  if (member === undefined) fireRoom(node, conference, 'play-file-done', own);
  else fireMember(node, conference, member, { action: 'play-file-member-done', own });
}
