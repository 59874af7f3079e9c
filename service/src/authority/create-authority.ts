import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Certificate } from '@tu-esign/verifier/certificates/certificate.ts';
import { toPem } from '#asn1/pem.ts';
import { createSigner } from '#asn1/signer.ts';
import { createCertificate } from './create-certificate.ts';
import type { KeyFiles } from '#keys/key-storage.ts';
import { authorityName } from './name.ts';
import { profiles } from './profiles.ts';

interface Member {
  certificate: Certificate;
  key: KeyObject;
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
}

const createMember = async (options: MemberOptions): Promise<Member> => {
  const { organization, purpose, extensions, now, years, issuer } = options;
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const certificate = await createCertificate({
    subject: authorityName(organization, purpose),
    publicKey,
    // clocks of those who verify may be a little behind
    notBefore: new Date(now.getTime() - 5 * minute),
    notAfter: new Date(now.getTime() + years * year),
    extensions,
    ...(issuer && { issuer: issuer.certificate }),
    signer: createSigner(issuer?.key ?? privateKey),
  });
  return { certificate, key: privateKey };
};

const filesOf = (name: string, { certificate, key }: Member): KeyFiles => ({
  [`${name}.pem`]: toPem(certificate.der),
  [`${name}.key.pem`]: key.export({ format: 'pem', type: 'pkcs8' }),
});

/** Makes root, issuing authority and time-stamp authority, P-256 each. */
export const createAuthorityFiles = async (organization: string, now: Date): Promise<KeyFiles> => {
  const common = { organization, now };
  const root = await createMember({
    ...common,
    purpose: 'raíz local, no acreditada',
    extensions: profiles.root,
    years: 30,
  });
  const below = { ...common, issuer: root, years: 25 };
  const issuing = await createMember({
    ...below,
    purpose: 'emisora local, no acreditada',
    extensions: profiles.issuing,
  });
  const timeStamp = await createMember({
    ...below,
    purpose: 'sello de tiempo local, no acreditado',
    extensions: profiles.timeStamp,
  });
  return { ...filesOf('root', root), ...filesOf('issuing', issuing), ...filesOf('time-stamp', timeStamp) };
};
