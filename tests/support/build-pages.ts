import { build } from 'vite';

/** The web pages as `npm run build` makes them, in this folder. */
export async function buildPages(outDir: string): Promise<void> {
  await build({ logLevel: 'silent', build: { outDir, emptyOutDir: true } });
}
