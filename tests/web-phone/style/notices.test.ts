import { expect, test, vi } from 'vitest';
import { Notices } from '../../../web-phone/style/notices.tsx';

function shownBy(notices: Notices): readonly string[] {
  return notices.shown.value.map(({ text }) => text);
}

test('of what is one way or the other only the latest is shown, with its way back', () => {
  const notices = new Notices();
  const undo = vi.fn();
  notices.done('Locked.', vi.fn(), { about: 'the lock' });
  notices.done('Recorded.', vi.fn(), { about: 'the recording' });
  notices.done('Open again.', undo, { about: 'the lock' });
  expect(shownBy(notices)).toEqual(['Recorded.', 'Open again.']);
  notices.undo(notices.shown.value[1]?.id ?? 0);
  expect(undo).toHaveBeenCalledOnce();
  expect(shownBy(notices)).toEqual(['Recorded.']);
  notices.hold();
});

test('the same words are shown once; others stand beside each other', () => {
  const notices = new Notices();
  for (const text of ['Grace was removed.', 'Tim was removed.', 'Grace was removed.'])
    notices.done(text);
  expect(shownBy(notices)).toEqual(['Tim was removed.', 'Grace was removed.']);
  notices.hold();
});

test('a way back that is gone is told to who waits for it, once', () => {
  const notices = new Notices();
  const gone = vi.fn();
  notices.done('Deleted.', vi.fn(), { gone });
  notices.dismiss(notices.shown.value[0]?.id ?? 0);
  expect(gone).toHaveBeenCalledOnce();
  notices.hold();
});
