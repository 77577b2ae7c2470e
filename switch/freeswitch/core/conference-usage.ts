/** The syntax that FreeSWITCH prints for each command offered here, in its order. */
const USAGES: readonly (readonly [string, string])[] = [
  ['count', ''],
  ['list', '[delim <string>]|[count]'],
  ['xml_list', ''],
  ['json_list', '[compact]'],
  ['energy', '<member_id|all|last|non_moderator> [<newval>]'],
  ['volume_in', '<member_id|all|last|non_moderator> [<newval>]'],
  ['volume_out', '<member_id|all|last|non_moderator> [<newval>]'],
  ['play', '<file_path> [async|<member_id> [nomux]]'],
  ['stop', '<[current|all|async|last]> [<member_id>]'],
  ['dtmf', '<[member_id|all|last|non_moderator]> <digits>'],
  ['kick', '<[member_id|all|last|non_moderator]> [<optional sound file>]'],
  ['hup', '<[member_id|all|last|non_moderator]>'],
  ['hold', '<[member_id|all]|last|non_moderator> [file]'],
  ['unhold', '<[member_id|all]|last|non_moderator>'],
  ['mute', '<[member_id|all]|last|non_moderator> [<quiet>]'],
  ['tmute', '<[member_id|all]|last|non_moderator> [<quiet>]'],
  ['unmute', '<[member_id|all]|last|non_moderator> [<quiet>]'],
  ['deaf', '<[member_id|all]|last|non_moderator>'],
  ['undeaf', '<[member_id|all]|last|non_moderator>'],
  ['getvar', '<varname>'],
  ['setvar', '<varname> <value>'],
  [
    'relate',
    '<member_id>[,<member_id>] <other_member_id>[,<other_member_id>] [nospeak|nohear|clear]',
  ],
  ['lock', ''],
  ['unlock', ''],
  ['transfer', '<conference_name> <member id> [...<member id>]'],
  ['record', '<filename>'],
  ['chkrecord', '<confname>'],
  ['norecord', '<[filename|all]>'],
  ['recording', '[start|stop|check|pause|resume] [<filename>|all]'],
  ['pin', '<pin#>'],
  ['nopin', ''],
  ['get', '<parameter-name>'],
  [
    'set',
    '<max_members|sound_prefix|caller_id_name|caller_id_number|endconference_grace_time> <value>',
  ],
  ['floor', '<member_id|last>'],
  ['get-uuid', '<member_id|last>'],
];

/** `<command> <syntax>`, without a line's end, as FreeSWITCH answers a command used wrongly. */
export function usageOf(command: string): string {
  const found = USAGES.find(([name]) => name === command);
  return found === undefined ? command : `${found[0]} ${found[1]}`;
}

/** The table that `conference` alone prints. */
export function formatTable(): string {
  return USAGES.map(([name, syntax]) => `<conf name> ${name} ${syntax}\n`).join('');
}

/** What `conference help` prints. */
export function formatHelp(): string {
  const lines = USAGES.map(([name, syntax]) => `\t\t${name}${syntax === '' ? '' : ` ${syntax}`}`);
  return `${lines.join('\n')}\n`;
}
