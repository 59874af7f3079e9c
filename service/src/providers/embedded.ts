import { hash } from 'node:crypto';
import type { Authority, SignatoryKey } from '#authority/authority.ts';
import { fullName } from '#authority/name.ts';
import { createStamps, type Stamped, type Stamps } from '#authority/stamps.ts';
import { completeSignature, type Imprint, type TimeStamping } from '#pades/complete-signature.ts';
import type { PdfEngine } from '#pades/engine.ts';
import type { PreparedSignature } from '#pades/prepared-signature.ts';
import { assertSigned } from '#pades/verify-signature.ts';
import { problems, signatureLevels, type SignatureLevel } from '@tu-esign/contract';
import { Problem } from '#problem.ts';
import { archive, fieldNameOf, withoutRepeats } from './archive.ts';
import { NotSigned, type SignedDocument, type SigningOrder } from './provider.ts';

export interface EmbeddedProviderOptions {
  engine: PdfEngine;
  authority: Authority;
  now: () => Date;
  /** Of the last signatory's document; others' are `B-T` at most, for what comes last proves all that lies before it. */
  level?: EmbeddedLevel;
  /** Whose time-stamps go into signatures and over documents; by default the embedded authority’s. */
  stamps?: Stamps;
  /** Of what the time-stamp over the whole document is; by default SHA-256. */
  archiveDigest?: Imprint['algorithm'];
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

const prepare = (
  { engine, now }: EmbeddedProviderOptions,
  order: SigningOrder,
  moreBytes: number,
): Promise<PreparedSignature> => {
  const { id, identifier, document, signatory, autograph, initialsInk, locale, acceptedAt } = order;
  const { placement, placements, initials, later, position, of } = order;
  const digest = hash('sha256', document);
  const facts = { locale, signatory: fullName(signatory), acceptedAt, digest, identifier };
  const asked = { placement, placements, initials, later, position, of };
  return engine.prepare({
    ...asked,
    document,
    fieldName: fieldNameOf(id),
    facts,
    autograph,
    initialsInk,
    signedAt: now(),
    moreBytes,
  });
};

/**
 * Signs with a key pair made for the one signature, at PAdES B-LTA unless told otherwise. The same order may come again,
 * after a crash: it is then signed with another key. The first signature was given to nobody but the caller, who has lost
 * it, so that the record keeps one signature of one act, as `repeats: 'key'` promises.
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
  const { authority, level = 'B-LTA', stamps = createStamps(authority) } = options;
  const original = order.document;
  const { moreBytes } = stamps;
  const prepared = await prepare(options, order, moreBytes);
  const key = await authority.issueSignatoryKey(order.signatory);
  const used: Stamped[] = [];
  const timeStamp = async (imprint: Imprint): Promise<Uint8Array | undefined> => {
    const stamped = await stamps.stamp(imprint, order);
    if (stamped) used.push(stamped);
    return stamped?.token;
  };
  await completeSignature({ prepared, key, timeStamp: level === 'B-B' ? undefined : timeStamp });
  const stamped = used.length > 0;
  const { digest } = key.signer.algorithm;
  await assertSigned({ original, signed: prepared, certificate: key.certificate.der, stamped, digest });
  const isFinished = order.position < order.of || !stamped || level === 'B-T';
  const signed = { order, prepared, key, level, used, timeStamp, moreBytes };
  const document = isFinished ? prepared.document : await finish(options, signed);
  return { document, keyCertificate: Buffer.from(key.pem) };
};

interface Signed {
  order: SigningOrder;
  prepared: PreparedSignature;
  key: SignatoryKey;
  level: EmbeddedLevel;
  /** Time-stamps that it has by now. */
  used: readonly Stamped[];
  readonly timeStamp: TimeStamping;
  moreBytes: number;
}

/**
 * Adds what verifies it when all certificates have ended, and a time-stamp over everything, as far as the level has them and
 * somebody stamps it.
 */
const finish = async (
  { authority, engine, archiveDigest: algorithm = 'sha256' }: EmbeddedProviderOptions,
  signed: Signed,
): Promise<Uint8Array> => {
  const { prepared, key, level, order, used } = signed;
  const { document } = prepared;
  const own = await authority.longTermData(key);
  const certificates = [key.certificate.der, ...own.certificates, ...used.flatMap((stamped) => stamped.certificates)];
  const certificateLists = [...own.certificateLists, ...used.flatMap((stamped) => stamped.certificateLists)];
  const data = {
    certificates: withoutRepeats(certificates),
    certificateLists: withoutRepeats(certificateLists),
    statusResponses: own.statusResponses,
  };
  const extend = () => engine.extend({ document, data });
  if (level === 'B-LT') return extend();
  const { moreBytes, timeStamp } = signed;
  const fieldName = `${fieldNameOf(order.id)} archive`;
  return (await archive(engine, { document, fieldName, data, moreBytes }, { timeStamp, algorithm })) ?? extend();
};
