import { describe, expect, test } from 'vitest';
import {
  breakoutBody,
  isWrongMinutes,
  twoRooms,
  withName,
  withRooms,
} from '../../../web-phone/console/breakout-form.ts';
import { breakoutRooms as german } from '../../../web-phone/words/de/breakout-rooms.ts';
import { breakoutRooms as words } from '../../../web-phone/words/en/breakout-rooms.ts';

const TWO_ROOMS = twoRooms(words);

describe('the form for breakout rooms', () => {
  test('keeps the names of rooms that stay, from 1 to 50 of them', () => {
    const named = withName(TWO_ROOMS, 1, 'Blue');
    expect(withRooms(named, 3, words).names).toEqual(['Room 1', 'Blue', 'Room 3']);
    expect(withRooms(named, 0, words).names).toEqual(['Room 1']);
    expect(withRooms(named, 51, words).names).toHaveLength(50);
  });

  test('asks for what was typed; a room without a name has its number', () => {
    const form = { ...withName(TWO_ROOMS, 0, '  '), minutes: ' 10 ' };
    expect(breakoutBody(form, words)).toEqual({
      rooms: [{ name: 'Room 1' }, { name: 'Room 2' }],
      assign: 'evenly',
      minutes: 10,
    });
    expect(breakoutBody(TWO_ROOMS, words)).not.toHaveProperty('minutes');
  });

  test('names new rooms in the language of who opens them', () => {
    expect(withRooms(twoRooms(german), 3, german).names).toEqual(['Raum 1', 'Raum 2', 'Raum 3']);
  });

  test.each([
    ['', true],
    ['1', true],
    ['1440', true],
    ['0', false],
    ['1441', false],
    ['ten', false],
    ['1.5', false],
  ])('minutes “%s” are taken: %s', (minutes, isGood) => {
    expect(isWrongMinutes({ ...TWO_ROOMS, minutes })).toBe(!isGood);
  });
});
