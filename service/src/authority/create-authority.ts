import { createPrivateKey, generateKeyPairSync, X509Certificate, type KeyObject } from 'node:crypto';
import { readCertificate, type Certificate } from '@tu-esign/verifier/certificates/certificate.ts';
import { fromPem } from '@tu-esign/verifier/asn1/pem.ts';
import { toPem } from '#asn1/pem.ts';
import { createSigner } from '#asn1/signer.ts';
import type { PublishedAt } from './addresses.ts';
import { createCertificate } from './create-certificate.ts';
import { nameGeneration } from '#keys/generations.ts';
import type { KeyFiles } from '#keys/key-storage.ts';
import { authorityName, subjectOf } from './name.ts';
import { profiles } from './profiles.ts';

interface Member {
  certificate: Certificate;
  key: KeyObject;
  ends: Date;
}

const minute = 60_000;
const year = 365.25 * 24 * 60 * minute;

interface MemberOptions {
  organization: string;
  purpose: string;
  extensions: Buffer[];
  now: Date;
  /** How long the certificate lives. A document signed today is kept for ten years at least. */
  years: number;
  issuer?: Member;
  publishedAt?: PublishedAt | undefined;
}

const createMember = async (options: MemberOptions): Promise<Member> => {
  const { organization, purpose, extensions, now, years, issuer, publishedAt } = options;
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const certificate = await createCertificate({
    subject: authorityName(organization, purpose),
    publicKey,
    // clocks of those who verify may be a little behind
    notBefore: new Date(now.getTime() - 5 * minute),
    // No certificate outlives the one above it.
    notAfter: new Date(Math.min(now.getTime() + years * year, issuer?.ends.getTime() ?? Infinity)),
    extensions,
    publishedAt,
    ...(issuer && { issuer: issuer.certificate }),
    signer: createSigner(issuer?.key ?? privateKey),
  });
  return { certificate, key: privateKey, ends: new X509Certificate(certificate.der).validToDate };
};

const filesOf = (name: string, { certificate, key }: Member): KeyFiles => ({
  [`${name}.pem`]: toPem(certificate.der),
  [`${name}.key.pem`]: key.export({ format: 'pem', type: 'pkcs8' }),
});

/**
 * Makes root, issuing authority and time-stamp authority, P-256 each.
 * @param publishedAt where the service is reached that tells what the root has revoked
 */
export const createAuthorityFiles = async (
  organization: string,
  now: Date,
  publishedAt?: PublishedAt,
): Promise<KeyFiles> => {
  const common = { organization, now, publishedAt };
  const root = await createMember({
    ...common,
    purpose: 'raíz local, no acreditada',
    extensions: profiles.root,
    years: 30,
  });
  const issuing = await createMember({ ...common, ...belowRoot.issuing, issuer: root });
  const timeStamp = await createMember({ ...common, ...belowRoot['time-stamp'], issuer: root });
  return { ...filesOf('root', root), ...filesOf('issuing', issuing), ...filesOf('time-stamp', timeStamp) };
};

/** What is below the root, and is replaced in time. */
export type Replaceable = 'issuing' | 'time-stamp';

const belowRoot = {
  issuing: { purpose: 'emisora local, no acreditada', extensions: profiles.issuing, years: 25 },
  'time-stamp': { purpose: 'sello de tiempo local, no acreditado', extensions: profiles.timeStamp, years: 25 },
};

/** The files with another key by the same root, in force from then on: its certificate holds from now. */
export const addAuthorityKey = async (
  files: KeyFiles,
  which: Replaceable,
  { from, now, publishedAt }: { from: number; now: Date; publishedAt: PublishedAt | undefined },
): Promise<KeyFiles> => {
  const root = readRoot(files);
  const { organization } = root;
  const added = await createMember({ organization, now, publishedAt, ...belowRoot[which], issuer: root });
  return { ...files, ...filesOf(nameGeneration(which, from), added) };
};

const readRoot = (files: KeyFiles): Member & { organization: string } => {
  const pem = files['root.pem'] ?? '';
  const { validToDate: ends } = new X509Certificate(pem);
  const key = createPrivateKey(files['root.key.pem'] ?? '');
  return { certificate: readCertificate(fromPem(pem)), key, ends, organization: subjectOf(pem, 'O') };
};
