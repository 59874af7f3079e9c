import { fileURLToPath } from 'node:url';
import { build, type OutputChunk, type Plugin } from 'rolldown';

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

interface Move {
  file: string;
  from: string;
  to: string;
}

/** Files that modules find by their own address, and where these are in the package. */
const moves: readonly Move[] = [
  { file: pathOf('../../src/pades/engine.ts'), from: "'worker.ts'", to: "'pdf-worker.js'" },
  { file: pathOf('../../src/autograph/reader.ts'), from: "'worker.ts'", to: "'autograph-worker.js'" },
  {
    file: pathOf('../../src/keys/custody/token-process-client.ts'),
    from: "'token-process.ts'",
    to: "'token-process.js'",
  },
  {
    file: pathOf('../../src/http/endpoints/get-openapi.ts'),
    from: "import.meta.resolve('@tu-esign/contract/openapi.json')",
    to: "'../openapi.json', import.meta.url",
  },
  {
    file: pathOf('../../src/composition/settings/settings.ts'),
    from: "'../../../../widget/dist/cdn'",
    to: "'../element'",
  },
];

const moveFiles = (): Plugin & { assertAllMoved(): void } => {
  const left = new Set(moves);
  return {
    name: 'move-files',
    transform(code, id) {
      const move = moves.find(({ file }) => file === id);
      if (!move) return undefined;
      if (code.includes(move.from)) left.delete(move);
      return code.replace(move.from, move.to);
    },
    assertAllMoved() {
      if (left.size > 0) throw new Error(`No module asks for ${[...left].map(({ from }) => from).join(', ')}`);
    },
  };
};

/** What comes from the registry is installed beside the package; the workspaces' own packages are inside. */
const isInstalled = (id: string): boolean => /^[@\w]/.test(id) && !id.startsWith('@tu-esign/');

/** `@scope/name/file.js` is of `@scope/name`. */
const packageOf = (id: string): string => /^(?:@[^/]+\/)?[^/]+/.exec(id)![0];

const importedBy = (chunks: readonly OutputChunk[]): string[] => {
  const own = new Set(chunks.map(({ fileName }) => fileName));
  const imported = chunks.flatMap(({ imports, dynamicImports }) => [...imports, ...dynamicImports]);
  const outside = imported.filter((id) => !own.has(id) && !id.startsWith('node:'));
  return [...new Set(outside.map(packageOf))].sort();
};

/**
 * Builds the service and its commands into plain JavaScript.
 * @returns the packages that it imports
 */
export const bundleService = async (folder: string): Promise<string[]> => {
  const moving = moveFiles();
  const { output } = await build({
    input: {
      'tu-esign': pathOf('../../src/tu-esign.ts'),
      'pdf-worker': pathOf('../../src/pades/worker.ts'),
      'autograph-worker': pathOf('../../src/autograph/worker.ts'),
      'token-process': pathOf('../../src/keys/custody/token-process.ts'),
    },
    platform: 'node',
    external: isInstalled,
    plugins: [moving],
    // All in one folder, so that what is found by an address is found from each of them.
    output: { dir: folder, chunkFileNames: '[name]-[hash].js', comments: { legal: true } },
    logLevel: 'warn',
  });
  moving.assertAllMoved();
  return importedBy(output.filter((one) => one.type === 'chunk'));
};
