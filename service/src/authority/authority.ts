import { createPrivateKey, generateKeyPairSync, X509Certificate, type KeyObject } from 'node:crypto';
import type { Signatory } from '@tu-esign/contract';
import { readCertificate, type Certificate } from '@tu-esign/verifier/certificates/certificate.ts';
import { fromPem } from '@tu-esign/verifier/asn1/pem.ts';
import { toPem } from '#asn1/pem.ts';
import { createSigner, type Signer } from '#asn1/signer.ts';
import { inForce, listGenerations } from '#keys/generations.ts';
import { KeysError, type KeyFiles, type KeyStorage } from '#keys/key-storage.ts';
import { certifySeal } from './certify-seal.ts';
import { createAuthorityFiles } from './create-authority.ts';
import { createCertificate } from './create-certificate.ts';
import { asciiAddress, signatoryName, subjectOf } from './name.ts';
import { createLongTermData, type LongTermData } from './long-term-data.ts';
import { profiles } from './profiles.ts';
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
}

export interface AuthorityOptions {
  keys: KeyStorage;
  now: () => Date;
  /** Organisation in the names of the certificates; what is there already keeps its name. */
  name?: string;
}

const hour = 3_600_000;

const member = (files: KeyFiles, name: string): { certificate: Certificate; signer: Signer } => {
  const pem = files[`${name}.pem`];
  const keyPem = files[`${name}.key.pem`];
  if (!pem || !keyPem) throw new KeysError(`the authority has no ${name}: restore its keys from a backup`);
  try {
    const key = createPrivateKey(keyPem);
    if (!new X509Certificate(pem).checkPrivateKey(key)) throw new Error('key and certificate do not match');
    return { certificate: readCertificate(fromPem(pem)), signer: createSigner(key) };
  } catch (cause) {
    const said = `key and certificate of the authority's ${name} cannot be read, or do not match: restore its keys from a backup`;
    throw new KeysError(said, { cause });
  }
};

const issue = async (issuing: ReturnType<typeof member>, signatory: Signatory, now: Date): Promise<SignatoryKey> => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const certificate = await createCertificate({
    subject: signatoryName(signatory),
    publicKey,
    notBefore: new Date(now.getTime() - hour / 12),
    notAfter: new Date(now.getTime() + 24 * hour),
    extensions: profiles.signatory(asciiAddress(signatory.email)),
    issuer: issuing.certificate,
    signer: issuing.signer,
  });
  const chain = [issuing.certificate];
  const pem = [certificate, ...chain].map(({ der }) => toPem(der)).join('');
  return { certificate, chain, signer: createSigner(privateKey), pem };
};

/** Their keys, the oldest first: each is replaced in time. */
const generations = (files: KeyFiles, base: string) => {
  const listed = listGenerations(files, base, '.key.pem').map(({ name, from }) =>
    Object.assign(member(files, name), { from, pem: files[`${name}.pem`]! }),
  );
  if (listed.length === 0) throw new KeysError(`the authority has no ${base}: restore its keys from a backup`);
  return listed;
};

type Kept = ReturnType<typeof generations>;

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
export const openAuthority = async ({ keys, now, name = 'tu-esign' }: AuthorityOptions): Promise<Authority> => {
  const files = await keys.open('authority', () => createAuthorityFiles(name, now()));
  const [issuers, stampers] = [generations(files, 'issuing'), generations(files, 'time-stamp')];
  const { certificate, signer } = member(files, 'root');
  const root = new X509Certificate(files['root.pem']!);
  requireChain(root, [...issuers, ...stampers]);
  const newest = [issuers.at(-1)!, stampers.at(-1)!];
  return {
    name: subjectOf(newest[1]!.pem, 'CN'),
    rootPem: files['root.pem']!,
    validity: validityOf([root, ...newest.map(({ pem }) => new X509Certificate(pem))]),
    chainPem: [...issuers, ...stampers].map(({ pem }) => pem).join(''),
    issueSignatoryKey: (signatory) => issue(inForce(issuers, now().getTime()), signatory, now()),
    certifySeal: (publicKey) => certifyBy(newest[0]!, publicKey),
    longTermData: createLongTermData({ root: { certificate, signer }, issuers, stampers, now }),
    createTimeStamp: (request) => createTimeStamp({ ...inForce(stampers, now().getTime()), chain: [], now }, request),
  };
};

const certifyBy = ({ pem, certificate, signer }: Kept[number], publicKey: KeyObject): Promise<string> =>
  certifySeal(publicKey, { issuer: certificate, signer, organization: subjectOf(pem, 'O') });
