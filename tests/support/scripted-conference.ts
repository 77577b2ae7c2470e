/** A member of a scripted conference, as FreeSWITCH keeps it. */
export interface ScriptedMember {
  readonly uuid: string;
  id: number;
  speak: boolean;
  hear: boolean;
  hold: boolean;
  talking: boolean;
  volumeIn: number;
  volumeOut: number;
  moderator: boolean;
  /** By their numbers. */
  readonly unheard: Set<number>;
}

export interface ScriptedConference {
  readonly name: string;
  readonly uuid: string;
  locked: boolean;
  recording: boolean;
  readonly members: ScriptedMember[];
}

/** The headers of a conference event about the room alone. */
export function roomHeaders(conference: ScriptedConference): Record<string, string> {
  return {
    'Event-Subclass': 'conference::maintenance',
    'Conference-Name': conference.name,
    'Conference-Domain': '127.0.0.1',
    'Conference-Size': String(conference.members.length),
    'Conference-Ghosts': '0',
    'Conference-Profile-Name': 'partyline',
    'Conference-Unique-ID': conference.uuid,
  };
}

/** The headers that mod_conference adds for a member. */
export function memberHeaders(member: ScriptedMember): Record<string, string> {
  return {
    'Unique-ID': member.uuid,
    'Caller-Caller-ID-Name': 'Somebody % Else',
    'Caller-Caller-ID-Number': '+100',
    Hear: String(member.hear),
    See: 'true',
    Speak: String(member.speak),
    Talking: String(member.talking),
    'Mute-Detect': 'false',
    Hold: String(member.hold),
    'Member-ID': String(member.id),
    'Member-Type': member.moderator ? 'moderator' : 'member',
    'Member-Ghost': 'false',
    'Energy-Level': '100',
    'Current-Energy': '0',
  };
}

/** `json_list` of one room, newest member first, with what FreeSWITCH hides while one is held. */
export function jsonList(conference: ScriptedConference): string {
  const members = conference.members.toReversed().map((member) => ({
    type: 'caller',
    id: member.id,
    flags: {
      can_hear: !member.hold && member.hear,
      can_see: true,
      can_speak: !member.hold && member.speak,
      hold: member.hold,
      mute_detect: false,
      talking: member.talking,
      is_moderator: member.moderator,
    },
    uuid: member.uuid,
    caller_id_name: 'Somebody % Else',
    caller_id_number: '+100',
    join_time: 3,
    last_talking: 0,
    energy: 100,
    volume_in: member.volumeIn,
    volume_out: member.volumeOut,
    'output-volume': member.volumeOut,
    'input-volume': member.volumeIn,
  }));
  const room = {
    conference_name: conference.name,
    member_count: members.length,
    ghost_count: 0,
    run_time: 5,
    conference_uuid: conference.uuid,
    locked: conference.locked,
    recording: conference.recording,
    variables: {},
    members,
  };
  return JSON.stringify([room]);
}

/** What FreeSWITCH replies to a member command, the event it fires and what it changes. */
export function memberCommand(
  verb: string,
  member: ScriptedMember,
  argument: string,
): { readonly reply: string; readonly action: string; readonly level?: number } | undefined {
  switch (verb) {
    case 'mute':
    case 'unmute':
      member.speak = verb === 'unmute';
      if (verb === 'mute') member.talking = false;
      break;
    case 'deaf':
    case 'undeaf':
      member.hear = verb === 'undeaf';
      break;
    case 'hold':
    case 'unhold':
      member.hold = verb === 'hold';
      break;
    case 'volume_in':
      member.volumeIn = Number(argument);
      return {
        reply: `+OK Volume IN ${member.id} = ${argument}\n`,
        action: 'volume-in-member',
        level: member.volumeIn,
      };
    case 'volume_out':
      member.volumeOut = Number(argument);
      return {
        reply: `+OK Volume OUT ${member.id} = ${argument}\n`,
        action: 'volume-out-member',
        level: member.volumeOut,
      };
    case 'kick':
      return { reply: `+OK kicked ${member.id}\n`, action: 'kick-member' };
    default:
      return undefined;
  }
  return { reply: `+OK ${verb} ${member.id}\n`, action: `${verb}-member` };
}

/** `relate <member> <other> nohear|clear`; clearing wants no other that is there. */
export function relate(
  { members }: ScriptedConference,
  [id, other]: readonly [number, number],
  action: string,
): string {
  const member = members.find((one) => one.id === id);
  const isThere = members.some((one) => one.id === other);
  if (member === undefined || (action !== 'clear' && !isThere))
    return `-ERR relationship ${id}->${other} not found.\n`;
  if (action === 'clear') member.unheard.delete(other);
  else member.unheard.add(other);
  return action === 'clear'
    ? `+OK relationship ${id}->${other} cleared.\n`
    : `+OK ${id}->${other} ${action} set\n`;
}
