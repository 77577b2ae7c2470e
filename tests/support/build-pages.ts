import { build } from 'vite';

/** The web pages as `npm run build` makes them, in this folder; its `.vite/manifest.json` says which file needs which. */
export async function buildPages(outDir: string): Promise<void> {
  await build({ logLevel: 'silent', build: { outDir, emptyOutDir: true, manifest: true } });
}
