/** One event of FreeSWITCH, from its JSON form. Values are as FreeSWITCH has them, not URL-encoded. */
export interface EslEvent {
  /** `Event-Name`, such as `CHANNEL_PARK`. */
  readonly name: string;
  readonly headers: Headers;
  readonly body: string;
}

export type Headers = ReadonlyMap<string, string>;

/** What came of a command. `text` is the `Reply-Text` or the body, as the command has it. */
export type Reply =
  | { readonly kind: 'answered'; readonly text: string }
  | { readonly kind: 'unanswered'; readonly why: 'deadline' | 'closed' };

/** Why a link is over. `refused` will be refused again until somebody changes a setting. */
export interface LinkEnd {
  readonly kind: 'refused' | 'lost';
  /** One English sentence. */
  readonly detail: string;
}

export interface LinkListener {
  /** Logged in. */
  ready(): void;
  event(event: EslEvent): void;
  /** Once, and nothing after it. */
  ended(end: LinkEnd): void;
}

/** One connection to FreeSWITCH's event socket (mod_event_socket.c). It does not reconnect. */
export interface EslLink {
  /** Sends one command, lines joined by LF without the empty line at the end. */
  command(text: string, deadlineMs: number): Promise<Reply>;
  /** `api …`: answered in order, in the link's own thread. */
  api(line: string, deadlineMs: number): Promise<Reply>;
  /** `bgapi …`: answered by an event, for what may take long. Needs BACKGROUND_JOB subscribed. */
  bgapi(line: string, deadlineMs: number): Promise<Reply>;
  /** `why` is what its listener is told: one English sentence. */
  close(why?: string): void;
}

export interface EslAddress {
  readonly host: string;
  readonly port: number;
  readonly password: string;
}
