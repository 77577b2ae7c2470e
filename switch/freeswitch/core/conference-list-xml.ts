import { urlEncode } from '../../../protocol/esl/url-encode.ts';
import type { Conference, Member, Recording } from './conference.ts';
import { ghostsOf, sizeOf } from './conference.ts';
import { secondsSince } from './conference-list-json.ts';

/** `conference [room] xml_list`, tag for tag as `conference_xlist` writes it. */
export function formatXmlList(rooms: readonly Conference[], nowUs: number): string {
  const inner = rooms.map((room) => roomXml(room, nowUs)).join('');
  if (inner === '') return '<?xml version="1.0"?>\n<conferences></conferences>\n';
  return `<?xml version="1.0"?>\n<conferences>\n${inner}</conferences>\n`;
}

function roomXml(room: Conference, nowUs: number): string {
  const attributes: readonly (readonly [string, string | undefined])[] = [
    ['name', room.name],
    ['member-count', String(sizeOf(room))],
    ['ghost-count', String(ghostsOf(room))],
    ['rate', String(room.rate)],
    ['uuid', room.uuid],
    ['locked', present(room.locked)],
    ['running', 'true'],
    ['answered', present(room.answered)],
    ['enforce_min', present(room.enforceMin)],
    ['dynamic', 'true'],
    ['exit_sound', 'true'],
    ['enter_sound', 'true'],
    ['max_members', room.maxMembers > 0 ? String(room.maxMembers) : undefined],
    ['recording', present(room.recordings.length > 0)],
    ['endconference_grace_time', room.graceSeconds > 0 ? String(room.graceSeconds) : undefined],
    ['run_time', String(secondsSince(room.createdUs, nowUs))],
  ];
  const listed = attributes
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escapeXml(value!)}"`)
    .join('');
  const variables = [...room.variables]
    .map(([name, value]) => `      ${variableXml(name, value)}\n`)
    .join('');
  const members = [
    ...room.recordings.map(recordingXml),
    ...room.members.map((member) => memberXml(room, member, nowUs)),
  ].join('');
  return (
    `  <conference${listed}>\n    ${wrapped('variables', variables)}\n` +
    `    <members>\n${members}    </members>\n  </conference>\n`
  );
}

function memberXml(room: Conference, member: Member, nowUs: number): string {
  const { channel, held, flags } = member;
  const spoke = member.lastTalkingUs;
  const fields: readonly (readonly [string, string])[] = [
    ['uuid', channel.uuid],
    ['caller_id_name', channel.caller.callerIdName],
    ['caller_id_number', channel.caller.callerIdNumber],
    ['join_time', String(secondsSince(member.joinedUs, nowUs))],
    ['last_talking', spoke === 0 ? 'N/A' : String(secondsSince(spoke, nowUs))],
    ['energy', String(member.energyLevel)],
    ['volume_in', String(member.volumeIn)],
    ['volume_out', String(member.volumeOut)],
  ];
  const claims: readonly (readonly [string, boolean])[] = [
    ['can_hear', !held && member.canHear],
    ['can_see', !held],
    ['can_speak', !held && member.canSpeak],
    ['mute_detect', flags.muteDetect],
    ['talking', !held && member.talking],
    ['hold', held],
    ['has_video', false],
    ['video_bridge', false],
    ['has_floor', room.floor === member],
    ['is_moderator', flags.moderator],
    ['end_conference', flags.endconf],
    ['mandatory_member_end_conference', flags.mandatoryEndconf],
    ['is_ghost', flags.ghost],
  ];
  const tags = fields.map(([name, value]) => tag(8, name, urlEncode(value))).join('');
  const flagTags = claims.map(([name, value]) => tag(10, name, String(value))).join('');
  return (
    `      <member type="caller">\n${tag(8, 'id', String(member.id))}` +
    `        <flags>\n${flagTags}        </flags>\n${tags}${tag(8, 'output-volume', String(member.volumeOut))}      </member>\n`
  );
}

function recordingXml(recording: Recording): string {
  const status = recording.state === 'paused' ? ' status="paused"' : '';
  const path = escapeXml(recording.path);
  const since = Math.floor(recording.startedUs / 1e6);
  return (
    `      <member type="recording_node">\n        <record_path${status}>${path}</record_path>\n` +
    `        <join_time type="UNIX-epoch">${since}</join_time>\n      </member>\n`
  );
}

function variableXml(name: string, value: string): string {
  return `<variable name="${escapeXml(name)}" value="${escapeXml(value)}"></variable>`;
}

/** An element without children closes on its own line. */
function wrapped(name: string, inner: string): string {
  return inner === '' ? `<${name}></${name}>` : `<${name}>\n${inner}    </${name}>`;
}

function tag(indent: number, name: string, text: string): string {
  return `${' '.repeat(indent)}<${name}>${text}</${name}>\n`;
}

function present(on: boolean): string | undefined {
  return on ? 'true' : undefined;
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#xA;');
}
