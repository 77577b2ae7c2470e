import { EslClient, type Headers } from '../support/esl-client.ts';
import { muLawTone } from '../support/mu-law.ts';
import { SipCaller } from '../support/sip-caller.ts';
import type { Engine, Exchange, Transcript } from './script.ts';

const IDENTITY = { name: 'X-Partyline', value: 'v1.eyJhIjoxfQ.c2ln' };
const SUBSCRIPTION =
  'event json CHANNEL_PARK CHANNEL_ANSWER CHANNEL_EXECUTE_COMPLETE CHANNEL_HANGUP_COMPLETE CUSTOM conference::maintenance';

/** Says things to one engine and writes down what comes of it. */
export class Stage {
  readonly engine: Engine;
  readonly #exchanges: Exchange[] = [];
  readonly #esl: EslClient;
  readonly #callers: SipCaller[] = [];
  readonly #talkers: NodeJS.Timeout[] = [];
  #read = 0;

  private constructor(engine: Engine, esl: EslClient) {
    this.engine = engine;
    this.#esl = esl;
  }

  static async open(engine: Engine): Promise<Stage> {
    const esl = await EslClient.connect(engine.eslPort, engine.password);
    const stage = new Stage(engine, esl);
    const { head } = await esl.send(SUBSCRIPTION);
    stage.#exchanges.push({ said: SUBSCRIPTION, reply: head });
    return stage;
  }

  async caller(user: string): Promise<SipCaller> {
    const caller = await SipCaller.open({ server: this.engine.sip, user, headers: [IDENTITY] });
    this.#callers.push(caller);
    return caller;
  }

  /** The caller sends a tone from now on, so that its leg is alive. */
  speak(caller: SipCaller): void {
    const frame = muLawTone(400, 6000);
    this.#talkers.push(setInterval(() => caller.sendFrame(frame), 20));
  }

  async parked(): Promise<string> {
    const event = await this.untilEvent('CHANNEL_PARK');
    return event['Unique-ID'] ?? '';
  }

  /** Waits for an event by its name or action, from the last one waited for on. */
  async untilEvent(name: string): Promise<Headers> {
    const event = await this.#esl.until(name, (each) => nameOf(each) === name, this.#read);
    this.#read = this.#esl.events.indexOf(event) + 1;
    return event;
  }

  /** Waits for several events that may come in any order. */
  async untilEvents(names: readonly string[]): Promise<void> {
    const since = this.#read;
    const waits = names.map((name) =>
      this.#esl.until(name, (each) => nameOf(each) === name, since),
    );
    await Promise.all(waits);
    this.#read = this.#esl.events.length;
  }

  async say(command: string, until?: string): Promise<void> {
    const reply = await this.#esl.api(command);
    if (until !== undefined) await this.untilEvent(until);
    this.#exchanges.push({ said: command, reply: reply });
  }

  /** A conference command; `1` and `2` stand for the members in the order of joining. */
  async command(room: string, command: string, until?: string): Promise<void> {
    const reply = await this.#esl.api(`conference ${room} ${this.#byNumber(command)}`);
    if (until !== undefined) await this.untilEvent(until);
    this.#exchanges.push({ said: `conference ${room} ${command}`, reply });
  }

  async log(command: string, keep: (reply: string) => string): Promise<void> {
    this.#exchanges.push({ said: command, reply: keep(await this.#esl.api(command)) });
  }

  async list(room: string): Promise<void> {
    const list: unknown = JSON.parse(await this.#esl.api(`conference ${room} json_list`));
    this.#exchanges.push({ said: `conference ${room} json_list`, reply: JSON.stringify(list) });
  }

  async execute(uuid: string, application: string, argument = '', until?: string): Promise<void> {
    const { head } = await this.#esl.execute(uuid, application, argument);
    await this.untilEvent(until ?? 'CHANNEL_EXECUTE_COMPLETE');
    this.#exchanges.push({ said: `execute ${application} ${argument}`, reply: head });
  }

  note(text: string): void {
    this.#exchanges.push({ said: text, reply: '' });
  }

  #byNumber(command: string): string {
    const [verb = '', target = '', ...rest] = command.split(' ');
    const joins = this.#esl.events.filter((event) => event.Action === 'add-member');
    const number = /^[12]$/.test(target) ? joins[Number(target) - 1]?.['Member-ID'] : target;
    return [verb, number ?? '', ...rest].filter((word) => word !== '').join(' ');
  }

  get transcript(): Transcript {
    return { exchanges: this.#exchanges, events: this.#esl.events };
  }

  close(): void {
    for (const talker of this.#talkers) clearInterval(talker);
    for (const caller of this.#callers) caller.close();
    this.#esl.close();
  }
}

/** A conference event's action, any other event's name. */
export function nameOf(event: Headers): string {
  return event.Action ?? event['Event-Name'] ?? '';
}
