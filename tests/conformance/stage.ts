import { join } from 'node:path';
import { EslClient, type Headers } from '../support/esl-client.ts';
import { nameOf } from './event-name.ts';
import { Phone } from './phone.ts';
import type { Exchange, Transcript } from './transcript.ts';

/** A switch to play scenes on: the embedded one or a real FreeSWITCH. */
export interface Engine {
  readonly eslPort: number;
  readonly password: string;
  /** `host:port` where it takes calls. */
  readonly sip: string;
  /** A folder that the engine sees too: `short.wav` and `long.wav` are there; recordings go there. */
  readonly folder: string;
}

/** Of a listed call, what is the same on every machine. */
const LISTED = 'direction name state cid_name cid_num dest application callstate'.split(' ');

export const ROOM = 'm-abcdefghijklmnop';

/** A phone in a call, and the call's UUID. */
export interface Call {
  readonly phone: Phone;
  readonly uuid: string;
}

/** Says things to one engine and writes down what comes of it. */
export class Stage {
  readonly engine: Engine;
  readonly #exchanges: Exchange[] = [];
  readonly #esl: EslClient;
  readonly #phones: Phone[] = [];
  readonly #seen = new WeakSet<Headers>();
  #jobs = 0;

  private constructor(engine: Engine, esl: EslClient) {
    this.engine = engine;
    this.#esl = esl;
  }

  /** `events` as after `event json`. */
  static async open(engine: Engine, events: string): Promise<Stage> {
    const esl = await EslClient.connect(engine.eslPort, engine.password);
    const stage = new Stage(engine, esl);
    await stage.send(`event json ${events}`);
    return stage;
  }

  sound(name: 'short' | 'long'): string {
    return join(this.engine.folder, `${name}.wav`);
  }

  /** The UUID for a call out, chosen by us as the bridge does. */
  ownUuid(number: number): string {
    return `6f2c1c1e-0000-4000-8000-0000${String(process.pid).padStart(6, '0').slice(-6)}${String(number).padStart(2, '0')}`;
  }

  async phone(user: string): Promise<Phone> {
    const phone = await Phone.open(user, this.engine.sip);
    this.#phones.push(phone);
    return phone;
  }

  /** A call that is parked, unanswered. */
  async parked(user: string): Promise<Call> {
    const phone = await this.phone(user);
    phone.call(ROOM);
    const event = await this.until('CHANNEL_PARK', { 'Caller-Caller-ID-Name': user });
    return { phone, uuid: event['Unique-ID'] ?? '' };
  }

  async answered(user: string): Promise<Call> {
    const call = await this.parked(user);
    await this.execute(call, 'answer', '', 'CHANNEL_EXECUTE_COMPLETE');
    this.note(`${user} got ${(await call.phone.answered()).status}`);
    return call;
  }

  async joined(user: string, flags = '', room = ROOM): Promise<Call> {
    const call = await this.answered(user);
    await this.join(call, flags, room);
    return call;
  }

  async join(call: Call, flags = '', room = ROOM): Promise<void> {
    const suffix = flags === '' ? '' : `+flags{${flags}}`;
    await this.execute(call, 'conference', `${room}@partyline${suffix}`, 'add-member');
  }

  /** The first event of that name, with those headers, that was not waited for yet. */
  async until(name: string, wanted: Headers = {}): Promise<Headers> {
    const fits = (event: Headers): boolean =>
      nameOf(event) === name &&
      !this.#seen.has(event) &&
      Object.entries(wanted).every(([header, value]) => event[header] === value);
    const event = await this.#esl.until(`${name} ${JSON.stringify(wanted)}`, fits);
    this.#seen.add(event);
    return event;
  }

  untilOf(call: Call, name: string, wanted: Headers = {}): Promise<Headers> {
    return this.until(name, { 'Unique-ID': call.uuid, ...wanted });
  }

  /** What came of that name until now is waited for no more. */
  forget(call: Call, name: string): void {
    for (const event of this.#esl.events)
      if (nameOf(event) === name && event['Unique-ID'] === call.uuid) this.#seen.add(event);
  }

  /** The application that was given last is over. */
  completed(call: Call, application: string): Promise<Headers> {
    return this.untilOf(call, 'CHANNEL_EXECUTE_COMPLETE', { Application: application });
  }

  /** Any line with its headers; the reply's head is written down. */
  async send(line: string, headers: Headers = {}): Promise<void> {
    const { head } = await this.#esl.send(line, headers);
    const said = [line, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)];
    this.#exchanges.push({ said: said.join(' | '), reply: head });
  }

