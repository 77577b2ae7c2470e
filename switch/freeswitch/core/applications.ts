import { conferenceApp } from './app-conference.ts';
import { digitsApp } from './app-digits.ts';
import { echoApp } from './app-echo.ts';
import { endlessApp, loopApp } from './app-loop.ts';
import { playbackApp } from './app-playback.ts';
import { recordApp } from './app-record.ts';
import type { Application } from './app-run.ts';
import {
  answerApp,
  hangupApp,
  multisetApp,
  parkApp,
  preAnswerApp,
  quietApp,
  ringReadyApp,
  setApp,
  sleepApp,
  unsetApp,
} from './app-simple.ts';

/** Every application this switch knows; another hangs its channel up, as in FreeSWITCH. */
export const APPLICATIONS: ReadonlyMap<string, Application> = new Map([
  ['answer', answerApp],
  ['pre_answer', preAnswerApp],
  ['ring_ready', ringReadyApp],
  ['set', setApp],
  ['export', setApp],
  ['multiset', multisetApp],
  ['unset', unsetApp],
  ['hangup', hangupApp],
  ['log', quietApp],
  ['info', quietApp],
  ['park', parkApp],
  ['sleep', sleepApp],
  ['playback', playbackApp],
  ['endless_playback', endlessApp],
  ['loop_playback', loopApp],
  ['record', recordApp],
  ['delay_echo', echoApp],
  ['play_and_get_digits', digitsApp],
  ['conference', conferenceApp],
]);
