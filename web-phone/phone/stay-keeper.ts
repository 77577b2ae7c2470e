import { isStale, judged, parseStay } from './stay.ts';
import type { FormerStay, Stay } from './stay.ts';

const PREFIX = 'partyline.stay.';
const BEAT_MS = 5_000;
/** The page that was here before a reload lets go within moments. */
const LET_GO_MS = 600;

/**
 * Keeps the stay where it outlives this page: for this tab, and the latest for this browser. A lock says
 * whether the tab that is in the call lives; the browser frees it however that tab ends.
 */
export class StayKeeper {
  readonly #key: string;
  #stay: Stay | undefined;
  #release: (() => void) | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** `ticket`: as in the link; only its signature's end is written down, which opens nothing. */
  constructor(ticket: string) {
    this.#key = `${PREFIX}${ticket.slice(-16)}`;
  }

  /** What is left of an earlier stay by this link, at this moment. */
  async former(nowMs: number): Promise<FormerStay | undefined> {
    sweep(nowMs);
    const own = parseStay(read('sessionStorage', this.#key));
    const stay = own ?? parseStay(read('localStorage', this.#key));
    if (stay === undefined) return undefined;
    const held = await isHeld(stay.id, own === undefined ? 0 : LET_GO_MS);
    const former = judged({ stay, own: own !== undefined, held }, nowMs);
    if (former === undefined) this.#forget();
    return former;
  }

  /** We are in the call, or on the way back to it. */
  hold(stay: Omit<Stay, 'id' | 'atMs'>): void {
    const id = this.#stay?.id ?? newId();
    if (this.#stay === undefined) {
      this.#release = holdLock(id);
      this.#timer = setInterval(() => this.beat(), BEAT_MS);
    }
    this.#stay = { ...stay, id, atMs: Date.now() };
    this.beat();
  }

  setMuted(muted: boolean): void {
    if (this.#stay === undefined || this.#stay.muted === muted) return;
    this.#stay = { ...this.#stay, muted };
    this.beat();
  }

  /** Still in it. */
  beat(): void {
    if (this.#stay === undefined) return;
    this.#stay = { ...this.#stay, atMs: Date.now() };
    const text = JSON.stringify(this.#stay);
    write('sessionStorage', this.#key, text);
    write('localStorage', this.#key, text);
  }

  /** It is over, if it was. What another tab has written since stays. */
  drop(): void {
    if (this.#stay === undefined) return;
    const { id } = this.#stay;
    clearInterval(this.#timer);
    this.#release?.();
    this.#stay = undefined;
    write('sessionStorage', this.#key, undefined);
    if (parseStay(read('localStorage', this.#key))?.id === id)
      write('localStorage', this.#key, undefined);
  }

  /** Too old to be of use: what it shows the server is not left lying about. */
  #forget(): void {
    for (const storage of ['sessionStorage', 'localStorage'] as const)
      write(storage, this.#key, undefined);
  }
}

/** Tabs that died in other meetings left theirs behind. */
function sweep(nowMs: number): void {
  const kept = keysOf('localStorage').filter((key) => key.startsWith(PREFIX));
  for (const key of kept)
    if (isStale(read('localStorage', key), nowMs)) write('localStorage', key, undefined);
}

/** By its name: where storage is forbidden, to mention it throws. */
type Storing = 'localStorage' | 'sessionStorage';

function keysOf(storage: Storing): readonly string[] {
  try {
    return Object.keys(window[storage]);
  } catch {
    // As in `read`.
    return [];
  }
}

function newId(): string {
  return Math.random().toString(36).slice(2);
}

/** Old browsers and insecure pages have no locks: there no tab knows of another. */
function locks(): LockManager | undefined {
  return 'locks' in navigator ? navigator.locks : undefined;
}

async function isHeld(id: string, patienceMs: number): Promise<boolean> {
  const manager = locks();
  if (manager === undefined) return false;
  if (patienceMs === 0)
    return manager.request(nameOf(id), { ifAvailable: true }, (lock) => lock === null);
  try {
    const options = { signal: AbortSignal.timeout(patienceMs) };
    return await manager.request(nameOf(id), options, () => false);
  } catch {
    // Nobody let go in time.
    return true;
  }
}

function holdLock(id: string): () => void {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  void locks()?.request(nameOf(id), () => released);
  return release;
}

function nameOf(id: string): string {
  return `partyline.stay.${id}`;
}

function read(storage: Storing, key: string): string | null {
  try {
    return window[storage].getItem(key);
  } catch {
    // Storage can be forbidden: then a reload is a new visit.
    return null;
  }
}

function write(storage: Storing, key: string, text: string | undefined): void {
  try {
    if (text === undefined) window[storage].removeItem(key);
    else window[storage].setItem(key, text);
  } catch {
    // As above.
  }
}
