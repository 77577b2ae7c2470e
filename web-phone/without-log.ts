import { parseAst } from 'vite';
import type { Plugin } from 'vite';

const LINE = /(^|\.)logger\.(debug|log|warn|error)$/;

/** SIP.js's log is off (`phone/sip-js.ts`): what it would say, a tenth of it, is not sent to anybody. */
export function withoutLog(): Plugin {
  return {
    name: 'partyline:without-log',
    transform: {
      filter: { id: /\/sip\.js\/lib\// },
      handler: (code) => ({ code: cut(code, logLines(parseAst(code), code)), map: null }),
    },
  };
}

interface Span {
  readonly start: number;
  readonly end: number;
}

interface Node extends Span {
  readonly type: string;
  readonly expression?: Node;
  readonly callee?: Node;
}

/** The statements that do nothing but write to the log. */
function logLines(node: unknown, code: string): readonly Span[] {
  if (typeof node !== 'object' || node === null) return [];
  if (isNode(node) && node.type === 'ExpressionStatement') {
    const { callee } = node.expression ?? {};
    if (callee && LINE.test(code.slice(callee.start, callee.end))) return [node];
  }
  return Object.values(node).flatMap((each: unknown) => logLines(each, code));
}

function isNode(value: object): value is Node {
  return 'type' in value && 'start' in value;
}

/** An empty statement stays: it may be all that an `if` has. */
function cut(code: string, spans: readonly Span[]): string {
  return spans.reduceRight(
    (rest, { start, end }) => `${rest.slice(0, start)};${rest.slice(end)}`,
    code,
  );
}
