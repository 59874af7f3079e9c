import { X509Certificate } from 'node:crypto';
import { fromPem } from '@tu-esign/verifier/asn1/pem.ts';
import { readCertificate, type Certificate } from '@tu-esign/verifier/certificates/certificate.ts';
import { isSelfIssued } from '@tu-esign/verifier/certificates/names.ts';
import { toPem, readPem } from '#asn1/pem.ts';
import type { Replaceable } from '#authority/create-authority.ts';
import type { KeyHolder } from '#keys/custody/key-holder.ts';
import { nameGeneration } from '#keys/generations.ts';
import { KeysError, type KeyFiles } from '#keys/key-storage.ts';
import { requestedFile } from './create-request.ts';
import { faultOfMember } from './fault-of-member.ts';
import { listFile, listLabel, readRootList } from './root-list.ts';

export interface InstallOptions {
  holder: KeyHolder;
  /** From when on they are in force. */
  from: number;
  now: Date;
}

/** What came from the root. */
interface Answer {
  root: Certificate;
  /** Of the service's keys. */
  certificates: Certificate[];
  /** PEM; absent where the list stays as it is. */
  list: string | undefined;
}

const replaceable: readonly Replaceable[] = ['issuing', 'time-stamp'];

/**
 * The authority's files with certificates by a root that is elsewhere, and its list, in place of what was asked for.
 * @throws KeysError that says what does not fit
 */
export const installCertificates = async (
  files: KeyFiles,
  text: string,
  options: InstallOptions,
): Promise<KeyFiles> => {
  if (files['root.key.pem'] !== undefined)
    throw new KeysError("this service has a root of its own, which others have pinned: its root's key is here");
  const answer = readAnswer(files, text);
  const list = answer.list ?? files[listFile];
  if (list === undefined) throw new KeysError('there is no list of what the root has revoked in it');
  await requireNewerList(files, list, answer.root, options.now);
  const named = await nameCertificates(files, answer, options);
  if (named.size === 0 && answer.list === undefined) throw new KeysError('there is nothing new in it');
  const result: KeyFiles = { ...files, 'root.pem': toPem(answer.root.der), [listFile]: list };
  for (const [which, certificate] of named) {
    const fault = faultOfMember(which, certificate, { root: answer.root, list, now: options.now });
    if (fault) throw new KeysError(`the certificate for the ${which} key cannot be used: ${fault}`);
    // The first one was always in force.
    const name = files['root.pem'] === undefined ? which : nameGeneration(which, options.from);
    result[`${name}.pem`] = toPem(certificate.der);
    result[`${name}.key.pem`] = files[requestedFile(which)]!;
    delete result[requestedFile(which)];
  }
  return result;
};

const readAnswer = (files: KeyFiles, text: string): Answer => {
  const all = readPem(text, 'CERTIFICATE').map(readOrRefuse);
  const roots = all.filter(isSelfIssued);
  const kept = files['root.pem'] === undefined ? undefined : readCertificate(fromPem(files['root.pem']));
  const root = kept ?? roots[0];
  if (!root) throw new KeysError("there is no root's certificate in it");
  if (roots.some(({ der }) => !root.der.every((octet, at) => octet === der[at]) || der.length !== root.der.length))
    throw new KeysError(kept ? 'it is by another root than that of this service' : 'there are two roots in it');
  const [list] = readPem(text, listLabel);
  return { root, certificates: all.filter((one) => !isSelfIssued(one)), list: list && toPem(list, listLabel) };
};

const readOrRefuse = (der: Uint8Array): Certificate => {
  try {
    return readCertificate(der);
  } catch (cause) {
    throw new KeysError('a certificate in it cannot be read', { cause });
  }
};

const requireNewerList = async (files: KeyFiles, list: string, root: Certificate, now: Date): Promise<void> => {
  const { thisUpdate, nextUpdate } = await readRootList(list, root);
  if (nextUpdate < now)
    throw new KeysError(`the list of what the root has revoked ended at ${nextUpdate.toISOString()}: make another`);
  const kept = files[listFile] && (await readRootList(files[listFile], root));
  if (kept && kept.thisUpdate > thisUpdate)
    throw new KeysError('the list of what the root has revoked is older than that which is here');
};

/** Which certificate is for which key. Every one is to be used, and at first every key needs one. */
const nameCertificates = async (
  files: KeyFiles,
  { certificates }: Answer,
  { holder }: InstallOptions,
): Promise<Map<Replaceable, Certificate>> => {
  const named = new Map<Replaceable, Certificate>();
  for (const which of replaceable) {
    const text = files[requestedFile(which)];
    if (text === undefined) continue;
    const { publicKey } = await holder.open(text);
    const own = certificates.find(({ der }) => new X509Certificate(der).publicKey.equals(publicKey));
    if (own) named.set(which, own);
    else if (files['root.pem'] === undefined)
      throw new KeysError(`there is no certificate in it for the ${which} key that this service has asked for`);
  }
  const used = new Set(named.values());
  const stray = certificates.find((certificate) => !used.has(certificate));
  if (!stray) return named;
  const { subject, serialNumber } = new X509Certificate(stray.der);
  throw new KeysError(
    `a certificate in it is for no key that this service has asked for: ${subject.replaceAll('\n', ', ')} (${serialNumber})`,
  );
};
