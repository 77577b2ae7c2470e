import { expect, test } from 'vitest';
import { asHtml } from '../../../meetings/invitations/as-html.ts';
import { asText } from '../../../meetings/invitations/as-text.ts';
import type { Invitation } from '../../../meetings/invitations/invitation.ts';
import { meetingOf } from '../rules/meeting-of.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const invitation: Invitation = {
  meeting: meetingOf({
    name: '<b>Q&A</b> "round"',
    extension: '42',
    startsAtMs: Date.parse('2026-11-23T08:00Z'),
    durationMinutes: 30,
    timeZone: 'Europe/Berlin',
  }),
  language: 'en',
  link: 'https://voice.example.org/join/abc',
  code: '4821907735',
  dialIn: [
    { label: 'Berlin', number: '+4930901234', uri: 'tel:+4930901234', language: 'de' },
    { label: 'office', number: '7000', uri: 'sip:7000@voice.example.org' },
  ],
};

test('a mail says when, where, by which number and in which language, and with which code', () => {
  const [name, , when, ...rest] = asText(invitation, NOW).split('\n');
  expect(name).toBe('<b>Q&A</b> "round"');
  expect(when).toMatch(
    /^When: Monday,? 23 November 2026\W+(at )?09:00\W+09:30 \(Europe\/Berlin\)$/,
  );
  expect(rest.join('\n')).toBe(
    [
      '',
      'In the browser:',
      'https://voice.example.org/join/abc',
      '',
      'By phone:',
      '+4930901234 (Berlin, in German)',
      'With one tap: tel:+4930901234,,4821907735#',
      '7000 (office, in English)',
      'Code: 482 190 7735, then the hash key',
      '',
      'From a phone of the house: 42',
      '',
    ].join('\n'),
  );
});

test('in German it says the same, and of a series the next times', () => {
  const meeting = {
    ...invitation.meeting,
    recurrence: 'FREQ=WEEKLY',
    exceptions: [{ kind: 'skipped', atMs: Date.parse('2026-11-30T08:00Z') }],
  } as const;
  const text = asText({ ...invitation, meeting, language: 'de' }, NOW);
  expect(text).toContain('Wann: Montag, 23. November 2026');
  expect(text.match(/^Und am: \S+, (\d+\. \S+)/gm)).toEqual([
    ...['Und am: Montag, 7. Dezember', 'Und am: Montag, 14. Dezember'],
    'Und am: Montag, 21. Dezember',
  ]);
  expect(text).toContain('\nEs entfällt: Montag, 30. November\n');
  expect(asHtml({ ...invitation, meeting }, NOW)).toMatch(/Not on: Monday,? 30 November/);
  expect(text).toContain('+4930901234 (Berlin, auf Deutsch)');
});

test('as HTML the name is text, and the number is one tap', () => {
  const html = asHtml(invitation, NOW);
  expect(html).toContain('<h2>&lt;b&gt;Q&amp;A&lt;/b&gt; &quot;round&quot;</h2>');
  expect(html).toContain('<a href="tel:+4930901234,,4821907735%23">+4930901234</a>');
  expect(html).toContain('<a href="https://voice.example.org/join/abc">');
  expect(html.match(/<(?!\/?(h2|p|br|a|strong)\b)/g)).toBeNull();
});

test('a permanent meeting is at any time; an ended one does not take place', () => {
  const permanent = meetingOf({ name: 'Always' });
  expect(asText({ ...invitation, meeting: permanent }, NOW)).toContain('When: At any time');
  const ended = { ...invitation, meeting: { ...permanent, endedAtMs: NOW } };
  for (const text of [asText(ended, NOW), asHtml(ended, NOW)]) {
    expect(text).toContain('This meeting does not take place.');
    expect(text).not.toContain('4821907735');
  }
});
