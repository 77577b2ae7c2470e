import { z } from 'zod';
import { SYSTEM_FINDINGS } from '../../protocol/http/system.ts';
import { time } from './fields.ts';
import { nodeView } from './nodes.ts';
import { trunkTrouble } from './trunks.ts';

const count = z.int().min(0);
const ms = z.number().min(0);

const processFacts = z.strictObject({
  version: z.string(),
  node: z.string(),
  host: z.string(),
  pid: count,
  startedAt: time,
  memoryBytes: count,
  memoryTotalBytes: count,
  processors: count,
  load: z.number(),
  loopDelay: z.strictObject({ p50: ms, p99: ms, max: ms }),
});

const systemNode = z.strictObject({
  ...nodeView.shape,
  embedded: z.boolean(),
  sessions: count.optional(),
  maxSessions: count.optional(),
  upSince: time.optional(),
  seenAt: time.optional(),
  warnings: z.array(z.string()),
  refusesCalls: z.literal(true).optional(),
});

const disk = z.strictObject({
  what: z.enum(['data', 'recordings']),
  freeBytes: count,
  totalBytes: count,
  usedBytes: count.optional(),
});

const finding = z.strictObject({
  kind: z.enum(SYSTEM_FINDINGS),
  mark: z.enum(['ok', 'warning', 'fault']),
  found: z.string(),
  remedy: z.string().optional(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
});

export const systemView = z
  .strictObject({
    at: time,
    process: processFacts,
    processes: z
      .array(z.strictObject({ id: z.string(), isThis: z.boolean(), drives: z.array(z.string()) }))
      .optional(),
    now: z.strictObject({
      calls: count,
      people: count,
      rooms: count,
      phones: count,
      accounts: count,
    }),
    nodes: z.array(systemNode),
    sip: z.strictObject({
      embedded: z.boolean(),
      joined: z.boolean(),
      trouble: z.string().optional(),
      address: z.string(),
      transports: z.array(z.string()),
    }),
    trunks: z.array(
      z.strictObject({
        name: z.string(),
        state: z.enum(['registered', 'reachable', 'trying', 'refused', 'off']),
        trouble: trunkTrouble.optional(),
        detail: z.string().optional(),
      }),
    ),
    store: z.strictObject({
      kind: z.enum(['lmdb', 'redis']),
      answersInMs: count.optional(),
      bytes: count.optional(),
      clockOffMs: z.int().optional(),
    }),
    disks: z.array(disk),
    web: z.strictObject({
      url: z.string(),
      certificate: z.strictObject({ validFrom: time, validTo: time, fits: z.boolean() }).optional(),
    }),
    findings: z.array(finding).meta({ description: 'what is wrong first' }),
  })
  .meta({ id: 'System' });
