import type { Plugin } from 'vite';

const shared = /\/view\/observe-density\.ts$/;

/**
 * Gives each importer its own copy of a small file. The document's chunk and the autograph's both use it; as one
 * module, the bundler would put it into a third chunk, and page 1 would wait for that one as well.
 */
export const copyShared = (): Plugin => ({
  name: 'copy-shared',
  enforce: 'pre',
  async resolveId(id, importer) {
    if (!importer || !shared.test(id)) return null;
    const file = await this.resolve(id, importer, { skipSelf: true });
    return file && `${file.id}?for=${encodeURIComponent(importer.split('/').at(-1)!)}`;
  },
});
