import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { readCertificateList } from '@tu-esign/verifier/long-term/certificate-list.ts';
import { createListsBy } from '@tu-esign/verifier/long-term/list-signatures.ts';
import type { Certificate } from '@tu-esign/verifier/certificates/certificate.ts';
import type { CertificateListOf } from '#authority/revocation/list-maker.ts';
import { readPem } from '#asn1/pem.ts';
import { KeysError, type KeyFiles } from '#keys/key-storage.ts';

/** A root whose key is elsewhere: it has made a list of what it has revoked, which is told as it is until it makes another. */
export interface OfflineRoot {
  certificate: Certificate;
  list: CertificateListOf;
}

export const listFile = 'root.crl.pem';
export const listLabel = 'X509 CRL';

/** Whether the root's key was never here. Where it was, its file is missing, which is another matter. */
export const isRootElsewhere = (files: KeyFiles): boolean =>
  files[listFile] !== undefined && files['root.key.pem'] === undefined;

/**
 * Reads a list by a root.
 * @param pem with one list in it
 * @throws KeysError where there is none, it is by somebody else, or does not say when it ends
 */
export const readRootList = async (pem: string, root: Certificate): Promise<CertificateListOf> => {
  const [der, ...others] = readPem(pem, listLabel);
  if (!der || others.length) throw new KeysError('there is to be one list of what the root has revoked');
  const list = tryRead(der);
  const [own] = list ? await createListsBy(nodePorts)(root, [list]) : [];
  if (!own) throw new KeysError('the list of what the root has revoked is not by the root');
  const { thisUpdate, nextUpdate } = own;
  if (!nextUpdate) throw new KeysError('the list of what the root has revoked does not say when it ends');
  return { der, thisUpdate, nextUpdate };
};

const tryRead = (der: Uint8Array) => {
  try {
    return readCertificateList(der);
  } catch {
    return undefined;
  }
};
