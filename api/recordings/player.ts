import { join } from 'node:path';
import { Router } from 'express';
import type { Request, RequestHandler } from 'express';
import { FORMATS } from '../../meetings/recordings/formats.ts';
import type { RecordingFormat } from '../../meetings/recordings/formats.ts';
import type { Recording } from '../../meetings/rules/recording.ts';
import { html } from '../docs/html.ts';
import type { ApiParts } from '../parts.ts';
import { refusal } from '../problems.ts';
import { sendSound } from './sound.ts';

/** Pages of published recordings, for whoever has their address. */
export function playerRoutes(parts: ApiParts): Router {
  const router = Router();
  router.get('/recordings/player.css', (_request, response) => {
    response.sendFile(join(import.meta.dirname, 'player.css'));
  });
  router.get('/recordings/:id', page(parts));
  router.get('/recordings/:id/audio.:format', sound(parts));
  return router;
}

function page(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const recording = await published(parts, request);
    const formats = parts.recordings?.formats ?? [];
    response.set('Cache-Control', 'no-store').type('html');
    response.send(pageOf(recording, { formats, key: keyIn(request) }));
  };
}

function sound(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const recording = await published(parts, request);
    const format = FORMATS.find((each) => each === request.params.format);
    if (format === undefined || parts.recordings === undefined) throw unknown();
    response.set('Cache-Control', 'no-store');
    const download = searchOf(request).get('download') === 'true';
    await sendSound(response, parts.recordings, recording, { format, download });
  };
}

/** A wrong key, one that is not published and one that is not there look alike. */
async function published({ recordings }: ApiParts, request: Request): Promise<Recording> {
  const id = String(request.params.id);
  const isKnown = recordings?.isLinkKey(id, keyIn(request)) === true;
  const recording = isKnown ? await recordings.get(id) : undefined;
  if (recording?.published && recording.endedAtMs !== undefined) return recording;
  throw unknown();
}

function unknown() {
  return refusal('not-found', 'No recording is published under this address.');
}

function keyIn(request: Request): string {
  return searchOf(request).get('key') ?? '';
}

function searchOf(request: Request): URLSearchParams {
  return new URL(request.originalUrl, 'http://localhost').searchParams;
}

const NAMES: Readonly<Record<RecordingFormat, string>> = { wav: 'WAV', mp3: 'MP3', opus: 'Opus' };

function pageOf(
  { id, name, startedAtMs, durationMs }: Recording,
  { formats, key }: { readonly formats: readonly RecordingFormat[]; readonly key: string },
): string {
  const title = name === '' ? 'Recording of a meeting' : name;
  const at = (format: RecordingFormat) => `/recordings/${id}/audio.${format}?key=${key}`;
  const best = formats.includes('mp3') ? 'mp3' : 'wav';
  const when = `${new Date(startedAtMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const minutes = Math.max(1, Math.round(durationMs / 60_000));
  const links = formats.map(
    (format) => html`<li><a href="${at(format)}&download=true">${NAMES[format]}</a></li>`,
  );
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} – recording</title>
        <link rel="stylesheet" href="/recordings/player.css" />
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          <p>Recorded on ${when}, ${minutes} min</p>
          <audio controls preload="metadata" src="${at(best)}" aria-label="${title}"></audio>
          <h2>Download</h2>
          <ul>
            ${links}
          </ul>
        </main>
      </body>
    </html> `.html;
}
