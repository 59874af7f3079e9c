import type { Signatory } from '@tu-esign/contract';
import { exchange, type Answer } from './exchange.ts';
import { Failure } from './failure.ts';
import { createPace } from './pace.ts';
import { readWarnings, tellsSuccess, toFailure } from './read-answer.ts';
import type { TuIdentidadSettings } from './settings.ts';

/** What is asked to be signed, in the service's own words. */
export interface SignatureWanted {
  identifier: string;
  signatory: Signatory;
  document: Uint8Array;
  /** PNG. */
  autograph: Uint8Array;
  /** Whether others sign the same document. */
  several: boolean;
}

/** What is asked to be conserved. */
export interface ConservationWanted {
  identifier: string;
  /** SHA-256 of the signed document, hexadecimal; sent where it is configured to be. */
  digest: string;
}

type Warnings = { code: string }[];

/** Something that was handed out. */
export interface Given {
  content: Uint8Array;
  warnings: Warnings;
}

export interface CallOptions {
  signal?: AbortSignal | undefined;
  /** Shorter than the configured time-out. */
  timeoutMs?: number;
}

/** Tu Identidad's web service. The vendor's field names are known here and nowhere else. */
export interface TuIdentidadClient {
  /** @throws Failure; the order was surely not carried out where it says so */
  sign(wanted: SignatureWanted, options?: CallOptions): Promise<Warnings>;
  /** The three give undefined where there is nothing, or not yet. @throws Failure */
  getDocument(identifier: string, options?: CallOptions): Promise<Given | undefined>;
  getKeyCertificate(identifier: string, options?: CallOptions): Promise<Given | undefined>;
  getConservationCertificate(wanted: ConservationWanted, options?: CallOptions): Promise<Given | undefined>;
}

const base64 = (content: Uint8Array): string =>
  Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('base64');

/** `name` is the given name, `firstName` the paternal surname, `lastName` the maternal one. */
const toSignBody = (wanted: SignatureWanted, { identifierPrefix, fillers, showSignature }: TuIdentidadSettings) => ({
  identifier: identifierPrefix + wanted.identifier,
  name: wanted.signatory.givenName,
  firstName: wanted.signatory.paternalSurname,
  lastName: wanted.signatory.maternalSurname ?? fillers.maternalSurname,
  rfc: wanted.signatory.rfc ?? fillers.rfc,
  email: wanted.signatory.email,
  document: base64(wanted.document),
  showSignature: showSignature ? 1 : 0,
  imageSignature: base64(wanted.autograph),
});

/** Where something is asked for, and the field it comes in. */
interface Place {
  path: string;
  field: string;
}

const documentPlace: Place = { path: '/api/ESign/getDocument', field: 'image' };

const answered = new Set([200, 203]);

export const createTuIdentidadClient = (settings: TuIdentidadSettings): TuIdentidadClient => {
  const { url, apiKey, identifierPrefix, absent } = settings;
  const pace = createPace(settings.requestsPerMinute);
  const timeoutMs = settings.timeoutSeconds * 1000;

  const post = (path: string, body: Record<string, unknown>, options: CallOptions = {}): Promise<Answer> => {
    const retryAfterMs = pace();
    if (retryAfterMs > 0) throw new Failure({ kind: 'rate-limited', withoutEffect: true, retryAfterMs });
    return exchange({ url: url + path, apiKey, body, timeoutMs, signal: undefined, ...options });
  };

  const isAbsent = (answer: Answer, failure: Failure): boolean => {
    const { status, body } = answer;
    // A page in HTML says that there is no such method, not that there is no such document.
    const isTold = status === 204 || body !== undefined;
    return (isTold && absent.statuses.includes(status)) || absent.codes.includes(failure.code ?? '');
  };

  const get = async ({ path, field }: Place, asked: { identifier: string }, options: CallOptions | undefined) => {
    const sent = { ...asked, identifier: identifierPrefix + asked.identifier };
    const answer = await post(path, sent, options);
    const content = answered.has(answer.status) ? readField(answer.body, field) : undefined;
    if (content) return { content, warnings: readWarnings(answer, sent) };
    const failure = toFailure(answer, sent);
    if (isAbsent(answer, failure)) return undefined;
    throw failure;
  };

  return {
    async sign(wanted, options) {
      const body = toSignBody(wanted, settings);
      const method = wanted.several ? 'addSignatory' : 'addSingleSignatory';
      const answer = await post(`/api/ESign/${method}`, body, options);
      if (!answered.has(answer.status) || tellsSuccess(answer.body) !== true) throw toFailure(answer, body);
      return readWarnings(answer, body);
    },
    getDocument: (identifier, options) => get(documentPlace, { identifier }, options),
    getKeyCertificate: async (identifier, options) => get(placeOf(settings.keyCertificate), { identifier }, options),
    async getConservationCertificate({ identifier, digest }, options) {
      const place = placeOf(settings.conservationCertificate);
      const { digestField } = place;
      return get(place, { identifier, ...(digestField && { [digestField]: digest }) }, options);
    },
  };
};

const placeOf = <T extends Place>(place: T | null): T => {
  if (!place) throw new Error('this output is configured not to be asked for');
  return place;
};

/** Base64, bare as it is documented, or with the prefix that it is not to have; or PEM as it is. */
const readField = (body: unknown, field: string): Uint8Array | undefined => {
  const value = (body as Record<string, unknown> | null | undefined)?.[field];
  if (typeof value !== 'string') return undefined;
  if (value.trimStart().startsWith('-----BEGIN ')) return Buffer.from(value);
  const bare = value.replace(/^data:[^,]*,/, '').replaceAll(/\s+/g, '');
  return /^[A-Za-z0-9+/]+={0,2}$/.test(bare) ? Buffer.from(bare, 'base64') : undefined;
};
