import type { Imprint } from '#asn1/imprint.ts';
import type { Stamped, StampedSigning, Stamps } from '#authority/stamps.ts';
import { fromPem } from '@tu-esign/verifier/asn1/pem.ts';
import { readCertificate, type Certificate } from '@tu-esign/verifier/certificates/certificate.ts';
import { readCertificatesOf } from '@tu-esign/verifier/cms/read-signed-data.ts';
import { readTimeStampResponse } from '@tu-esign/verifier/cms/read-time-stamp.ts';
import type { ConservationAuthority } from './authority.ts';
import type { FetchedStatus } from './fetch-lists.ts';
import { AuthorityFault } from './post-query.ts';

/** An authority whose time-stamps go into signatures. */
export interface StampingAuthority {
  authority: ConservationAuthority;
  /** PEM. */
  roots: readonly string[];
  readonly fetchLists: (certificates: readonly Certificate[]) => Promise<FetchedStatus[]>;
}

/** What is signed without one: it waits until somebody stamps, or stays without. */
export type WhenAway = 'wait' | 'B-B';

export interface TimeStampsOptions {
  /** In the order in which they are asked. */
  authorities: readonly StampingAuthority[];
  whenAway: WhenAway;
}

/** Nobody of those who are named stamps now. */
export class NobodyStamps extends Error {
  override name = 'NobodyStamps';
}

/**
 * Has an imprint stamped by the first authority that does so as it should: each answer is judged before it is used, and so is
 * whether the authority was revoked. There is no other clock behind them.
 * @returns undefined where nobody does, and a signature may stay without
 * @throws NobodyStamps where nobody does, and it has to wait
 */
export const createTimeStamps = ({ authorities, whenAway }: TimeStampsOptions): Stamps => ({
  moreBytes,
  async stamp(imprint, signing) {
    const faults: unknown[] = [];
    for (const one of authorities) {
      try {
        return await stampBy(one, imprint, signing);
      } catch (fault) {
        faults.push(fault);
      }
    }
    if (whenAway === 'B-B') return undefined;
    throw new NobodyStamps('no time-stamp authority stamps now', { cause: faults.at(-1) });
  },
  async listsOf(certificates) {
    const statuses = await Promise.all(
      authorities.map(({ roots, fetchLists }) =>
        fetchLists([...certificates, ...roots.map(fromPem)].map(readCertificate)),
      ),
    );
    return statuses.flat().flatMap(({ lists }) => lists);
  },
});

/** A chain of three RSA certificates takes about 6,000; a token that is larger than there is room for is none. */
const moreBytes = 8192;
const mostBytes = moreBytes + 2048;

const stampBy = async (
  { authority, roots, fetchLists }: StampingAuthority,
  imprint: Imprint,
  { id, identifier }: StampedSigning,
): Promise<Stamped> => {
  const { algorithm } = imprint;
  const digest = imprint.digest.toString('hex');
  const artefacts = { 'signed-document': digest, agreement: digest };
  const answer = await authority.conserve({ digest, algorithm, signingId: id, identifier, artefacts });
  const token = answer && readTimeStampResponse(answer.response).token;
  if (!token || token.length > mostBytes) throw new AuthorityFault('no-token');
  const certificates = [...readCertificatesOf(token), ...roots.map(fromPem)];
  const statuses = await fetchLists(certificates.map(readCertificate));
  if (statuses.some(({ status }) => status === 'revoked')) throw new AuthorityFault('revoked');
  return { token, certificates, certificateLists: statuses.flatMap(({ lists }) => lists) };
};
