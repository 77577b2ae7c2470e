import { plural } from '../plural.ts';

/** Breakout rooms in the console. */
export const breakoutRooms = {
  title: 'Breakout rooms',
  open: 'Open breakout rooms',
  mainRoom: 'Main room',
  callAllBack: 'Call all back',
  callBackTitle: 'Call all back?',
  callBackVerb: 'Call back',
  callBackAbout:
    'All are warned first. Then everybody is in the main room again, and the breakout rooms are closed.',
  visit: 'Visit',
  visitWhich: (name: string) => `Visit ${name}`,
  move: 'Move',
  moveWhom: (name: string) => `Move ${name}`,
  moveWhomTo: (name: string) => `Move ${name} to`,
  openVerb: 'Open',
  number: 'Number of rooms',
  less: 'One room less',
  more: 'One room more',
  rooms: (count: number) => plural(count, 'room', 'rooms'),
  room: (number: number) => `Room ${number}`,
  nameOf: (number: number) => `Name of room ${number}`,
  who: 'Who goes where',
  assign: {
    evenly: 'Evenly, but moderators',
    given: 'By hand: I move people',
    self: 'People choose',
  },
  minutes: 'Minutes (optional)',
  minutesHint: 'Then all come back by themselves. Without: until you call them back.',
  wrongMinutes: 'Type minutes from 1 to 1440, or nothing.',
};
