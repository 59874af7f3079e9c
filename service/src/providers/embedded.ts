import { hash } from 'node:crypto';
import type { Authority, SignatoryKey } from '#authority/authority.ts';
import { fullName } from '#authority/name.ts';
import { equalBytes } from '@tu-esign/verifier/bytes.ts';
import { completeArchive, completeSignature, type TimeStamping } from '#pades/complete-signature.ts';
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
  /** Whose time-stamps go into signatures and over documents; by default the embedded authority’s. */
  stamps?: Stamps;
}

/** A time-stamp token, and what verifies it long after besides what the embedded authority has; DER. */
export interface Stamped {
  token: Uint8Array;
  certificates: readonly Uint8Array[];
  certificateLists: readonly Uint8Array[];
}

/** Who stamps. */
export interface Stamps {
  /** How many bytes larger their tokens may be than the embedded authority's. */
  readonly moreBytes: number;
  /**
   * Stamps a SHA-256 digest for a signing.
   * @returns undefined where nobody stamps now, and the signature may stay without: it is B-B then
   * @throws where nobody stamps now, and it has to wait
   */
  stamp(imprint: Buffer, signing: Pick<SigningOrder, 'id' | 'identifier'>): Promise<Stamped | undefined>;
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
    fieldName: fieldName(id),
    facts,
    autograph,
    initialsInk,
    signedAt: now(),
    moreBytes,
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
  const { authority, level = 'B-LTA', stamps = createStamps(authority) } = options;
  const original = order.document;
  const { moreBytes } = stamps;
  const prepared = await prepare(options, order, moreBytes);
  const key = await authority.issueSignatoryKey(order.signatory);
  const used: Stamped[] = [];
  const timeStamp = async (imprint: Buffer): Promise<Uint8Array | undefined> => {
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

/** By the embedded authority, whose long-term data is there anyway. */
export const createStamps = (authority: Authority): Stamps => ({
  moreBytes: 0,
  async stamp(imprint) {
    const { token } = await authority.createTimeStamp({ imprint });
    return { token, certificates: [], certificateLists: [] };
  },
});

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
const finish = async ({ authority, engine }: EmbeddedProviderOptions, signed: Signed): Promise<Uint8Array> => {
  const { prepared, key, level, order, used } = signed;
  const { document } = prepared;
  const own = await authority.longTermData();
  const certificates = [key.certificate.der, ...own.certificates, ...used.flatMap((stamped) => stamped.certificates)];
  const certificateLists = [...own.certificateLists, ...used.flatMap((stamped) => stamped.certificateLists)];
  const data = { certificates: certificates.filter(isFirst), certificateLists: certificateLists.filter(isFirst) };
  if (level === 'B-LT') return engine.extend({ document, data });
  const { moreBytes } = signed;
  const archived = await engine.archive({ document, fieldName: `${fieldName(order.id)} archive`, data, moreBytes });
  if (!(await completeArchive(archived, signed.timeStamp))) return engine.extend({ document, data });
  await assertArchived({ original: document, archived });
  return archived.document;
};

const isFirst = (der: Uint8Array, at: number, all: readonly Uint8Array[]): boolean =>
  all.findIndex((other) => equalBytes(other, der)) === at;
