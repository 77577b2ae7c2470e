import type { TrunkTrouble } from '../call/trunk-trouble.ts';
import type { NodeView } from './nodes.ts';

/** How the server and all that it stands on are, at one moment. Times are ISO 8601 in UTC. */
export interface SystemFacts {
  /** By the server's own clock. */
  readonly at: string;
  readonly process: ProcessFacts;
  /** All that share a store; absent where this one is alone. */
  readonly processes?: readonly ClusterProcess[];
  readonly now: {
    readonly calls: number;
    readonly people: number;
    readonly rooms: number;
    /** Desk phones that are registered, of so many accounts. */
    readonly phones: number;
    readonly accounts: number;
  };
  readonly nodes: readonly SystemNode[];
  readonly sip: SipFacts;
  readonly trunks: readonly {
    readonly name: string;
    readonly state: 'registered' | 'reachable' | 'trying' | 'refused' | 'off';
    readonly trouble?: TrunkTrouble;
    readonly detail?: string;
  }[];
  readonly store: StoreFacts;
  readonly disks: readonly DiskFacts[];
  readonly web: WebFacts;
}

/** The process that answers. */
export interface ProcessFacts {
  readonly version: string;
  readonly node: string;
  readonly host: string;
  readonly pid: number;
  readonly startedAt: string;
  readonly memoryBytes: number;
  /** Of the machine. */
  readonly memoryTotalBytes: number;
  readonly processors: number;
  /** Processes that wait for a processor, over the last minute. */
  readonly load: number;
  /** How late its timers were in the last ten seconds, in milliseconds. */
  readonly loopDelay: { readonly p50: number; readonly p99: number; readonly max: number };
}

export interface ClusterProcess {
  readonly id: string;
  /** The one that answers. */
  readonly isThis: boolean;
  /** `host:port` of the FreeSWITCHes it drives. */
  readonly drives: readonly string[];
}

export interface SystemNode extends NodeView {
  readonly embedded: boolean;
  /** Sessions now, and how many it takes. */
  readonly sessions?: number;
  readonly maxSessions?: number;
  readonly upSince?: string;
  /** When it last answered. */
  readonly seenAt?: string;
  /** What should be mended there, in English sentences. */
  readonly warnings: readonly string[];
  /** Its access list turned our last call away. */
  readonly refusesCalls?: true;
}

export interface SipFacts {
  readonly embedded: boolean;
  readonly joined: boolean;
  /** Why not, in an English sentence. */
  readonly trouble?: string;
  /** `host:port` that phones register at. */
  readonly address: string;
  readonly transports: readonly string[];
}

export interface StoreFacts {
  readonly kind: 'lmdb' | 'redis';
  /** Absent: it did not answer. */
  readonly answersInMs?: number;
  readonly bytes?: number;
  /** The store's clock beside ours; only where it has one of its own. */
  readonly clockOffMs?: number;
}

export interface DiskFacts {
  readonly what: 'data' | 'recordings';
  readonly freeBytes: number;
  readonly totalBytes: number;
  /** What our own files take. */
  readonly usedBytes?: number;
}

export interface WebFacts {
  readonly url: string;
  /** Of our own certificate; absent where we speak plain HTTP. */
  readonly certificate?: {
    readonly validFrom: string;
    readonly validTo: string;
    /** Whether it is for the name in `url`. */
    readonly fits: boolean;
  };
}

/** What a look at one thing came to. */
export interface SystemFinding {
  readonly kind: SystemFindingKind;
  /** `warning`: works, and should be mended. `fault`: does not work. */
  readonly mark: 'ok' | 'warning' | 'fault';
  /** In English; pages say it in their own language by `kind` and `values`. */
  readonly found: string;
  /** What to do. */
  readonly remedy?: string;
  readonly values: Readonly<Record<string, string | number>>;
}

export const SYSTEM_FINDINGS = [
  'nodes-up',
  'node-dead',
  'node-doubted',
  'node-warning',
  'node-refuses-calls',
  'node-busy',
  'node-full',
  'node-draining',
  'no-node-open',
  'sip-up',
  'sip-away',
  'trunks-up',
  'trunk-down',
  'store-up',
  'store-slow',
  'store-away',
  'clock-right',
  'clock-off',
  'disk-enough',
  'disk-little',
  'memory-enough',
  'memory-little',
  'loop-quick',
  'loop-slow',
  'certificate-good',
  'certificate-ends',
  'certificate-over',
  'certificate-early',
  'certificate-other',
  'web-plain',
  'web-elsewhere',
] as const;
export type SystemFindingKind = (typeof SYSTEM_FINDINGS)[number];

/** `GET /api/v1/system`. */
export interface SystemView extends SystemFacts {
  /** What is wrong first. */
  readonly findings: readonly SystemFinding[];
}
