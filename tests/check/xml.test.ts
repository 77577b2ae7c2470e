import { expect, test } from 'vitest';
import { all, named, params, parseXml } from '../../check/xml.ts';

const PROFILES = parseXml(
  `<configuration name="c">
    <profiles>
      <profile name="a"><param name="x" value="1 &lt; 2"></param><param name="x" value="2"/></profile>
      <profile name="b"><status>up &amp; running</status></profile>
    </profiles>
  </configuration>`,
);

test('elements are found by name at any depth, with their parameters in order', () => {
  expect(all(PROFILES, 'profile').map(({ attributes }) => attributes.name)).toEqual(['a', 'b']);
  expect(params(named(PROFILES, 'profile', 'a'), 'x')).toEqual(['1 < 2', '2']);
  expect(params(named(PROFILES, 'profile', 'b'), 'x')).toEqual([]);
  expect(all(PROFILES, 'status')[0]?.text).toBe('up & running');
});

for (const text of ['', '-ERR no reply', '<a><b></a></b>', '<a>', '</a>', '+OK <not xml']) {
  test(`"${text}" is no XML`, () => {
    expect(parseXml(text)).toBeUndefined();
  });
}
