import { describe, expect, test } from 'vitest';
import {
  breakoutBody,
  TWO_ROOMS,
  withName,
  withRooms,
  wrongMinutes,
} from '../../../web-phone/console/breakout-form.ts';

describe('the form for breakout rooms', () => {
  test('keeps the names of rooms that stay, from 1 to 50 of them', () => {
    const named = withName(TWO_ROOMS, 1, 'Blue');
    expect(withRooms(named, 3).names).toEqual(['Room 1', 'Blue', 'Room 3']);
    expect(withRooms(named, 0).names).toEqual(['Room 1']);
    expect(withRooms(named, 51).names).toHaveLength(50);
  });

  test('asks for what was typed; a room without a name has its number', () => {
    const form = { ...withName(TWO_ROOMS, 0, '  '), minutes: ' 10 ' };
    expect(breakoutBody(form)).toEqual({
      rooms: [{ name: 'Room 1' }, { name: 'Room 2' }],
      assign: 'evenly',
      minutes: 10,
    });
    expect(breakoutBody(TWO_ROOMS)).not.toHaveProperty('minutes');
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
    expect(wrongMinutes({ ...TWO_ROOMS, minutes }) === undefined).toBe(isGood);
  });
});
