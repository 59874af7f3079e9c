import { X509Certificate } from 'node:crypto';
import { readCertificate, type Certificate } from '@tu-esign/verifier/certificates/certificate.ts';
import { fromPem } from '@tu-esign/verifier/asn1/pem.ts';
import { toPem } from '#asn1/pem.ts';
import type { Signer } from '#asn1/signer.ts';
import type { PublishedAt } from './addresses.ts';
import { createCertificate } from './create-certificate.ts';
import { keysInFiles, requireOtherKey, type KeyHolder } from '#keys/custody/key-holder.ts';
import type { KeyAlgorithm } from '#keys/key-pair.ts';
import { nameGeneration } from '#keys/generations.ts';
import { KeysError, type KeyFiles } from '#keys/key-storage.ts';
import { authorityName, subjectOf } from './name.ts';
import { isRootElsewhere } from './offline/root-list.ts';
import { profiles } from './profiles.ts';

export interface Member {
  certificate: Certificate;
  signer: Signer;
  ends: Date;
}

const minute = 60_000;
const year = 365.25 * 24 * 60 * minute;

/** Who holds the keys, and where the service is reached that tells what was revoked; undefined where nowhere. */
export interface Custody {
  holder: KeyHolder;
  publishedAt: PublishedAt | undefined;
  /** Of keys that are made. */
  algorithm: KeyAlgorithm;
}

export interface MemberOptions {
  holder: KeyHolder;
  algorithm: KeyAlgorithm;
  organization: string;
  kind: 'root' | Replaceable;
  purpose: string;
  extensions: Buffer[];
  now: Date;
  /** How long the certificate lives. A document signed today is kept for ten years at least. */
  years: number;
  issuer?: Member;
  publishedAt?: PublishedAt | undefined;
}

/** Makes a key and certifies it: by an issuer, or by itself. */
export const createMember = async (options: MemberOptions): Promise<Member & { text: string }> => {
  const { holder, algorithm, organization, kind, purpose, extensions, now, years, issuer, publishedAt } = options;
  const { publicKey, signer, text } = await holder.create({ kind, purpose, algorithm });
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
    signer: issuer?.signer ?? signer,
  });
  return { certificate, signer, text, ends: new X509Certificate(certificate.der).validToDate };
};

const filesOf = (name: string, { certificate, text }: Member & { text: string }): KeyFiles => ({
  [`${name}.pem`]: toPem(certificate.der),
  [`${name}.key.pem`]: text,
});

/**
 * Makes root, issuing authority and time-stamp authority.
 */
export const createAuthorityFiles = async (
  organization: string,
  now: Date,
  { holder = keysInFiles, publishedAt, algorithm = 'P-256' }: Partial<Custody> = {},
): Promise<KeyFiles> => {
  const common = { holder, algorithm, organization, now, publishedAt };
  const root = await createMember({ ...common, ...rootKind });
  const issuing = await createMember({ ...common, ...belowRoot.issuing, issuer: root });
  const timeStamp = await createMember({ ...common, ...belowRoot['time-stamp'], issuer: root });
  return { ...filesOf('root', root), ...filesOf('issuing', issuing), ...filesOf('time-stamp', timeStamp) };
};

/** What is below the root, and is replaced in time. */
export type Replaceable = 'issuing' | 'time-stamp';

export const rootKind = {
  kind: 'root',
  purpose: 'raíz local, no acreditada',
  extensions: profiles.root,
  years: 30,
} as const;

export const belowRoot = {
  issuing: { kind: 'issuing', purpose: 'emisora local, no acreditada', extensions: profiles.issuing, years: 25 },
  'time-stamp': {
    kind: 'time-stamp',
    purpose: 'sello de tiempo local, no acreditado',
    extensions: profiles.timeStamp,
    years: 25,
  },
} as const;

/** The files with another key by the same root, in force from then on: its certificate holds from now. */
export const addAuthorityKey = async (
  files: KeyFiles,
  which: Replaceable,
  { from, now, ...custody }: Custody & { from: number; now: Date },
): Promise<KeyFiles> => {
  const root = await readRoot(files, custody.holder);
  const { organization } = root;
  const added = await createMember({ ...custody, organization, now, ...belowRoot[which], issuer: root });
  requireOtherKey(files, added.text);
  return { ...files, ...filesOf(nameGeneration(which, from), added) };
};

/** @throws KeysError where its key is kept elsewhere */
const readRoot = async (files: KeyFiles, holder: KeyHolder): Promise<Member & { organization: string }> => {
  const pem = files['root.pem'] ?? '';
  if (isRootElsewhere(files)) {
    const said = "the root's key is not here, and it alone certifies issuing and time-stamp keys";
    throw new KeysError(`${said}: ask for certificates by tu-esign keys request`);
  }
  const { validToDate: ends } = new X509Certificate(pem);
  const { signer } = await holder.open(files['root.key.pem'] ?? '');
  return { certificate: readCertificate(fromPem(pem)), signer, ends, organization: subjectOf(pem, 'O') };
};
