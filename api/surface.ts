import type { RequestHandler } from 'express';
import { query } from './input.ts';
import type { Operation } from './operations/operation.ts';
import { allowOf } from './problems.ts';

interface Place {
  readonly pattern: RegExp;
  /** Names in the path that stand for something: fewer is the nearer match. */
  readonly names: number;
  readonly operations: readonly Operation[];
}

/**
 * What the document does not describe is not there: answers OPTIONS by it, and refuses parameters
 * that it does not name, or that come twice, before any route.
 */
export function keepToDocument(operations: readonly Operation[]): RequestHandler {
  const places = placesOf(operations);
  return (request, response, next) => {
    const place = places.find(({ pattern }) => pattern.test(request.path));
    if (!place) return next();
    if (request.method === 'OPTIONS') {
      const methods = place.operations.map(({ method }) => method.toUpperCase());
      response.status(204).set('Allow', allowOf(methods)).end();
      return;
    }
    const method = request.method === 'HEAD' ? 'get' : request.method.toLowerCase();
    const operation = place.operations.find((each) => each.method === method);
    if (operation) query(request, Object.keys(operation.query ?? {}));
    next();
  };
}

function placesOf(operations: readonly Operation[]): readonly Place[] {
  const paths = [...new Set(operations.map(({ path }) => path))];
  return paths
    .map((path) => ({
      pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}/?$`, 'i'),
      names: path.split('{').length,
      operations: operations.filter((operation) => operation.path === path),
    }))
    .sort((a, b) => a.names - b.names);
}