  async say(command: string): Promise<void> {
    this.#exchanges.push({ said: command, reply: await this.#esl.api(command) });
  }

  /** Says and writes down of the reply what `keep` keeps. */
  async ask(command: string, keep: (reply: string) => string): Promise<void> {
    this.#exchanges.push({ said: command, reply: keep(await this.#esl.api(command)) });
  }

  /** Whether the list of calls has this one in that application; then its row is written down. */
  async listed(call: Call, application: string): Promise<boolean> {
    const command = 'show channels as json';
    const reply = JSON.parse(await this.#esl.api(command)) as { rows?: readonly Headers[] };
    const row = reply.rows?.find((each) => each.uuid === call.uuid);
    if (row?.application !== application) return false;
    const said = LISTED.map((name) => `${name}=${row[name] ?? 'absent'}`).join(' ');
    this.#exchanges.push({ said: command, reply: said });
    return true;
  }

  /** A background job, until it is done. */
  async job(command: string): Promise<void> {
    const id = `job-${(this.#jobs += 1)}`;
    await this.send(`bgapi ${command}`, { 'Job-UUID': id });
  }

  jobDone(): Promise<Headers> {
    return this.until('BACKGROUND_JOB');
  }

  /** A conference command; `#carol` stands for the id of the member of that name. */
  async command(command: string, room = ROOM): Promise<void> {
    const reply = await this.#esl.api(`conference ${room} ${this.#byId(command)}`);
    this.#exchanges.push({ said: `conference ${room} ${command}`, reply });
  }

  async execute(call: Call, application: string, argument = '', until?: string): Promise<void> {
    const more: Headers = argument === '' ? {} : { 'execute-app-arg': argument };
    const headers = { 'call-command': 'execute', 'execute-app-name': application, ...more };
    if (until !== undefined) this.forget(call, until);
    const { head } = await this.#esl.send(`sendmsg ${call.uuid}`, headers);
    this.#exchanges.push({ said: `execute ${application} ${argument}`, reply: head });
    if (until === 'CHANNEL_EXECUTE_COMPLETE') await this.completed(call, application);
    else if (until !== undefined) await this.untilOf(call, until);
  }

  /** Gives a command for a call, `UUID` standing for it. */
  of(call: Call, command: string): Promise<void> {
    return this.say(command.replace('UUID', call.uuid));
  }

  /** A key, until the switch has told of it. */
  async press(call: Call, digit: string): Promise<void> {
    this.forget(call, 'DTMF');
    await call.phone.press(digit);
    await this.untilOf(call, 'DTMF', { 'DTMF-Digit': digit });
  }

  /** The switch ends a call; the phone hears why. */
  async end(call: Call, cause = ''): Promise<void> {
    await this.of(call, `uuid_kill UUID ${cause}`.trim());
    this.note(`${call.phone.user} heard BYE ${await call.phone.reasonOf('BYE')}`);
    await this.untilOf(call, 'CHANNEL_HANGUP_COMPLETE');
  }

  /** The phone hangs up. */
  async left(call: Call, reason?: string): Promise<void> {
    call.phone.hangUp(reason);
    await this.untilOf(call, 'CHANNEL_HANGUP_COMPLETE');
  }

  note(text: string): void {
    this.#exchanges.push({ said: text, reply: '' });
  }

  #byId(command: string): string {
    return command.replace(/#([a-z]+)/g, (_, user: string) => {
      const joins = this.#esl.events.filter(
        (event) => event.Action === 'add-member' && event['Caller-Caller-ID-Name'] === user,
      );
      return joins.at(-1)?.['Member-ID'] ?? 'nobody';
    });
  }

  get transcript(): Transcript {
    const hosts = this.#phones.map((phone) => [phone.sip.host, 'PHONE'] as const);
    return {
      exchanges: this.#exchanges,
      events: this.#esl.events,
      names: [[this.engine.folder, 'FOLDER'], [this.engine.sip, 'SWITCH'], ...hosts],
    };
  }

  close(): void {
    for (const phone of this.#phones) phone.close();
    this.#esl.close();
  }
}
