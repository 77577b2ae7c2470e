import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';
import { withoutLog } from './web-phone/without-log.ts';

export default defineConfig({
  root: 'web-phone',
  base: '/',
  plugins: [preact(), withoutLog()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // A browser that knows no modulepreload fetches the same files a little later.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: ['web-phone/join.html', 'web-phone/console.html', 'web-phone/phone.html'],
    },
  },
});
