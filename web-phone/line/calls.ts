/** Who is at the other end, as far as it is known. */
export interface Peer {
  readonly name: string;
  /** What calls them. */
  readonly number: string;
}

/** Why a call ended that was not simply hung up. */
export type CallEnd =
  'busy' | 'declined' | 'no-answer' | 'away' | 'unknown' | 'not-allowed' | 'failed' | 'lost';

export type CallState = 'calling' | 'ringing' | 'incoming' | 'talking' | 'held' | 'ended';

/** How a transfer of a call fares. */
export type TransferState =
  | { readonly kind: 'on-its-way'; readonly to: string }
  | { readonly kind: 'failed'; readonly to: string; readonly why: CallEnd };

export interface LineCall {
  readonly id: string;
  readonly direction: 'in' | 'out';
  readonly peer: Peer;
  readonly state: CallState;
  readonly muted: boolean;
  /** When both began to hear each other. */
  readonly answeredAtMs?: number;
  readonly transfer?: TransferState;
  readonly end?: CallEnd;
}

export type CallNews = Begun | { readonly kind: 'dismissed'; readonly id: string } | NewsOfOne;

interface Begun {
  readonly kind: 'placed' | 'came';
  readonly id: string;
  readonly peer: Peer;
}

/** What happens to a call that is there. */
type NewsOfOne =
  | { readonly kind: 'rings'; readonly id: string }
  | { readonly kind: 'answered'; readonly id: string; readonly nowMs: number }
  | { readonly kind: 'held' | 'muted'; readonly id: string; readonly on: boolean }
  | { readonly kind: 'transfers'; readonly id: string; readonly to: string }
  | { readonly kind: 'transfer-failed'; readonly id: string; readonly status: number }
  /** `status`: a SIP refusal; absent where somebody hung up. */
  | { readonly kind: 'over'; readonly id: string; readonly status?: number }
  /** Neither hears the other any more, and nobody hung up. */
  | { readonly kind: 'lost'; readonly id: string };

/** The calls of this browser after the news, oldest first. News of a call that is not there changes nothing. */
export function afterNews(calls: readonly LineCall[], news: CallNews): readonly LineCall[] {
  switch (news.kind) {
    case 'placed':
    case 'came':
      return [...calls, begun(news)];
    case 'dismissed':
      return calls.filter(({ id }) => id !== news.id);
    case 'over':
      return calls.flatMap((call) => (call.id === news.id ? over(call, news.status) : [call]));
    case 'lost':
      return calls.map((call) =>
        call.id === news.id ? { ...call, state: 'ended', end: 'lost' } : call,
      );
    default:
      return calls.map((call) => (call.id === news.id ? after(call, news) : call));
  }
}

function begun({ kind, id, peer }: Begun): LineCall {
  const out = kind === 'placed';
  const state = out ? 'calling' : 'incoming';
  return { id, direction: out ? 'out' : 'in', peer, state, muted: false };
}

function after(call: LineCall, news: Exclude<NewsOfOne, { kind: 'over' | 'lost' }>): LineCall {
  switch (news.kind) {
    case 'rings':
      return call.state === 'calling' ? { ...call, state: 'ringing' } : call;
    case 'answered':
      return { ...call, state: 'talking', answeredAtMs: news.nowMs };
    case 'held':
      return isUp(call) ? { ...call, state: news.on ? 'held' : 'talking' } : call;
    case 'muted':
      return { ...call, muted: news.on };
    case 'transfers':
      return { ...call, transfer: { kind: 'on-its-way', to: news.to } };
    case 'transfer-failed':
      return notTransferred(call, news.status);
  }
}

function notTransferred(call: LineCall, status: number): LineCall {
  const why = endOf({ state: 'ringing' }, status);
  return { ...call, transfer: { kind: 'failed', to: call.transfer?.to ?? '', why } };
}

/** A call of ours that came to nothing stays on the screen and says why; any other just goes. */
function over(call: LineCall, status: number | undefined): readonly LineCall[] {
  const isRefused = status !== undefined && status !== 487;
  if (call.direction === 'in' || isUp(call) || !isRefused) return [];
  return [{ ...call, state: 'ended', end: endOf(call, status) }];
}

/** Where the phone never rang, 480 means that nobody is there. */
function endOf({ state }: Pick<LineCall, 'state'>, status: number): CallEnd {
  if (status === 480 || status === 408) return state === 'ringing' ? 'no-answer' : 'away';
  return ENDS[status] ?? 'failed';
}

const ENDS: Readonly<Record<number, CallEnd>> = {
  403: 'not-allowed',
  404: 'unknown',
  484: 'unknown',
  486: 'busy',
  600: 'busy',
  603: 'declined',
};

/** Both hear each other, or would. */
export function isUp({ state }: Pick<LineCall, 'state'>): boolean {
  return state === 'talking' || state === 'held';
}

/** The one that is heard and spoken to. */
export function activeCall(calls: readonly LineCall[]): LineCall | undefined {
  return calls.findLast(({ state }) => ['talking', 'calling', 'ringing'].includes(state));
}

export function incomingCalls(calls: readonly LineCall[]): readonly LineCall[] {
  return calls.filter(({ state }) => state === 'incoming');
}
