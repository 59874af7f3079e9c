import type { ElementDeclaration, Manifest } from './scripts/manifest.ts';

interface Linked {
  customElementsManifest: Manifest;
}

/**
 * Leaves in the manifest what a host may use. Left to itself the analyser lists private members, and takes the
 * first argument of any event's constructor for the name of an event.
 */
const publicOnly = {
  name: 'public-only',
  packageLinkPhase({ customElementsManifest }: Linked): void {
    for (const { declarations } of customElementsManifest.modules) declarations.forEach(keepPublic);
  },
};

const keepPublic = (declaration: Partial<ElementDeclaration>): void => {
  const { members, events, tagName } = declaration;
  if (members) declaration.members = members.filter(({ privacy }) => privacy !== 'private' && privacy !== 'protected');
  if (events) declaration.events = events.filter(({ name }) => name?.startsWith(`${tagName}-`));
};

export default {
  globs: ['src/element/tu-esign.ts', 'src/host/events.ts'],
  outdir: '.',
  litelement: true,
  plugins: [publicOnly],
};
