import { pino } from 'pino';
import type { Log, LogLevel } from './protocol/log.ts';

const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

/** Lines for a person at a terminal: time, level, message, fields. Control characters are escaped. */
function terminalLog(lowest: LogLevel): Log {
  return (level, message, fields = {}) => {
    if (LEVELS.indexOf(level) < LEVELS.indexOf(lowest)) return;
    const time = new Date().toTimeString().slice(0, 8);
    const rest = Object.entries(fields).map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
    process.stderr.write(`${time} ${level.padEnd(5)} ${escaped(message)}${rest.join('')}\n`);
  };
}

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** Lines for a program that collects them: one JSON object each. */
function jsonLog(lowest: LogLevel): Log {
  const logger = pino({ level: lowest, base: null }, pino.destination({ dest: 2, sync: true }));
  return (level, message, fields = {}) => logger[level](fields, message);
}

/** Where the program's log goes: standard error, readable at a terminal, JSON elsewhere. */
export function openLog(lowest: LogLevel): Log {
  return process.stderr.isTTY ? terminalLog(lowest) : jsonLog(lowest);
}
