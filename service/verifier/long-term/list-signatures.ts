import { equalBytes, toHex } from '#bytes.ts';
import type { Certificate } from '#certificates/certificate.ts';
import { readKeyUsage } from '#certificates/extensions.ts';
import { sameName } from '#certificates/names.ts';
import { verifyValue } from '#certificates/signature-algorithm.ts';
import type { Cryptography } from '#ports/ports.ts';
import type { CertificateList } from './certificate-list.ts';

/** Which of the lists somebody has signed. */
export type ListsBy = (issuer: Certificate, lists: readonly CertificateList[]) => Promise<CertificateList[]>;

/** Whoever may not sign lists has signed none (RFC 5280, 6.3.3). */
const maySignLists = (issuer: Certificate): boolean => {
  try {
    return readKeyUsage(issuer)?.includes('cRLSign') ?? true;
  } catch {
    return false;
  }
};

const isBy = async (list: CertificateList, issuer: Certificate, ports: Cryptography): Promise<boolean> => {
  const { claimedAlgorithm, signatureAlgorithm, toBeSigned: bytes, signature } = list;
  if (!sameName(list.issuer, issuer.subject) || !maySignLists(issuer)) return false;
  if (!equalBytes(claimedAlgorithm, signatureAlgorithm)) return false;
  return verifyValue({ publicKey: issuer.publicKey, signatureAlgorithm, bytes, signature }, ports);
};

/** Each list is verified once for each issuer, however many certificates and signatures rest on it: lists may be large. */
export const createListsBy = (ports: Cryptography): ListsBy => {
  const known = new Map<string, Map<CertificateList, Promise<boolean>>>();
  return async (issuer, lists) => {
    const id = toHex(issuer.der);
    const own = known.get(id) ?? new Map<CertificateList, Promise<boolean>>();
    known.set(id, own);
    for (const list of lists) if (!own.has(list)) own.set(list, isBy(list, issuer, ports));
    const found: CertificateList[] = [];
    for (const list of lists) if (await own.get(list)) found.push(list);
    return found;
  };
};
