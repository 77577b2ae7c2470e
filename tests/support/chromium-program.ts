import { existsSync } from 'node:fs';

/** The whole of it: it alone knows the flags of the browser itself, such as those about what is secure. */
export const WHOLE_CHROMIUM = '/usr/bin/chromium';

const WITHOUT_WINDOWS = '/usr/bin/chromium-headless-shell';

/**
 * Debian's Chromium: where it is installed, the one that never has a window to draw on a screen, which starts for
 * a third of the work and keeps no empty pages in reserve.
 */
export const CHROMIUM = existsSync(WITHOUT_WINDOWS) ? WITHOUT_WINDOWS : WHOLE_CHROMIUM;
