import { X509Certificate } from 'node:crypto';
import { fromPem } from '@tu-esign/verifier/asn1/pem.ts';
import { readCertificate } from '@tu-esign/verifier/certificates/certificate.ts';
import type { KeyHolder } from '#keys/custody/key-holder.ts';
import { inForce, listGenerations } from '#keys/generations.ts';
import { KeysError, type KeyFiles } from '#keys/key-storage.ts';
import { requestedFile } from './offline/create-request.ts';
import { isRevoked } from './offline/fault-of-member.ts';
import { isRootElsewhere, listFile, readRootList, type OfflineRoot } from './offline/root-list.ts';
import type { Issuer } from './revocation/list-maker.ts';

const member = async (files: KeyFiles, name: string, holder: KeyHolder): Promise<Issuer> => {
  const pem = files[`${name}.pem`];
  const keyPem = files[`${name}.key.pem`];
  if (!pem || !keyPem) throw new KeysError(`the authority has no ${name}: restore its keys from a backup`);
  try {
    const { publicKey, signer } = await holder.open(keyPem);
    if (!new X509Certificate(pem).publicKey.equals(publicKey)) throw new Error('key and certificate do not match');
    return { certificate: readCertificate(fromPem(pem)), signer };
  } catch (cause) {
    if (cause instanceof KeysError) throw cause;
    const said = `key and certificate of the authority's ${name} cannot be read, or do not match: restore its keys from a backup`;
    throw new KeysError(said, { cause });
  }
};

/** Their keys, the oldest first: each is replaced in time. */
const generations = async (files: KeyFiles, base: string, holder: KeyHolder) => {
  const listed = await Promise.all(
    listGenerations(files, base, '.key.pem').map(async ({ name, from }) =>
      Object.assign(await member(files, name, holder), { from, pem: files[`${name}.pem`]! }),
    ),
  );
  if (listed.length === 0) throw new KeysError(`the authority has no ${base}: restore its keys from a backup`);
  return listed;
};

/** Of one kind, the oldest first. */
export type Kept = Awaited<ReturnType<typeof generations>>;

/** @throws KeysError where its certificates are still to come */
const requireInstalled = (files: KeyFiles): void => {
  if (files['root.pem'] !== undefined || files[requestedFile('issuing')] === undefined) return;
  const said = 'the authority waits for certificates by its root, whose key is elsewhere';
  throw new KeysError(`${said}: bring them by tu-esign keys install, or ask again by tu-esign keys request`);
};

const openRoot = async (files: KeyFiles, holder: KeyHolder): Promise<Issuer | OfflineRoot> => {
  if (!isRootElsewhere(files)) return member(files, 'root', holder);
  const certificate = readCertificate(fromPem(files['root.pem'] ?? ''));
  return { certificate, list: await readRootList(files[listFile]!, certificate) };
};

/** @throws KeysError where nobody would believe what is signed from now on */
const requireUnrevoked = (kept: readonly Issuer[], list: string | undefined): void => {
  if (list === undefined || kept.every(({ certificate }) => !isRevoked(certificate, list))) return;
  throw new KeysError(
    'the root has revoked a certificate that is in force: ask for another by tu-esign keys request, and bring it by tu-esign keys install',
  );
};

/** What it signs is believed by its root alone. */
const requireChain = (root: X509Certificate, kept: Kept): void => {
  if (kept.every(({ pem }) => new X509Certificate(pem).verify(root.publicKey))) return;
  throw new KeysError("the authority's certificates are not by its root: restore its keys from a backup");
};

export interface Members {
  root: Issuer | OfflineRoot;
  issuers: Kept;
  stampers: Kept;
}

/**
 * The authority's keys and certificates.
 * @throws KeysError that says which is missing, or does not fit the others
 */
export const openMembers = async (files: KeyFiles, holder: KeyHolder, at: Date): Promise<Members> => {
  requireInstalled(files);
  const issuers = await generations(files, 'issuing', holder);
  const stampers = await generations(files, 'time-stamp', holder);
  const root = await openRoot(files, holder);
  requireChain(new X509Certificate(root.certificate.der), [...issuers, ...stampers]);
  requireUnrevoked(
    [issuers, stampers].map((kept) => inForce(kept, at.getTime())),
    files[listFile],
  );
  return { root, issuers, stampers };
};
