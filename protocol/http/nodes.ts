/** One FreeSWITCH, as the API shows it. */
export interface NodeView {
  /** `host:port` of its event socket. */
  readonly id: string;
  /** `up`: it answers calls and commands. `doubted`: only one of them. `dead`: neither. */
  readonly state: 'up' | 'doubted' | 'dead';
  /** It takes no new rooms. */
  readonly draining: boolean;
  /** In its rooms and on their way there. */
  readonly people: number;
  readonly rooms: number;
  /** Idle per cent of its processors; absent: not told yet. */
  readonly idleCpu?: number;
  readonly version?: string;
}

/** The FreeSWITCHes, and the way to empty one. */
export interface NodeControl {
  list(): Promise<readonly NodeView[]>;
  /** No new rooms there, or again. */
  drain(id: string, on: boolean): Promise<void>;
  /** Has the rooms of a node go on at the others. */
  sendOn(id: string): Promise<void>;
}
