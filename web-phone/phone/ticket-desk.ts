import type { Problem } from '../../protocol/http/problem.ts';
import type { Answer, HttpRequest } from '../../protocol/http/ask.ts';
import type { SoftphoneGrant, TicketView } from '../../protocol/http/views.ts';
import { request } from '../feed/request.ts';
import type { WorldInput } from './state.ts';
import { ticketTrouble } from './trouble.ts';

type Told<K extends WorldInput['kind']> = Extract<WorldInput, { kind: K }>;

/** A network that swallows packets answers nothing: then another try, by a new connection, is better. */
const RETURN_ANSWER_MS = 2_500;
const PROBE_ANSWER_MS = 1_000;
/** An answer that took longer waited for the network to come back. */
const PROMPT_MS = 300;
/** Sound is back as soon as the server is: it gets the time to show. */
const RECOVERY_MS = 500;

/** What a ticket's link asks of the server. */
export class TicketDesk {
  readonly #path: string;
  /** Shows who we were, so that who comes back is no stranger. */
  token: string | undefined;

  constructor(ticket: string) {
    this.#path = `/tickets/${encodeURIComponent(ticket)}`;
  }

  async ticket(): Promise<Told<'ticket'> | Told<'no-ticket'>> {
    const answer = await request<TicketView>({ method: 'GET', path: this.#path });
    if (answer.ok) return { kind: 'ticket', ticket: answer.value };
    return { kind: 'no-ticket', trouble: ticketTrouble(answer.problem) };
  }

  /** `back`: our call broke, and the next one takes its place. */
  async grant(name: string, back: boolean): Promise<Told<'granted'> | Told<'not-granted'>> {
    const answer = await this.#ask(name, back);
    if (answer.ok) return { kind: 'granted', grant: answer.value };
    return { kind: 'not-granted', trouble: ticketTrouble(answer.problem) };
  }

  async isBanned(): Promise<boolean> {
    const answer = await request<TicketView>({ method: 'GET', path: this.#path }, this.token);
    return !answer.ok && ticketTrouble(answer.problem).kind === 'banned';
  }

  /** Whether the server is there; after an outage it says so a moment late. */
  async answers(): Promise<boolean> {
    const askedAtMs = performance.now();
    const asked = { method: 'GET', path: this.#path } as const;
    const answer = await request<TicketView>(asked, undefined, PROBE_ANSWER_MS);
    const reached = answer.ok || isOurs(answer.problem);
    if (reached && performance.now() - askedAtMs > PROMPT_MS) await after(RECOVERY_MS);
    return reached;
  }

  async #ask(name: string, back: boolean): Promise<Answer<SoftphoneGrant>> {
    const asked = (body: object): HttpRequest => ({
      method: 'POST',
      path: `${this.#path}/softphone`,
      body,
    });
    const { token } = this;
    const body = { name, ...(back && token !== undefined && { back }) };
    const patienceMs = back ? RETURN_ANSWER_MS : undefined;
    const answer = await request<SoftphoneGrant>(asked(body), token, patienceMs);
    // Away for so long that the token ran out: then as somebody new.
    if (answer.ok || answer.problem.status !== 401) return answer;
    return request<SoftphoneGrant>(asked({ name }));
  }
}

/** 0: nobody answered at all. */
function isOurs({ status }: Problem): boolean {
  return status !== 0 && status < 500;
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
