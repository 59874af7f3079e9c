import { X509Certificate } from 'node:crypto';
import type { RevocationReason } from '@tu-esign/contract';
import type { Certificate } from '@tu-esign/verifier/certificates/certificate.ts';
import { certify } from '#authority/offline/certify.ts';
import { createRoot, createRootList, openRootFiles } from '#authority/offline/create-root.ts';
import { readRequests } from '#authority/offline/read-request.ts';
import type { Member, Replaceable } from '#authority/create-authority.ts';
import { keyAlgorithms, type KeyAlgorithm } from '#keys/key-pair.ts';
import { KeysError } from '#keys/key-storage.ts';
import { appendIssued, createRootFolder, readRevoked, readRootFiles, rootNames, writeRootFile } from './root-folder.ts';

export { keyAlgorithms, type KeyAlgorithm };

/** Where a root is kept, and what opens its key. */
export interface RootPlace {
  folder: string;
  passphrase: string | undefined;
}

const pemOf = ({ der }: Certificate): string => new X509Certificate(der).toString();

export interface Certified {
  which: Replaceable;
  certificate: Certificate;
}

/** Makes a root in a folder of its own, and its first list. @param days for which the list holds */
export const makeRoot = async (
  { folder, passphrase }: RootPlace,
  of: { organization: string; algorithm: KeyAlgorithm },
  days: number,
): Promise<void> => {
  await createRootFolder(folder);
  const files = await createRoot(of, new Date(), passphrase);
  await writeRootFile(folder, rootNames.key, files.key);
  await writeRootFile(folder, rootNames.certificate, files.certificate);
  await renewList({ folder, passphrase }, days);
};

const open = async ({ folder, passphrase }: RootPlace): Promise<Member> => {
  const root = openRootFiles(await readRootFiles(folder), passphrase);
  if (root.ends < new Date()) throw new KeysError(`the root's certificate ended at ${root.ends.toISOString()}`);
  return root;
};

/** Makes another list of what the root has revoked; PEM. */
export const renewList = async (place: RootPlace, days: number): Promise<string> => {
  const root = await open(place);
  const list = await createRootList(root, { revoked: await readRevoked(place.folder), now: new Date(), days });
  await writeRootFile(place.folder, rootNames.list, list);
  return list;
};

/**
 * Certifies all keys that are asked for, or none.
 * @param text of the service's request
 * @returns also what the service is to be brought: its certificates, the root's, and a new list; PEM
 * @throws KeysError
 */
export const certifyRequests = async (
  place: RootPlace,
  text: string,
  { lists, years, days }: { lists: string | undefined; years: number; days: number },
): Promise<{ certified: Certified[]; answer: string }> => {
  const root = await open(place);
  const requests = await readRequests(text);
  const certified: Certified[] = [];
  for (const request of requests) {
    const certificate = await certify(request, { root, now: new Date(), years, lists });
    certified.push({ which: request.which, certificate });
  }
  const issued = certified.map(({ certificate }) => pemOf(certificate)).join('');
  await appendIssued(place.folder, issued);
  return { certified, answer: issued + pemOf(root.certificate) + (await renewList(place, days)) };
};

export interface RootRevocation {
  serialNumber: string;
  reason: RevocationReason;
  revokedAt: number;
}

/** Puts a certificate on the root's list. The first word on it stands. @throws KeysError where it is there already */
export const revokeByRoot = async (place: RootPlace, revocation: RootRevocation, days: number): Promise<void> => {
  await open(place);
  const revoked = await readRevoked(place.folder);
  if (revoked.some(({ serialNumber }) => serialNumber === revocation.serialNumber))
    throw new KeysError(`${revocation.serialNumber} is revoked already`);
  const entry = { ...revocation, registeredAt: Date.now() };
  await writeRootFile(place.folder, rootNames.revoked, `${JSON.stringify([...revoked, entry], undefined, 2)}\n`);
  await renewList(place, days);
};
