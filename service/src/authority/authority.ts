import type { KeyObject } from 'node:crypto';
import type { Signatory } from '@tu-esign/contract';
import type { Certificate } from '@tu-esign/verifier/certificates/certificate.ts';
import { toPem } from '#asn1/pem.ts';
import { createSigner, type Signer } from '#asn1/signer.ts';
import { keysInFiles, type KeyHolder } from '#keys/custody/key-holder.ts';
import { createKeyPair, type KeyAlgorithm } from '#keys/key-pair.ts';
import { inForce } from '#keys/generations.ts';
import type { KeyStorage } from '#keys/key-storage.ts';
import { certifySeal } from './certify-seal.ts';
import { createAuthorityFiles } from './create-authority.ts';
import { createCertificate } from './create-certificate.ts';
import type { PublishedAt } from './addresses.ts';
import { asciiAddress, signatoryName, subjectOf } from './name.ts';
import { createLongTermData, type LongTermData, type SignedWith } from './long-term-data.ts';
import { createIssuerFinder, type IssuerFinder } from './find-issuers.ts';
import { openMembers } from './open-members.ts';
import { profiles } from './profiles.ts';
import type { CertificateListOf, Issuer } from './revocation/list-maker.ts';
import { createPublication, type Publication } from './revocation/publication.ts';
import { noRevocations, type Revocations } from './revocation/revocations.ts';
import { createTimeStamp, type TimeStamp, type TimeStampRequest } from './time-stamp.ts';

/** A key pair made for one signature: its private half lives in `signer` and is lost with it. */
export interface SignatoryKey {
  certificate: Certificate;
  /** The certificates above it, without the root. */
  chain: Certificate[];
  signer: Signer;
  /** The certificate and its chain. */
  pem: string;
}

/** The embedded authority: local, accredited by nobody. */
export interface Authority extends IssuerFinder {
  /** As it is shown to people. */
  readonly name: string;
  readonly rootPem: string;
  /** What a root whose key is elsewhere has last told; undefined where the root's key is here. */
  readonly rootList: CertificateListOf | undefined;
  /** When all of its certificates are valid. */
  readonly validity: { from: Date; to: Date };
  /** PEM of issuing and time-stamp authority, for those who verify. */
  readonly chainPem: string;
  issueSignatoryKey(signatory: Signatory): Promise<SignatoryKey>;
  /** PEM of a certificate for the key that seals evidence, and of its chain without the root. */
  readonly certifySeal: (publicKey: KeyObject) => Promise<string>;
  createTimeStamp(request: TimeStampRequest): Promise<TimeStamp>;
  /** What is needed to verify, long after, what it signs now, besides the signatory's certificate, of which the answer tells. */
  longTermData(signed?: SignedWith): Promise<LongTermData>;
  /** What it tells everybody of its certificates. */
  readonly publication: Publication;
}

export interface AuthorityOptions {
  keys: KeyStorage;
  /** Makes and finds its keys; by default they are in the files themselves. */
  holder?: KeyHolder;
  /** Of the authority's keys, where they are made. */
  algorithm?: KeyAlgorithm;
  /** Of the keys that signatories sign with. */
  signatoryKeys?: KeyAlgorithm;
  now: () => Date;
  /** Organisation in the names of the certificates; what is there already keeps its name. */
  name?: string;
  /** Where the service is reached that tells what was revoked; undefined where nowhere, which certificates then say. */
  publishedAt?: PublishedAt | undefined;
  revocations?: Revocations;
}

const hour = 3_600_000;

interface Issuing {
  issuing: Issuer;
  now: Date;
  publishedAt: PublishedAt | undefined;
  signatoryKeys: KeyAlgorithm;
}

const issue = async (
  { issuing, now, publishedAt, signatoryKeys }: Issuing,
  signatory: Signatory,
): Promise<SignatoryKey> => {
  const { publicKey, privateKey } = await createKeyPair(signatoryKeys);
  const certificate = await createCertificate({
    subject: signatoryName(signatory),
    publicKey,
    notBefore: new Date(now.getTime() - hour / 12),
    notAfter: new Date(now.getTime() + 24 * hour),
    extensions: profiles.signatory(asciiAddress(signatory.email), publishedAt !== undefined),
    publishedAt,
    issuer: issuing.certificate,
    signer: issuing.signer,
  });
  const chain = [issuing.certificate];
  const pem = [certificate, ...chain].map(({ der }) => toPem(der)).join('');
  return { certificate, chain, signer: createSigner(privateKey), pem };
};

const validityOf = (certificates: readonly Certificate[]): Authority['validity'] => {
  const from = Math.max(...certificates.map(({ notBefore }) => notBefore.getTime()));
  const to = Math.min(...certificates.map(({ notAfter }) => notAfter.getTime()));
  return { from: new Date(from), to: new Date(to) };
};

/**
 * Opens the authority; on the first start makes it.
 * @throws KeysError that says which file is missing, altered or open to others
 */
export const openAuthority = async (options: AuthorityOptions): Promise<Authority> => {
  const { keys, holder = keysInFiles, now, name = 'tu-esign', publishedAt, revocations = noRevocations } = options;
  const { algorithm = 'P-256', signatoryKeys = 'P-256' } = options;
  const files = await keys.open('authority', () =>
    createAuthorityFiles(name, now(), { holder, publishedAt, algorithm }),
  );
  const members = await openMembers(files, holder, now());
  const { root, issuers, stampers } = members;
  const newest = [issuers.at(-1)!, stampers.at(-1)!] as const;
  const organization = subjectOf(newest[0].pem, 'O') || name;
  const own = createPublication({
    issuers: [...issuers.toReversed(), root],
    organization,
    revocations,
    now,
  });
  return {
    name: subjectOf(newest[1].pem, 'CN'),
    rootPem: files['root.pem']!,
    rootList: 'list' in root ? root.list : undefined,
    validity: validityOf([root, ...newest].map(({ certificate }) => certificate)),
    chainPem: [...issuers, ...stampers].map(({ pem }) => pem).join(''),
    issueSignatoryKey: (signatory) =>
      issue({ issuing: inForce(issuers, now().getTime()), now: now(), publishedAt, signatoryKeys }, signatory),
    certifySeal: (publicKey) =>
      certifySeal(publicKey, {
        issuer: newest[0].certificate,
        signer: newest[0].signer,
        organization,
        publishedAt,
      }),
    longTermData: createLongTermData({ root, issuers, stampers, publication: own, now }),
    publication: own,
    ...createIssuerFinder(members),
    createTimeStamp: (request) => createTimeStamp({ ...inForce(stampers, now().getTime()), chain: [], now }, request),
  };
};
