import { contentsOf, contextual, split, tagOf } from '@tu-esign/verifier/asn1/read.ts';
import { toLatin1 } from '@tu-esign/verifier/bytes.ts';
import type { Certificate } from '@tu-esign/verifier/certificates/certificate.ts';
import { findExtension } from '@tu-esign/verifier/certificates/extensions.ts';
import { isSelfIssued, sameName } from '@tu-esign/verifier/certificates/names.ts';
import { readCertificateList, type CertificateList } from '@tu-esign/verifier/long-term/certificate-list.ts';
import { createListsBy } from '@tu-esign/verifier/long-term/list-signatures.ts';
import { statusOf, type RevocationStatus } from '@tu-esign/verifier/long-term/status.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { ask, type HttpRequest } from '#network/http-client.ts';
import { isOpenTarget } from '#network/public-lookup.ts';

const distributionPoints = '2.5.29.31';
const uriTag = 0x86;

/** Of a point that is for all reasons, and by the issuer itself (RFC 5280, 4.2.1.13). */
const addressesAt = (point: Uint8Array): string[] => {
  const [name, ...others] = split(point);
  const [full] = name && tagOf(name) === contextual(0) && others.length === 0 ? split(name) : [];
  if (!full || tagOf(full) !== contextual(0)) return [];
  return split(full)
    .filter((one) => tagOf(one) === uriTag)
    .map((one) => toLatin1(contentsOf(one)));
};

const isWeb = (address: string): boolean => URL.canParse(address) && /^https?:/.test(address);

/** Where a certificate says that lists of its issuer are. */
export const readListAddresses = (certificate: Certificate): string[] => {
  try {
    const value = findExtension(certificate, distributionPoints);
    return value ? split(value).flatMap(addressesAt).filter(isWeb) : [];
  } catch {
    return [];
  }
};

export interface FetchListsOptions {
  connections: HttpRequest['connections'];
  allowPrivate: boolean;
  timeoutMs: number;
  now: () => Date;
}

/** A document is not to grow by more for each authority. */
const mostBytes = 1024 * 1024;
const hourMs = 3_600_000;
const minuteMs = 60_000;

interface Fetched {
  der: Uint8Array;
  list: CertificateList;
}

/** Fetches lists, and keeps each for an hour; where an address does not answer, nobody waits for it again within a minute. */
const createFetch = ({ connections, allowPrivate, timeoutMs, now }: FetchListsOptions) => {
  const kept = new Map<string, { until: number; fetched: Promise<Fetched | undefined> }>();
  const fetchList = async (url: string): Promise<Fetched | undefined> => {
    if (!allowPrivate && !isOpenTarget(url)) return undefined;
    try {
      const { status, body } = await ask({
        url,
        headers: { 'user-agent': 'tu-esign' },
        timeoutMs,
        mostBytes,
        connections,
      });
      return status === 200 ? { der: body, list: readCertificateList(body) } : undefined;
    } catch {
      return undefined;
    }
  };
  return (url: string): Promise<Fetched | undefined> => {
    const at = now().getTime();
    const known = kept.get(url);
    if (known && known.until > at) return known.fetched;
    const one = { until: at + hourMs, fetched: fetchList(url) };
    kept.set(url, one);
    void one.fetched.then((fetched) => {
      if (!fetched) one.until = at + minuteMs;
    });
    return one.fetched;
  };
};

/** What lists say of one certificate, and those that do. */
export interface FetchedStatus {
  status: RevocationStatus;
  lists: Uint8Array[];
}

/** Fetches the lists that certificates name, and says what they say: those that are not by the issuer say nothing. */
export const createFetchLists = (options: FetchListsOptions) => {
  const fetchList = createFetch(options);
  const ofOne = async (certificate: Certificate, all: readonly Certificate[]): Promise<FetchedStatus> => {
    const issuer = all.find(({ subject }) => sameName(subject, certificate.issuer));
    if (!issuer || isSelfIssued(certificate)) return { status: 'unknown', lists: [] };
    for (const url of readListAddresses(certificate)) {
      const fetched = await fetchList(url);
      if (!fetched) continue;
      const question = {
        certificate,
        issuer,
        lists: [fetched.list],
        at: options.now(),
        purpose: 'time-stamping',
      } as const;
      const status = await statusOf(question, createListsBy(nodePorts));
      if (status !== 'unknown') return { status, lists: [fetched.der] };
    }
    return { status: 'unknown', lists: [] };
  };
  return (certificates: readonly Certificate[]): Promise<FetchedStatus[]> =>
    Promise.all(certificates.map((certificate) => ofOne(certificate, certificates)));
};
