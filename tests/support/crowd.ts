import type { MeetingView } from '../../protocol/http/views.ts';
import { eventually } from './eventually.ts';
import type { FaultStage } from './fault-stage.ts';
import type { Fault } from './faults.ts';
import type { PersonView, Product } from './product.ts';
import { Talker } from './talker.ts';

const INSIDE = ['anna', 'bert', 'carl', 'fred', 'gina', 'hugo'] as const;
const WAITING = 'emil';

/** What is noted of those whom nothing befalls while something is away. */
export const NOTED: readonly Row[] = [
  { name: 'anna', state: 'joined', muted: true, mutedBy: 'moderator', hand: true },
  { name: 'carl', state: 'joined', muted: true, mutedBy: 'self', hand: false },
  { name: 'Emil Eder', state: 'lobby', muted: false, hand: true },
];

export type Row = Pick<PersonView, 'name' | 'state' | 'muted'> & Partial<PersonView>;

/** Whether one of these people is all that the row says. */
export function has(people: readonly PersonView[], row: Row): boolean {
  const wanted = Object.entries(row);
  return people.some((person) => wanted.every(([key, value]) => is(person, key, value)));
}

function is(person: PersonView, key: string, value: unknown): boolean {
  return person[key as keyof PersonView] === value;
}

/** People in a meeting and one before the door of another, each with something to remember. */
export class Crowd {
  readonly meetings: readonly [MeetingView, MeetingView];
  readonly #stage: FaultStage;
  readonly #came: Fault['came'];
  readonly #phones = new Map<string, Talker>();
  readonly #ids = new Map<string, string>();

  private constructor(
    stage: FaultStage,
    came: Fault['came'],
    meetings: readonly [MeetingView, MeetingView],
  ) {
    this.#stage = stage;
    this.#came = came;
    this.meetings = meetings;
  }

  /**
   * Anna was muted by a program and has her hand up, Carl muted himself by `*6`; Emil is in the lobby
   * under a name that a moderator typed, with his hand up too.
   */
  static async gather(stage: FaultStage, came: Fault['came']): Promise<Crowd> {
    const { product } = stage;
    const meeting = await product.createMeeting();
    const hall = await product.createMeeting({ lobby: true });
    const crowd = new Crowd(stage, came, [meeting, hall]);
    for (const name of INSIDE) await crowd.#comes(name, meeting);
    await crowd.#comes(WAITING, hall);
    await crowd.#listed(meeting, INSIDE);
    await crowd.#listed(hall, [WAITING]);
    await crowd.change('anna', { muted: true, hand: true });
    await crowd.change(WAITING, { name: 'Emil Eder', hand: true });
    crowd.phone('carl').press('*6');
    await eventually('all is noted', async () => {
      const people = await crowd.people();
      return NOTED.every((row) => has(people, row));
    });
    return crowd;
  }

  /** A call to the meeting; the phone, whatever was answered. */
  async dial(name: string, meeting = this.meetings[0]): Promise<Talker> {
    const past = this.#came === 'past it';
    const { product, freeswitchSip } = this.#stage;
    const [server, dialled] = past
      ? [freeswitchSip, meeting.id]
      : [product.sip, meeting.codes.join];
    const headers = past ? [this.#stage.identity(meeting, name)] : [];
    const phone = await Talker.dial(server, dialled, name, headers);
    this.#phones.set(name, phone);
    return phone;
  }

  phone(name: string): Talker {
    const phone = this.#phones.get(name);
    if (phone === undefined) throw new Error(`${name} has no phone`);
    return phone;
  }

  /** Of its present life. */
  get product(): Product {
    return this.#stage.product;
  }

  get phones(): readonly Talker[] {
    return [...this.#phones.values()];
  }

  /** FreeSWITCH's name for somebody's leg. */
  id(name: string): string {
    return this.#ids.get(name) ?? '';
  }

  /** What a program asks for; rejects with the problem document where it is refused. */
  async change(name: string, what: Partial<PersonView>): Promise<void> {
    const { id } = this.meetings[name === WAITING ? 1 : 0];
    await this.#stage.product.api('PATCH', `/meetings/${id}/participants/${this.id(name)}`, what);
  }

  /** Who is in either meeting. */
  async people(): Promise<readonly PersonView[]> {
    const { product } = this.#stage;
    return (await Promise.all(this.meetings.map((each) => product.participants(each)))).flat();
  }

  async #comes(name: string, meeting: MeetingView): Promise<void> {
    const { status } = await this.dial(name, meeting);
    if (status !== 200) throw new Error(`${name} was refused: ${status}`);
  }

  async #listed(meeting: MeetingView, names: readonly string[]): Promise<void> {
    const what = `${names.join()} are listed`;
    const people = await this.#stage.product.participantsWhen(meeting, what, (list) =>
      names.every((name) => list.some((person) => person.name === name)),
    );
    for (const { name, id } of people) this.#ids.set(name, id);
  }

  hangUpAll(): void {
    for (const phone of this.phones) phone.hangUp();
  }

  close(): void {
    for (const phone of this.phones) phone.close();
  }
}
