import { build } from 'vite';

/** The web pages as `npm run build` makes them, in this folder; its `.vite/manifest.json` says which file needs which. */
export async function buildPages(outDir: string): Promise<void> {
  const { NODE_ENV } = process.env;
  // A test runner's own has the pages carry what only their developers need.
  process.env.NODE_ENV = 'production';
  try {
    await build({ logLevel: 'silent', build: { outDir, emptyOutDir: true, manifest: true } });
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  }
}
