import { generateKeyPairSync, X509Certificate, type KeyObject } from 'node:crypto';
import type { Signatory } from '@tu-esign/contract';
import { readCertificate, type Certificate } from '@tu-esign/verifier/certificates/certificate.ts';
import { fromPem } from '@tu-esign/verifier/asn1/pem.ts';
import { contentsOf } from '@tu-esign/verifier/asn1/read.ts';
import { toPem } from '#asn1/pem.ts';
import { createSigner, type Signer } from '#asn1/signer.ts';
import { keysInFiles, type KeyHolder } from '#keys/custody/key-holder.ts';
import { inForce, listGenerations } from '#keys/generations.ts';
import { KeysError, type KeyFiles, type KeyStorage } from '#keys/key-storage.ts';
import { certifySeal } from './certify-seal.ts';
import { createAuthorityFiles } from './create-authority.ts';
import { createCertificate } from './create-certificate.ts';
import { issuerId, type PublishedAt } from './addresses.ts';
import { asciiAddress, signatoryName, subjectOf } from './name.ts';
import { createLongTermData, type LongTermData } from './long-term-data.ts';
import { profiles } from './profiles.ts';
import { createPublication, type Publication } from './revocation/publication.ts';
import { noRevocations, toSerialNumber, type Revocations } from './revocation/revocations.ts';
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
export interface Authority {
  /** As it is shown to people. */
  readonly name: string;
  readonly rootPem: string;
  /** When all of its certificates are valid. */
  readonly validity: { from: Date; to: Date };
  /** PEM of issuing and time-stamp authority, for those who verify. */
  readonly chainPem: string;
  issueSignatoryKey(signatory: Signatory): Promise<SignatoryKey>;
  /** PEM of a certificate for the key that seals evidence, and of its chain without the root. */
  readonly certifySeal: (publicKey: KeyObject) => Promise<string>;
  createTimeStamp(request: TimeStampRequest): Promise<TimeStamp>;
  /** What is needed to verify, long after, what it signs now, besides the signatory's certificate. */
  longTermData(): Promise<LongTermData>;
  /** What it tells everybody of its certificates. */
  readonly publication: Publication;
  /** Ids of those that may have issued a certificate: the root where it is known to be its, or all that certify others. */
  readonly issuersOf: (serialNumber: string) => string[];
  /** The certificate that a PEM begins with, and who issued it, where that is one of the authority. */
  readonly findIssued: (pem: string) => { issuer: string; serialNumber: string } | undefined;
}

export interface AuthorityOptions {
  keys: KeyStorage;
  /** Makes and finds its keys; by default they are in the files themselves. */
  holder?: KeyHolder;
  now: () => Date;
  /** Organisation in the names of the certificates; what is there already keeps its name. */
  name?: string;
  /** Where the service is reached that tells what was revoked; undefined where nowhere, which certificates then say. */
  publishedAt?: PublishedAt | undefined;
  revocations?: Revocations;
}

const hour = 3_600_000;

interface Member {
  certificate: Certificate;
  signer: Signer;
}

const member = async (files: KeyFiles, name: string, holder: KeyHolder): Promise<Member> => {
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

interface Issuing {
  issuing: Member;
  now: Date;
  publishedAt: PublishedAt | undefined;
}

const issue = async ({ issuing, now, publishedAt }: Issuing, signatory: Signatory): Promise<SignatoryKey> => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
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

type Kept = Awaited<ReturnType<typeof generations>>;

/** What it signs is believed by its root alone. */
const requireChain = (root: X509Certificate, kept: Kept): void => {
  if (kept.every(({ pem }) => new X509Certificate(pem).verify(root.publicKey))) return;
  throw new KeysError("the authority's certificates are not by its root: restore its keys from a backup");
};

const validityOf = (certificates: readonly X509Certificate[]): Authority['validity'] => {
  const from = Math.max(...certificates.map(({ validFromDate }) => validFromDate.getTime()));
  const to = Math.min(...certificates.map(({ validToDate }) => validToDate.getTime()));
  return { from: new Date(from), to: new Date(to) };
};

/**
 * Opens the authority; on the first start makes it.
 * @throws KeysError that says which file is missing, altered or open to others
 */
export const openAuthority = async (options: AuthorityOptions): Promise<Authority> => {
  const { keys, holder = keysInFiles, now, name = 'tu-esign', publishedAt, revocations = noRevocations } = options;
  const files = await keys.open('authority', () => createAuthorityFiles(name, now(), { holder, publishedAt }));
  const issuers = await generations(files, 'issuing', holder);
  const stampers = await generations(files, 'time-stamp', holder);
  const { certificate, signer } = await member(files, 'root', holder);
  const root = new X509Certificate(files['root.pem']!);
  requireChain(root, [...issuers, ...stampers]);
  const newest = [issuers.at(-1)!, stampers.at(-1)!] as const;
  const rootIssuer = { certificate, signer };
  const organization = subjectOf(newest[0].pem, 'O');
  const { listBy, ...publication } = createPublication({
    issuers: [...issuers.toReversed(), rootIssuer],
    organization,
    revocations,
    now,
  });
  return {
    name: subjectOf(newest[1].pem, 'CN'),
    rootPem: files['root.pem']!,
    validity: validityOf([root, ...newest.map(({ pem }) => new X509Certificate(pem))]),
    chainPem: [...issuers, ...stampers].map(({ pem }) => pem).join(''),
    issueSignatoryKey: (signatory) =>
      issue({ issuing: inForce(issuers, now().getTime()), now: now(), publishedAt }, signatory),
    certifySeal: (publicKey) =>
      certifySeal(publicKey, {
        issuer: newest[0].certificate,
        signer: newest[0].signer,
        organization,
        publishedAt,
      }),
    longTermData: createLongTermData({ root: rootIssuer, issuers, stampers, listOf: listBy, now }),
    publication,
    ...findIssuers(certificate, issuers, stampers),
    createTimeStamp: (request) => createTimeStamp({ ...inForce(stampers, now().getTime()), chain: [], now }, request),
  };
};

const serialOf = ({ serialNumber }: Certificate): string => toSerialNumber(contentsOf(serialNumber));

/** Who issued what. */
const findIssuers = (root: Certificate, issuers: Kept, stampers: Kept): Pick<Authority, 'findIssued' | 'issuersOf'> => {
  const ofRoot = new Set([...issuers, ...stampers].map(({ certificate }) => serialOf(certificate)));
  const all = [...issuers.map(({ certificate }) => certificate), root];
  return {
    issuersOf: (serialNumber) =>
      ofRoot.has(serialNumber) ? [issuerId(root)] : issuers.map(({ certificate }) => issuerId(certificate)),
    findIssued(pem) {
      const certificate = new X509Certificate(pem);
      const issuer = all.find((one) => certificate.verify(new X509Certificate(one.der).publicKey));
      const serialNumber = toSerialNumber(Buffer.from(certificate.serialNumber, 'hex'));
      return issuer && { issuer: issuerId(issuer), serialNumber };
    },
  };
};
