export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** One fact a line. Fields never hold secrets, codes or phone numbers; log.ts decides where lines go. */
export type Log = (
  level: LogLevel,
  message: string,
  fields?: Readonly<Record<string, unknown>>,
) => void;
