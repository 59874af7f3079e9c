import { hash } from 'node:crypto';
import type { Authority, SignatoryKey } from '#authority/authority.ts';
import { fullName } from '#authority/name.ts';
import { completeArchive, completeSignature } from '#pades/complete-signature.ts';
import type { PdfEngine } from '#pades/engine.ts';
import type { PreparedSignature } from '#pades/prepared-signature.ts';
import { assertArchived, assertSigned } from '#pades/verify-signature.ts';
import { problems } from '@tu-esign/contract';
import { Problem } from '#problem.ts';
import { NotSigned, type SignedDocument, type SigningOrder } from './provider.ts';

export interface EmbeddedProviderOptions {
  engine: PdfEngine;
  authority: Authority;
  now: () => Date;
  /** Of the last signatory's document; the others' are `B-T`, for what comes last proves all that lies before it. */
  level?: EmbeddedLevel;
}

/** Levels of PAdES (EN 319 142-1, 6.2) that the embedded provider signs at. */
export const embeddedLevels = ['B-T', 'B-LTA'] as const;
export type EmbeddedLevel = (typeof embeddedLevels)[number];

/** The document and the certificate of its key, at once. */
export type EmbeddedAnswer = Required<Omit<SignedDocument, 'warnings'>>;

export interface EmbeddedProvider {
  readonly name: 'embedded';
  readonly repeats: 'key';
  sign(order: SigningOrder): Promise<EmbeddedAnswer>;
}

// A partial name holds no full stop (ISO 32000-2, 12.7.4.2).
const fieldName = (id: string): string => `tu-esign ${id.replaceAll('.', '-')}`;

const prepare = ({ engine, now }: EmbeddedProviderOptions, order: SigningOrder): Promise<PreparedSignature> => {
  const { id, identifier, document, signatory, autograph, initialsInk, locale, acceptedAt } = order;
  const { placement, placements, initials, later, position, of } = order;
  const digest = hash('sha256', document);
  const facts = { locale, signatory: fullName(signatory), acceptedAt, digest, identifier };
  const asked = { placement, placements, initials, later, position, of };
  return engine.prepare({
    ...asked,
    document,
    fieldName: fieldName(id),
    facts,
    autograph,
    initialsInk,
    signedAt: now(),
  });
};

/**
 * Signs with a key pair made for the one signature (PAdES B-T). The same order may come again, after a crash: it is then
 * signed with another key. The first signature was given to nobody but the caller, who has lost it, so that the record
 * keeps one signature of one act, as `repeats: 'key'` promises.
 */
export const createEmbeddedProvider = (options: EmbeddedProviderOptions): EmbeddedProvider => ({
  name: 'embedded',
  repeats: 'key',
  sign: async (order) => {
    try {
      return await signOnce(options, order);
    } catch (error) {
      // What may pass is tried again by a new intention, and nobody is asked: nothing that was signed has left this process.
      const isRefusal = error instanceof Problem && !problems[error.type].retryable;
      throw isRefusal ? error : new NotSigned(error);
    }
  },
});

const signOnce = async (options: EmbeddedProviderOptions, order: SigningOrder): Promise<EmbeddedAnswer> => {
  const { authority } = options;
  const original = order.document;
  const prepared = await prepare(options, order);
  const key = await authority.issueSignatoryKey(order.signatory);
  await completeSignature({ prepared, key, timeStamp: timeStampBy(authority) });
  await assertSigned({ original, signed: prepared, certificate: key.certificate.der });
  const isLast = order.position === order.of;
  const archived = options.level === 'B-LTA' && isLast ? await archive(options, { order, prepared, key }) : prepared;
  return { document: archived.document, keyCertificate: Buffer.from(key.pem) };
};

const timeStampBy =
  (authority: Authority) =>
  async (imprint: Buffer): Promise<Uint8Array> =>
    (await authority.createTimeStamp({ imprint })).token;

interface Signed {
  order: SigningOrder;
  prepared: PreparedSignature;
  key: SignatoryKey;
}

/** Adds what verifies it when all certificates have ended, and a time-stamp over everything. */
const archive = async (
  { engine, authority }: EmbeddedProviderOptions,
  { order, prepared, key }: Signed,
): Promise<PreparedSignature> => {
  const { certificates, certificateLists } = await authority.longTermData();
  const data = { certificates: [key.certificate.der, ...certificates], certificateLists };
  const { document } = prepared;
  const archived = await engine.archive({ document, fieldName: `${fieldName(order.id)} archive`, data });
  await completeArchive(archived, timeStampBy(authority));
  await assertArchived({ original: document, archived });
  return archived;
};
