import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { questions } from '../../check/freeswitch-facts.ts';

const ROOT = join(import.meta.dirname, '../..');
const core = readFileSync(join(ROOT, 'freeswitch-conf/autoload_configs/switch.conf.xml'), 'utf8');
const allowed = [...core.matchAll(/<allow name="([\w.]+)"\/>/g)].map(([, name = '']) => name);

const bridge = readdirSync(join(ROOT, 'bridge'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join(ROOT, 'bridge', file), 'utf8'))
  .join('\n');

test('every command that the bridge writes is one that FreeSWITCH is to offer', () => {
  const commands = new Set(
    [...bridge.matchAll(/`(uuid_\w+|originate|module_exists) /g)].map(([, name = '']) => name),
  );
  expect([...commands]).toEqual(expect.arrayContaining(['uuid_kill', 'module_exists']));
  for (const command of commands) expect(allowed).toContain(`mod_commands.${command}.api`);
});

test('every application that the bridge runs is one that FreeSWITCH is to offer', () => {
  const applications = new Set(
    [...bridge.matchAll(/\bmessageTo\(\w+, '(\w+)'/g)].map(([, name = '']) => name),
  );
  expect([...applications]).toEqual(expect.arrayContaining(['answer', 'playback']));
  for (const application of applications) {
    if (application === 'conference') expect(allowed).toContain('mod_conference');
    else expect(allowed).toContain(`mod_dptools.${application}.app`);
  }
});

test('so is every command of the check, and none that gives a shell or loads code', () => {
  const modules = ['mod_commands', 'mod_dptools', 'mod_sofia'];
  for (const question of questions('/prompts/a.wav')) {
    const command = question.split(' ')[0] ?? '';
    const names = modules.map((module) => `${module}.${command}.api`);
    expect(names.filter((name) => allowed.includes(name))).toHaveLength(1);
  }
  const shell = /\.(bg_)?(system|spawn|spawn_stream|eval|expand|load|unload|reload|lua)\./;
  expect(allowed.filter((name) => shell.test(name))).toEqual([]);
  expect(allowed).not.toContain('mod_commands');
  expect(allowed).not.toContain('mod_dptools');
});
