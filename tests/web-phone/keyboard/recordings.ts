import { recording, silence } from '../support/recording-shots.ts';
import type { Journey } from './deed.ts';
import { from } from './from-shot.ts';

/** What was recorded. */
export const RECORDING_JOURNEYS: readonly Journey[] = [
  {
    name: 'a recording is heard, saved, published and deleted',
    place: 'console recordings',
    start: from('recordings', { 'PATCH /recordings/r-1': [200, recording({ published: true })] }),
    deeds: [
      { at: 'link Monday round', also: ['link *'], keys: [], sees: { focus: 'link Monday round' } },
      { at: 'button Copy link', sees: { text: ': Copied' } },
      {
        at: 'button More for “Monday round”*',
        also: ['button More for *'],
        sees: { focus: 'menuitem Save as WAV' },
      },
      { at: 'menuitem Publish by a link', sees: { asks: 'PATCH /recordings/r-1' } },
      { at: 'button More for “Monday round”*', sees: { focus: 'menuitem Save as WAV' } },
      { at: 'menuitem Delete', sees: { text: 'is deleted' } },
      {
        at: 'button Listen to “Parents*',
        also: ['button Listen to *', 'button Stop listening to *'],
        sees: { focus: 'button Stop listening to *' },
      },
    ],
  },
  {
    name: 'one that cannot be played is saved, and one that is gone leaves the list',
    place: 'console recordings',
    start: from('recordings-unheard'),
    deeds: [
      { at: 'button Save as WAV', sees: { focus: 'button Save as WAV' } },
      { at: 'button Reload the list', sees: { asks: 'GET /recordings' } },
    ],
  },
  {
    name: 'what was recorded of a session is published and deleted there',
    place: 'console session',
    start: from('history-recorded', {
      'PATCH /recordings/r-1': [200, recording({ published: true })],
      'GET /recordings/r-1/audio': [200, silence()],
    }),
    deeds: [
      {
        at: 'button Listen to “Weekly*',
        also: ['button Stop listening to *'],
        sees: { focus: 'button Stop listening to *' },
      },
      { at: 'button More for “Weekly*', sees: { focus: 'menuitem Save as WAV' } },
      { at: 'menuitem Publish by a link', sees: { asks: 'PATCH /recordings/*' } },
      { at: 'button More for “Weekly*', sees: { focus: 'menuitem Save as WAV' } },
      { at: 'menuitem Delete', sees: { text: 'is deleted' } },
    ],
  },
];
