import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin, Rolldown } from 'vite';

const ROOT = join(import.meta.dirname, '../..');
const CACHE = join(ROOT, 'node_modules/.cache/partyline');
/** Somebody who tests at the same time may still run an older one. */
const KEEP_MS = 3_600_000;
/** What has a native part, or finds files beside itself, stays where it is. */
const STAY = [
  'lmdb',
  '@node-rs/argon2',
  'ffmpeg-static',
  '@evan/opus',
  '@echogarden/speex-resampler-wasm',
  'tsx',
];
const WORKER = {
  startedBy: join(ROOT, 'switch/media/media.ts'),
  named: ["new URL('./worker.ts', import.meta.url)", "new URL('./worker.js', import.meta['url'])"],
  // It is JavaScript by then: tsx, which takes longer to load than all of the worker, has nothing to do.
  loaded: [
    'import(${tsx}).then(({ register }) => (register(), import(${entry})));',
    'import(${entry});',
  ],
  chunk: { type: 'chunk', id: join(ROOT, 'switch/media/worker.ts'), fileName: 'worker.js' },
} as const;

/** What was built, and of which files: it holds for as long as none of them changes. */
interface Built {
  readonly program: string;
  readonly sources: Readonly<Record<string, string>>;
}

/**
 * A program of ours in one file of JavaScript, made when first asked for and again when a source of
 * it has changed; Node starts it for half the work that reading the sources one by one costs.
 */
export async function bundled(source: string): Promise<string> {
  const name = relative(ROOT, source).replaceAll(/\W+/g, '-');
  const note = join(CACHE, `${name}.json`);
  const before = builtBefore(note);
  if (before !== undefined) return before.program;
  mkdirSync(CACHE, { recursive: true });
  forgetOld();
  const outDir = mkdtempSync(join(CACHE, `${name}-`));
  const modules = await buildInto(outDir, source);
  const sources = Object.fromEntries(modules.map((file) => [file, digest(file)]));
  const built: Built = { program: join(outDir, 'program.js'), sources };
  writeFileSync(join(outDir, 'built.json'), JSON.stringify(built));
  renameSync(join(outDir, 'built.json'), note);
  return built.program;
}

function builtBefore(note: string): Built | undefined {
  try {
    const built = JSON.parse(readFileSync(note, 'utf8')) as Built;
    const isSame = Object.entries(built.sources).every(([file, hash]) => digest(file) === hash);
    return isSame && statSync(built.program).isFile() ? built : undefined;
  } catch (error) {
    // Not built yet, or one of its files is gone.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function digest(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('base64url');
}

function forgetOld(): void {
  for (const entry of readdirSync(CACHE, { withFileTypes: true })) {
    const path = join(CACHE, entry.name);
    if (entry.isDirectory() && statSync(path).mtimeMs < Date.now() - KEEP_MS)
      rmSync(path, { recursive: true, force: true });
  }
}

/** Returns the files of ours that went in, the one that names the packages' versions, and this one. */
async function buildInto(outDir: string, source: string): Promise<string[]> {
  // Most who ask find it built: they need not wait for what builds it to load.
  const { build } = await import('vite');
  const result = (await build({
    configFile: false,
    root: ROOT,
    publicDir: false,
    logLevel: 'error',
    plugins: [whereItWas()],
    build: {
      ssr: true,
      outDir,
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: {
        input: { program: source },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
    ssr: { noExternal: true, external: STAY },
  })) as Rolldown.RolldownOutput;
  const modules = result.output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
  const ours = modules.filter((id) => id.startsWith(ROOT) && !id.includes('node_modules'));
  return [...new Set(ours), join(ROOT, 'package-lock.json'), import.meta.filename];
}

/** Files are looked for beside the source, and the worker is in a file of its own. */
function whereItWas(): Plugin {
  return {
    name: 'where-it-was',
    enforce: 'pre',
    transform(code, id) {
      if (id.includes('node_modules') || !code.includes('import.meta.')) return undefined;
      if (id === WORKER.startedBy) this.emitFile(WORKER.chunk);
      return code
        .replace(...WORKER.named)
        .replace(...WORKER.loaded)
        .replaceAll('import.meta.dirname', JSON.stringify(dirname(id)))
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href));
    },
  };
}
