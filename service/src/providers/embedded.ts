import { hash } from 'node:crypto';
import type { Authority, SignatoryKey } from '#authority/authority.ts';
import type { LongTermData } from '#authority/long-term-data.ts';
import { fullName } from '#authority/name.ts';
import { completeArchive, completeSignature } from '#pades/complete-signature.ts';
import type { PdfEngine } from '#pades/engine.ts';
import type { PreparedSignature } from '#pades/prepared-signature.ts';
import { assertArchived, assertSigned } from '#pades/verify-signature.ts';
import { problems, signatureLevels, type SignatureLevel } from '@tu-esign/contract';
import { Problem } from '#problem.ts';
import { NotSigned, type SignedDocument, type SigningOrder } from './provider.ts';

export interface EmbeddedProviderOptions {
  engine: PdfEngine;
  authority: Authority;
  now: () => Date;
  /** Of the last signatory's document; others' are `B-T` at most, for what comes last proves all that lies before it. */
  level?: EmbeddedLevel;
}

/** Levels of PAdES (EN 319 142-1, 6.2) that the embedded provider signs at. */
export const embeddedLevels = signatureLevels;
export type EmbeddedLevel = SignatureLevel;

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
 * Signs with a key pair made for the one signature, at PAdES B-LTA unless told otherwise. The same order may come again, after a crash: it is then
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
  const { authority, level = 'B-LTA' } = options;
  const original = order.document;
  const stamped = level !== 'B-B';
  const prepared = await prepare(options, order);
  const key = await authority.issueSignatoryKey(order.signatory);
  await completeSignature({ prepared, key, timeStamp: stamped ? timeStampBy(authority) : undefined });
  await assertSigned({ original, signed: prepared, certificate: key.certificate.der, stamped });
  const isLast = order.position === order.of;
  const document = isLast ? await finish(options, { order, prepared, key, level }) : prepared.document;
  return { document, keyCertificate: Buffer.from(key.pem) };
};

const timeStampBy =
  (authority: Authority) =>
  async (imprint: Buffer): Promise<Uint8Array> =>
    (await authority.createTimeStamp({ imprint })).token;

interface Signed {
  order: SigningOrder;
  prepared: PreparedSignature;
  key: SignatoryKey;
  level: EmbeddedLevel;
}

/** Adds what verifies it when all certificates have ended, and a time-stamp over everything, as far as the level has them. */
const finish = async (options: EmbeddedProviderOptions, signed: Signed): Promise<Uint8Array> => {
  const { prepared, key, level } = signed;
  const { document } = prepared;
  if (level === 'B-B' || level === 'B-T') return document;
  const { certificates, certificateLists } = await options.authority.longTermData();
  const data = { certificates: [key.certificate.der, ...certificates], certificateLists };
  if (level === 'B-LT') return options.engine.extend({ document, data });
  return archive(options, signed, data);
};

const archive = async (
  { engine, authority }: EmbeddedProviderOptions,
  { order, prepared: { document } }: Signed,
  data: LongTermData,
): Promise<Uint8Array> => {
  const archived = await engine.archive({ document, fieldName: `${fieldName(order.id)} archive`, data });
  await completeArchive(archived, timeStampBy(authority));
  await assertArchived({ original: document, archived });
  return archived.document;
};
