import type { z } from 'zod';

/**
 * Who may use an operation: those who run meetings; the meeting's moderators too; everybody in it too
 * (`person`), or only where it is about themselves (`own`); or anybody.
 */
export type Access = 'admin' | 'moderator' | 'person' | 'own' | 'anybody';

export interface Operation {
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  /** Below `/api/v1`. */
  readonly path: string;
  readonly summary: string;
  readonly access: Access;
  readonly body?: z.ZodType;
  readonly status: 200 | 201 | 202 | 204;
  readonly answer?: z.ZodType;
  /** What the query string may hold. */
  readonly query?: Readonly<Record<string, z.ZodType>>;
}

/** Where what belongs to a meeting lives. */
export const MEETING = '/meetings/{id}';
