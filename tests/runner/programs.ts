import { spawnSync } from 'node:child_process';

/** Programs that tests call, and the Debian package that has each. */
const PROGRAMS = {
  chromium: 'chromium',
  // Where it is missing, Chromium does its work, and takes longer.
  'chromium-headless-shell': 'chromium-headless-shell',
  'firefox-esr': 'firefox-esr',
  baresip: 'baresip-core',
  sipp: 'sip-tester',
  sipsak: 'sipsak',
  ffmpeg: 'ffmpeg',
  'redis-server': 'redis-server',
} as const;

export type Program = keyof typeof PROGRAMS;

/** Is this program on PATH? Tests that need one that is not are skipped, visibly. */
export function has(program: Program): boolean {
  return spawnSync('sh', ['-c', 'command -v "$0"', program]).status === 0;
}

function missing(): Program[] {
  return (Object.keys(PROGRAMS) as Program[]).filter((program) => !has(program));
}

/** How this user may install packages: directly, by sudo, or not at all. */
function installer(): readonly string[] | undefined {
  if (spawnSync('sh', ['-c', 'command -v apt-get']).status !== 0) return undefined;
  if (process.getuid?.() === 0) return ['apt-get'];
  return spawnSync('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n', 'apt-get'] : undefined;
}

/** Installs what is missing where that is allowed, and says what is still missing after. */
export function provide(): void {
  const wanted = missing();
  const apt = installer();
  if (wanted.length > 0 && apt !== undefined) {
    const packages = wanted.map((program) => PROGRAMS[program]);
    console.log(`Installing for the tests: ${packages.join(' ')}`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const [command = 'apt-get', ...before] = apt;
    spawnSync(command, [...before, 'update', '-q'], { stdio: 'ignore', env });
    spawnSync(command, [...before, 'install', '-qy', '--no-install-recommends', ...packages], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env,
    });
  }
  for (const program of missing()) {
    const effect =
      program === 'chromium-headless-shell' ? 'tests take longer' : 'its tests are skipped';
    console.log(`MISSING ${program} (Debian package ${PROGRAMS[program]}): ${effect}.`);
  }
}
