import type { Plugin } from 'vite';

const helper = 'vite/preload-helper.js';
const plain = '\0plain-import:';

/**
 * Leaves dynamic imports as they are. Vite wraps each in a helper that loads styles beforehand, of which there are
 * none; where two chunks share it, it becomes a chunk that the entry waits for. Each gets a copy that does nothing.
 */
export const plainImports = (): Plugin => ({
  name: 'plain-imports',
  enforce: 'pre',
  resolveId: (id, importer) => (id.endsWith(helper) ? plain + importer : undefined),
  load: (id) => (id.startsWith(plain) ? 'export const __vitePreload = (load) => load();' : undefined),
});
