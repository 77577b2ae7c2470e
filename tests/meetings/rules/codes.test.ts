import { expect, test } from 'vitest';
import { codeDigest, isCode, isExtension, newCode } from '../../../meetings/rules/codes.ts';
import { newPersonId, newRoomId } from '../../../meetings/rules/ids.ts';
import { isRoomId } from '../../../protocol/room/room.ts';
import { seeded } from '../../support/meetings.ts';

test('a code is ten digits and does not begin with 0', () => {
  const random = seeded(7);
  for (let n = 0; n < 2_000; n++) expect(newCode(random)).toMatch(/^[1-9][0-9]{9}$/);
});

test('every digit is as likely: chi-square over 45,000 digits stays below 27.9 (p 0.001)', () => {
  const random = seeded(11);
  const counts = Array.from({ length: 10 }, () => 0);
  for (let n = 0; n < 5_000; n++)
    for (const digit of newCode(random).slice(1)) counts[Number(digit)]! += 1;
  const chi = counts.reduce((sum, count) => sum + (count - 4_500) ** 2 / 4_500, 0);
  expect(chi).toBeLessThan(27.9);
});

test('bytes of the incomplete round are thrown away', () => {
  const bytes = [255, 252, 0, 250, 251, 9, 9, 9, 9, 9, 9, 9, 9, 9];
  expect(newCode(() => Uint8Array.of(bytes.shift() ?? 0))).toHaveLength(10);
  expect(bytes).toHaveLength(0);
});

test('ids are as the contract has them', () => {
  const random = seeded(3);
  for (let n = 0; n < 500; n++) expect(isRoomId(newRoomId(random))).toBe(true);
  expect(newPersonId(random)).toMatch(/^p-[a-z2-7]{16}$/);
});

test('a code is looked up by a digest that depends on our key', () => {
  expect(codeDigest('1234567890', 'a')).toBe(codeDigest('1234567890', 'a'));
  expect(codeDigest('1234567890', 'a')).not.toBe(codeDigest('1234567890', 'b'));
  expect(codeDigest('1234567890', 'a')).not.toContain('1234567890');
});

test('codes and extensions are digits of their lengths and nothing else', () => {
  for (const text of [
    '123456789',
    '12345678901',
    '123456789x',
    '１２３４５６７８９０',
    '1234567890\n',
  ])
    expect(isCode(text)).toBe(false);
  for (const text of ['1', '1234567', '12a', ' 12', '12\n']) expect(isExtension(text)).toBe(false);
  expect(isExtension('12') && isExtension('123456') && isCode('1234567890')).toBe(true);
});
