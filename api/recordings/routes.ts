import { Router } from 'express';
import type { Request, RequestHandler } from 'express';
import type { Recordings } from '../../meetings/recordings/recordings.ts';
import type { Recording } from '../../meetings/rules/recording.ts';
import type { RecordingView } from '../../protocol/http/recordings.ts';
import type { RoomId } from '../../protocol/room/room.ts';
import { permit } from '../caller.ts';
import { asked, body, query } from '../input.ts';
import { answerPage, newestFirst } from '../paging.ts';
import type { ApiParts } from '../parts.ts';
import { methodNotAllowed, refusal } from '../problems.ts';
import { audioAsked, recordingChange, recordingsPage } from '../schemas/recordings.ts';
import { sendSound } from './sound.ts';

/** What was recorded: listed, heard, published, deleted. */
export function recordingRoutes(parts: ApiParts): Router {
  const router = Router();
  router.route('/recordings').all(readers).get(list(parts)).all(methodNotAllowed('GET'));
  router
    .route('/recordings/:recordingId')
    .all(readers)
    .get(show(parts))
    .patch(change(parts))
    .delete(remove(parts))
    .all(methodNotAllowed('GET, PATCH, DELETE'));
  router
    .route('/recordings/:recordingId/audio')
    .all(readers)
    .get(sound(parts))
    .all(methodNotAllowed('GET'));
  return router;
}

const readers: RequestHandler = ({ method }, response, next) => {
  const isLook = method === 'GET' || method === 'HEAD';
  permit(response, { kind: isLook ? 'read' : 'run' });
  next();
};

function list(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const wish = asked(request, recordingsPage);
    const meeting = wish.meeting as RoomId | undefined;
    const found = (await parts.recordings?.list(meeting)) ?? [];
    await answerPage(request, response, found, {
      wish,
      placeOf: ({ startedAtMs, id }) => newestFirst(startedAtMs, id),
      view: (recording) => view(parts, recording),
    });
  };
}

function show(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    query(request, []);
    response.json(view(parts, (await found(parts, request)).recording));
  };
}

function change(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const { published, meta } = body(request, recordingChange);
    const { recordings, recording } = await found(parts, request);
    await recordings.change(recording, {
      ...(published !== undefined && { published }),
      ...(meta !== undefined && { meta }),
    });
    response.json(view(parts, (await found(parts, request)).recording));
  };
}

function remove(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    query(request, []);
    const { recordings, recording } = await found(parts, request);
    if (recording.endedAtMs === undefined)
      throw refusal('conflict', 'It is being recorded still: stop it first.');
    await recordings.delete(recording);
    response.status(204).end();
  };
}

function sound(parts: ApiParts): RequestHandler {
  return async (request, response) => {
    const { format, download } = asked(request, audioAsked);
    const { recordings, recording } = await found(parts, request);
    await sendSound(response, recordings, recording, { format, download: download === 'true' });
  };
}

interface Found {
  readonly recordings: Recordings;
  readonly recording: Recording;
}

async function found({ recordings }: ApiParts, request: Request): Promise<Found> {
  const { recordingId } = request.params;
  const recording = await recordings?.get(String(recordingId));
  if (recordings && recording) return { recordings, recording };
  throw refusal('not-found', 'No recording has that id; GET /api/v1/recordings lists them.');
}

export function view(parts: ApiParts, recording: Recording): RecordingView {
  const { id, room, name, startedAtMs, endedAtMs, durationMs, bytes, published, meta } = recording;
  return {
    id,
    meeting: room,
    name,
    state: endedAtMs === undefined ? 'recording' : 'done',
    startedAt: new Date(startedAtMs).toISOString(),
    ...(endedAtMs !== undefined && { endedAt: new Date(endedAtMs).toISOString() }),
    durationMs,
    bytes,
    published,
    ...(published && { url: publicAddress(parts, id) }),
    meta,
    formats: parts.recordings?.formats ?? [],
  };
}

/** Where a published recording is heard by whoever has the address. */
export function publicAddress({ publicUrl, recordings }: ApiParts, id: string): string {
  return `${publicUrl()}/recordings/${id}?key=${recordings?.linkKey(id) ?? ''}`;
}
