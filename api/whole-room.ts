import { Router } from 'express';
import type { Request, RequestHandler } from 'express';
import type { RoomCommand } from '../protocol/room/command.ts';
import type { RoomId } from '../protocol/room/room.ts';
import { execute } from './execute.ts';
import { body, roomIn } from './input.ts';
import { meetingOf } from './meetings.ts';
import type { ApiParts } from './parts.ts';
import { moderatorsOnly } from './participants.ts';
import { methodNotAllowed } from './problems.ts';
import { lobbyWish, lockWish, muteAllWish, recordingWish } from './schemas/room.ts';
import { nothing } from './schemas/fields.ts';

/** What moderators do to everybody at once. */
export function wholeRoomRoutes(parts: ApiParts): Router {
  const router = Router();
  const post = (path: string, wish: (request: Request, room: RoomId) => RoomCommand) =>
    router
      .route(`/meetings/:id/${path}`)
      .post(moderatorsOnly, take(parts, wish))
      .all(methodNotAllowed('POST'));
  post('mute-all', (request, room) => ({
    kind: 'mute-all',
    room,
    except: body(request, muteAllWish).except,
  }));
  post('unmute-all', (request, room) => {
    body(request, nothing);
    return { kind: 'unmute-all', room };
  });
  post('lock', (request, room) => ({
    kind: 'set-locked',
    room,
    on: body(request, lockWish).locked,
  }));
  post('lobby', (request, room) => ({
    kind: body(request, lobbyWish).action === 'admit' ? 'admit-all' : 'refuse-all',
    room,
  }));
  post('recording', (request, room) => ({
    kind: 'set-recording',
    room,
    on: body(request, recordingWish).action === 'start',
  }));
  return router;
}

function take(
  parts: ApiParts,
  wish: (request: Request, room: RoomId) => RoomCommand,
): RequestHandler {
  return async (request, response) => {
    const room = roomIn(request);
    const command = wish(request, room);
    await meetingOf(parts, room);
    await execute(parts, command);
    response.status(202).json({});
  };
}
