import { z } from 'zod';
import {
  audioAsked,
  recordingChange,
  recordingsPage,
  recordingView,
} from '../schemas/recordings.ts';
import type { Operation } from './operation.ts';

const ONE = '/recordings/{recordingId}';

export const RECORDINGS_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/recordings',
    summary: 'Recordings, the newest first: of all meetings, or of one',
    access: 'admin',
    act: 'read',
    query: recordingsPage,
    status: 200,
    answer: z.array(recordingView),
  },
  {
    method: 'get',
    path: ONE,
    summary: 'A recording',
    access: 'admin',
    act: 'read',
    status: 200,
    answer: recordingView,
  },
  {
    method: 'patch',
    path: ONE,
    summary: 'Publish a recording or take it back, and say what it is',
    access: 'admin',
    act: 'run',
    body: recordingChange,
    status: 200,
    answer: recordingView,
  },
  {
    method: 'delete',
    path: ONE,
    summary: 'Delete a recording for ever',
    access: 'admin',
    act: 'run',
    status: 204,
  },
  {
    method: 'get',
    path: `${ONE}/audio`,
    summary:
      'The sound, whole or in ranges (RFC 9110 section 14); MP3 and Opus where there is ffmpeg',
    access: 'admin',
    act: 'read',
    query: audioAsked,
    status: 200,
    produces: ['audio/wav', 'audio/mpeg', 'audio/ogg'],
  },
];
