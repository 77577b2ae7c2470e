import { randomUUID } from 'node:crypto';

/** One leg as a scripted FreeSWITCH keeps it. */
export interface Channel {
  readonly uuid: string;
  readonly variables: Map<string, string>;
  application: string;
  data: string;
  /** `Event-UUID` of the asking. */
  task: string;
  /** The application has not come to its end. */
  running: boolean;
  answered: boolean;
  /** Where FreeSWITCH called it. */
  outbound?: boolean;
  /** As `show channels` has it; a usual call's where absent. */
  callstate?: string;
}

/** A call that came in and was parked by the dialplan, vouched for by the gateway where it says so. */
export function parked(uuid: string, identity: string | undefined): Channel {
  const vouched = identity === undefined ? [] : ([['sip_h_X-Partyline', identity]] as const);
  return {
    uuid,
    variables: new Map(vouched),
    application: 'park',
    data: '',
    task: '',
    running: false,
    answered: false,
  };
}

/** What `originate {variables}sofia/… &park()` makes. */
export function originated(line: string): Channel {
  const [, list = ''] = /^\{(.*)\}sofia\/\S+ &park\(\)$/.exec(line) ?? [];
  const given = list.split(',').map((pair) => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at), pair.slice(at + 1)] as const;
  });
  const variables = new Map<string, string>(given);
  return {
    uuid: variables.get('origination_uuid') ?? randomUUID(),
    variables,
    application: '',
    data: '',
    task: '',
    running: false,
    answered: false,
    outbound: true,
    callstate: 'DOWN',
  };
}

/** The room and the flags in `conference`'s argument. */
export function sentTo(data: string): { readonly room: string; readonly flags: readonly string[] } {
  const [, room = '', flags = ''] = /^([^@+]+)@partyline(?:\+flags\{(.*)\})?$/.exec(data) ?? [];
  return { room, flags: flags.split('|') };
}

/** What every event about it says; of a leg that is gone, what is left to say. */
export function channelHeaders(uuid: string, channel: Channel | undefined): Record<string, string> {
  const variables = [...(channel?.variables ?? [])].map(([name, value]) => [
    `variable_${name}`,
    value,
  ]);
  return {
    'Unique-ID': uuid,
    'Call-Direction': channel?.outbound ? 'outbound' : 'inbound',
    'Answer-State': channel?.answered === true ? 'answered' : 'ringing',
    ...(Object.fromEntries(variables) as Record<string, string>),
  };
}

/** The answer to `show channels as json`. */
export function showChannels(channels: Iterable<Channel>): string {
  const rows = [...channels].map(({ uuid, application, data, ...call }) => ({
    uuid,
    direction: call.outbound ? 'outbound' : 'inbound',
    state: 'CS_EXECUTE',
    callstate: call.callstate ?? (call.answered ? 'ACTIVE' : 'RINGING'),
    application,
    application_data: data,
  }));
  return rows.length === 0 ? '{"row_count":0}\n' : JSON.stringify({ row_count: rows.length, rows });
}
