import { existsSync } from 'node:fs';

const WITHOUT_WINDOWS = '/usr/bin/chromium-headless-shell';

/**
 * Debian's Chromium: where it is installed, the one that never has a window to draw on a screen, which starts for
 * a third of the work and keeps no empty pages in reserve.
 */
export const CHROMIUM = existsSync(WITHOUT_WINDOWS) ? WITHOUT_WINDOWS : '/usr/bin/chromium';
