import type { SipHeader, SipRequest } from '../../protocol/sip/message.ts';
import { header } from '../../protocol/sip/message.ts';
import { ha1, isDigestRight, parseAuthorization } from '../../protocol/sip/digest.ts';
import { SipPeer } from './sip-peer.ts';

const CHALLENGE: SipHeader = {
  name: 'Proxy-Authenticate',
  value: 'Digest realm="telco", nonce="n-1", algorithm=MD5, qop="auth"',
};
const SECRET = ha1('MD5', { username: 'partyline', realm: 'telco', password: 'trunk-pw' });

/** A provider that wants a password for each call, and leaves those that prove it to the test. */
export class Provider {
  readonly peer: SipPeer;
  readonly #proven: SipRequest[] = [];
  readonly #waiting = new Set<() => void>();

  private constructor(peer: SipPeer) {
    this.peer = peer;
    peer.onRequest = (request) => this.#onRequest(request);
  }

  /** `server` is whom it speaks with: `host:port`. */
  static async open(server: string): Promise<Provider> {
    return new Provider(await SipPeer.udp(Number(server.slice(server.lastIndexOf(':') + 1))));
  }

  /** What the API is to be told of it. */
  get trunk() {
    return {
      ...{ name: 'telco', server: this.peer.host, outbound: true, callerId: '+4930990' },
      ...{ username: 'partyline', password: 'trunk-pw' },
    };
  }

  /** The next call to a number, proven. */
  call(number: string): Promise<SipRequest> {
    return new Promise((resolve) => {
      const look = () => {
        const at = this.#proven.findIndex(({ uri }) => uri.includes(number));
        const [call] = at < 0 ? [] : this.#proven.splice(at, 1);
        if (!call) return;
        this.#waiting.delete(look);
        resolve(call);
      };
      this.#waiting.add(look);
      look();
    });
  }

  close(): void {
    this.peer.close();
  }

  #onRequest(request: SipRequest): void {
    const { peer } = this;
    if (request.method === 'OPTIONS') peer.answer(request, 200);
    if (request.method === 'BYE' || request.method === 'CANCEL') peer.answer(request, 200);
    if (request.method !== 'INVITE') return;
    const proof = parseAuthorization(header(request, 'Proxy-Authorization') ?? '');
    if (!proof || !isDigestRight(proof, 'INVITE', SECRET)) {
      peer.answer(request, 407, { headers: [CHALLENGE] });
      return;
    }
    this.#proven.push(request);
    for (const look of [...this.#waiting]) look();
  }
}
