import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { ApiParts } from './parts.ts';
import { routeOf } from './problems.ts';

export interface Metrics {
  /** Times every request by its route's pattern. */
  readonly time: RequestHandler;
  /** The page Prometheus reads: counts only, no name, number or address. */
  readonly page: RequestHandler;
}

export function createMetrics(parts: ApiParts, feedSockets: () => number): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  gauge(registry, 'partyline_rooms', 'Rooms open now', () => parts.rooms.rooms().size);
  gauge(registry, 'partyline_participants', 'People in all rooms', () => people(parts));
  gauge(registry, 'partyline_feed_sockets', 'Event feeds connected', feedSockets);
  gauge(registry, 'partyline_engines', 'Engines named in the settings', () => {
    return parts.rooms.engines().length;
  });
  gauge(registry, 'partyline_engines_joined', 'Engines whose event socket is joined', () => {
    return parts.rooms.engines().filter(({ state }) => state === 'joined').length;
  });
  return { time: timer(registry), page: page(registry) };
}

function gauge(registry: Registry, name: string, help: string, count: () => number): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(count());
    },
  });
}

function timer(registry: Registry): RequestHandler {
  const seconds = new Histogram({
    name: 'partyline_http_request_seconds',
    help: 'Time to answer, by route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
    registers: [registry],
  });
  return (request, response, next) => {
    const stop = seconds.startTimer();
    response.once('finish', () => {
      stop({ method: request.method, route: routeOf(request), status: response.statusCode });
    });
    next();
  };
}

function page(registry: Registry): RequestHandler {
  return async (_request, response) => {
    response.type(registry.contentType).send(await registry.metrics());
  };
}

function people(parts: ApiParts): number {
  let count = 0;
  for (const room of parts.rooms.rooms().values()) count += room.people.size;
  return count;
}
