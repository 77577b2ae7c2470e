import type { MeetingView } from '../../protocol/http/views.ts';
import { EslClient } from './esl-client.ts';
import type { MortalFreeswitch } from './mortal-engines.ts';

async function ask(node: MortalFreeswitch, command: string): Promise<string> {
  const esl = await EslClient.connect(node.eslPort, node.password);
  const answer = await esl.api(command);
  esl.close();
  return answer;
}

/** How many a FreeSWITCH itself has in a meeting's conference. */
export async function membersAt(node: MortalFreeswitch, { id }: MeetingView): Promise<number> {
  const listed = await ask(node, `conference ${id} list count`);
  return /^\d+/.test(listed) ? Number.parseInt(listed, 10) : 0;
}

export async function isLockedAt(node: MortalFreeswitch, { id }: MeetingView): Promise<boolean> {
  return (await ask(node, `conference ${id} xml_list`)).includes('locked="true"');
}
