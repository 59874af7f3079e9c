import { createPublicKey } from 'node:crypto';
import type { Certificate } from '@tu-esign/verifier/certificates/certificate.ts';
import { weaknessesOf } from '@tu-esign/verifier/certificates/weaknesses.ts';
import { belowRoot, type Member } from '#authority/create-authority.ts';
import { createCertificate } from '#authority/create-certificate.ts';
import { KeysError } from '#keys/key-storage.ts';
import type { CertificateRequest } from './read-request.ts';

const minute = 60_000;
const year = 365.25 * 24 * 60 * minute;

export interface CertifyOptions {
  root: Member;
  now: Date;
  years: number;
  /** Where lists of the root are published, without a slash at its end; undefined where nowhere. */
  lists: string | undefined;
}

/** Certifies the key that somebody asks for, by the root: with the extensions of its kind, whatever else was asked. */
export const certify = async (request: CertificateRequest, options: CertifyOptions): Promise<Certificate> => {
  const { root, now, years, lists } = options;
  const { which, subject, publicKey } = request;
  const certificate = await createCertificate({
    subject,
    publicKey: createPublicKey({ key: publicKey, format: 'der', type: 'spki' }),
    notBefore: new Date(now.getTime() - 5 * minute),
    notAfter: new Date(Math.min(now.getTime() + years * year, root.ends.getTime())),
    extensions: belowRoot[which].extensions,
    // Nobody answers OCSP for a root whose key is away.
    publishedAt: lists === undefined ? undefined : { lists, status: undefined },
    issuer: root.certificate,
    signer: root.signer,
  });
  const [weakness] = weaknessesOf([certificate]);
  if (weakness) throw new KeysError(`the key in a request is too weak: ${weakness}`);
  return certificate;
};
