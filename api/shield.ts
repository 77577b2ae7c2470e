import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { ApiParts } from './parts.ts';

/** What browsers are told to forbid: everything that is not ours, and every device but the microphone. */
export function shield({ secure }: ApiParts): RequestHandler[] {
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        mediaSrc: ["'self'", 'blob:'],
        connectSrc: ["'self'", (request) => ownWebSockets(request.headers.host)],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: secure && { maxAge: 31_536_000 },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
  const devices: RequestHandler = (_request, response, next) => {
    response.set('Permissions-Policy', 'microphone=(self), camera=(), geolocation=()');
    next();
  };
  return [headers, devices];
}

/** Not every browser counts our own WebSockets as `'self'`. A host that is none names none. */
function ownWebSockets(host = ''): string {
  return /^[\w.:[\]-]{1,255}$/.test(host) ? `ws://${host} wss://${host}` : "'self'";
}
