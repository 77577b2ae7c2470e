import type { Page } from 'playwright-core';
import type { PageServer } from './page-server.ts';

/** One scene to photograph. */
export interface Shot {
  readonly name: string;
  readonly play: (page: Page, server: PageServer) => Promise<void>;
  readonly microphone?: 'refused';
  /** Whole page (default) or only what the window shows. */
  readonly whole?: boolean;
}
