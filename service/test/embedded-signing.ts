import type { SigningOrder } from '#providers/provider.ts';
import { openAuthority, type AuthorityOptions } from '#authority/authority.ts';
import { createEmbeddedProvider, type EmbeddedLevel } from '#providers/embedded.ts';
import { drawAutograph } from './autograph.ts';
import { createKeys } from './keys.ts';
import { sharedThreads } from './shared-threads.ts';
import { createFolder, createTrustStore } from './tools.ts';

const autograph = drawAutograph();

/** An order whose signatory has a name beyond WinAnsi. */
export const createOrder = (document: Uint8Array, changes: Partial<SigningOrder> = {}): SigningOrder => ({
  id: crypto.randomUUID(),
  identifier: 'CREDITO-2026-000417',
  document,
  documentName: 'Contrato',
  signatory: {
    givenName: 'Łucja Đorđa',
    paternalSurname: 'Ejemplo',
    maternalSurname: 'Ñandú',
    email: 'firmante@example.org',
    rfc: 'GODE561231GR8',
  },
  autograph,
  locale: 'es-MX',
  acceptedAt: new Date('2026-11-24T19:05:41Z'),
  position: 1,
  of: 1,
  ...changes,
});

/** Engine, authority and provider on a folder of their own, and a store that trusts the root; the signature comes last. */
export const startEmbeddedSigning = async (
  now = () => new Date(),
  level: EmbeddedLevel = 'B-T',
  kinds: Pick<AuthorityOptions, 'algorithm' | 'signatoryKeys'> = {},
) => {
  const folder = createFolder();
  const authority = await openAuthority({ keys: createKeys(folder.path), now, ...kinds });
  const { engine } = sharedThreads();
  const stop = (): void => folder.remove();
  const provider = createEmbeddedProvider({ engine, authority, now, level });
  return { folder, authority, engine, provider, store: createTrustStore(folder, authority.rootPem), stop };
};
