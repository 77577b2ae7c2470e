import type { z } from 'zod';
import type { Act } from '../../meetings/rules/access.ts';

/**
 * Who may use an operation: those who run meetings; the meeting's moderators too; everybody in it too
 * (`person`), or only where it is about themselves (`own`); those with an account (`user`); or anybody.
 */
export type Access = 'admin' | 'moderator' | 'person' | 'own' | 'user' | 'anybody';

export interface Operation {
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  /** Below `/api/v1`. */
  readonly path: string;
  readonly summary: string;
  readonly access: Access;
  /** What it is in the table of who may do what; absent only where anybody may. */
  readonly act?: Act['kind'];
  readonly body?: z.ZodType;
  readonly status: 200 | 201 | 202 | 204;
  readonly answer?: z.ZodType;
  /** Media types of an answer that is not JSON. */
  readonly produces?: readonly string[];
  /** What the query string may hold. */
  readonly query?: Readonly<Record<string, z.ZodType>>;
}

/** Where what belongs to a meeting lives. */
export const MEETING = '/meetings/{id}';
