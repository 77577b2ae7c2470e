import {
  Invitation,
  Inviter,
  Registerer,
  RegistererState,
  SessionState,
  UserAgent,
  Web,
} from 'sip.js';
import type { Session, URI } from 'sip.js';
import { softphoneName } from './device.ts';
import type { CallOrder } from './phone.ts';

/** What a call (sip-phone.ts) and the telephone's line (line/sip-line.ts) have of it: no page fetches the other's part. */
export { Invitation, Inviter, Registerer, RegistererState, SessionState, UserAgent, Web };

/**
 * Host candidates are gathered in milliseconds, those of a STUN or TURN server in a round trip or
 * two; SIP.js would wait 5 s for a server that does not answer. What is gathered later is used still:
 * the far end learns it from the connectivity checks (RFC 8445 section 7.3.1.3).
 */
const ICE_GATHERING_TIMEOUT_MS = 500;
const CONNECT_TIMEOUT_S = 5;

/** What each of our calls asks of SIP.js; `voice` is asked for the track that the others hear. */
export function agentOptions(
  order: Omit<CallOrder, 'target' | 'voice'>,
  voice: () => MediaStreamTrack,
) {
  return {
    uri: uriOf(order.uri),
    authorizationUsername: order.username,
    authorizationPassword: order.password,
    displayName: order.displayName.replace(/["\\]/g, ''),
    userAgentString: softphoneName(navigator.userAgent),
    logBuiltinEnabled: false,
    logConfiguration: false,
    transportOptions: {
      server: order.wsUrl,
      connectionTimeout: CONNECT_TIMEOUT_S,
      traceSip: false,
    },
    sessionDescriptionHandlerFactory: Web.defaultSessionDescriptionHandlerFactory(() =>
      Promise.resolve(new MediaStream([voice()])),
    ),
    sessionDescriptionHandlerFactoryOptions: {
      iceGatheringTimeout: ICE_GATHERING_TIMEOUT_MS,
      // SIP.js would ask a public STUN server by default.
      peerConnectionConfiguration: { iceServers: toIceServers(order.iceServers) },
    },
  };
}

function toIceServers(servers: CallOrder['iceServers'] = []): RTCIceServer[] {
  return servers.map(({ urls, ...login }) => ({ urls: [...urls], ...login }));
}

export function peerConnectionOf(session: Session): RTCPeerConnection | undefined {
  const handler = session.sessionDescriptionHandler;
  return handler instanceof Web.SessionDescriptionHandler ? handler.peerConnection : undefined;
}

/** Throws for what is no SIP address. */
export function uriOf(text: string): URI {
  const uri = UserAgent.makeURI(text);
  if (!uri) throw new Error('the server gave an address that is no SIP address');
  return uri;
}
