import { rfcOf, type Signatory } from '@tu-esign/contract';
import { createConnections } from '#network/public-lookup.ts';
import { exchange, type Answer } from './exchange.ts';
import { Failure } from './failure.ts';
import { readWarnings, readSuccess, toFailure } from './read-answer.ts';
import type { TuIdentidadSettings } from './settings.ts';
import { createSlidingWindow } from './sliding-window.ts';

/** What is to be signed, in the service's own words. */
export interface SignatureRequest {
  identifier: string;
  signatory: Signatory;
  document: Uint8Array;
  /** PNG. */
  autograph: Uint8Array;
  /** Whether others sign the same document. */
  several: boolean;
}

/** Of what a conservation certificate is asked for. */
export interface ConservationRequest {
  identifier: string;
  /** SHA-256 of the signed document, hexadecimal; sent where the settings name a field for it. */
  digest: string;
}

type Warnings = { code: string }[];

/** A file that the vendor hands out: document, key certificate or conservation certificate. */
export interface Output {
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
  /** @throws Failure, whose `withoutEffect` says whether it is certain that nothing was signed */
  sign(request: SignatureRequest, options?: CallOptions): Promise<Warnings>;
  /** These three give undefined where there is nothing, or not yet. @throws Failure */
  getDocument(identifier: string, options?: CallOptions): Promise<Output | undefined>;
  getKeyCertificate(identifier: string, options?: CallOptions): Promise<Output | undefined>;
  getConservationCertificate(request: ConservationRequest, options?: CallOptions): Promise<Output | undefined>;
}

const base64 = (content: Uint8Array): string =>
  Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('base64');

/** `name` is the given name, `firstName` the paternal surname, `lastName` the maternal one. */
const toSignBody = (request: SignatureRequest, { identifierPrefix, fillers, showSignature }: TuIdentidadSettings) => ({
  identifier: identifierPrefix + request.identifier,
  name: request.signatory.givenName,
  firstName: request.signatory.paternalSurname ?? fillers.paternalSurname,
  lastName: request.signatory.maternalSurname ?? fillers.maternalSurname,
  rfc: rfcOf(request.signatory) ?? fillers.rfc,
  email: request.signatory.email,
  document: base64(request.document),
  showSignature: showSignature ? 1 : 0,
  imageSignature: base64(request.autograph),
});

/** A method that hands out an output: where it is, and the field that the output comes in. */
interface OutputMethod {
  path: string;
  field: string;
}

const documentMethod: OutputMethod = { path: '/api/ESign/getDocument', field: 'image' };

/** 203 is success as well, with warnings. */
const successes = new Set([200, 203]);

export const createTuIdentidadClient = (settings: TuIdentidadSettings): TuIdentidadClient => {
  const { url, apiKey, identifierPrefix, absent } = settings;
  const takePlace = createSlidingWindow(settings.requestsPerMinute);
  const timeoutMs = settings.timeoutSeconds * 1000;
  const connections = createConnections(settings.allowPrivate);

  const post = (path: string, body: Record<string, unknown>, options: CallOptions = {}): Promise<Answer> => {
    const retryAfterMs = takePlace();
    if (retryAfterMs > 0) throw new Failure({ kind: 'rate-limited', withoutEffect: true, retryAfterMs });
    return exchange({ url: url + path, apiKey, body, timeoutMs, connections, signal: undefined, ...options });
  };

  const isAbsent = (answer: Answer, failure: Failure): boolean => {
    const { status, body } = answer;
    // A 404 in HTML says that there is no such method, not that there is no such document.
    const isAnswer = status === 204 || body !== undefined;
    return (isAnswer && absent.statuses.includes(status)) || absent.codes.includes(failure.code ?? '');
  };

  const get = async (
    { path, field }: OutputMethod,
    request: { identifier: string },
    options: CallOptions | undefined,
  ) => {
    const sent = { ...request, identifier: identifierPrefix + request.identifier };
    const answer = await post(path, sent, options);
    const content = successes.has(answer.status) ? readField(answer.body, field) : undefined;
    if (content) return { content, warnings: readWarnings(answer, sent) };
    const failure = toFailure(answer, sent);
    if (isAbsent(answer, failure)) return undefined;
    throw failure;
  };

  return {
    async sign(request, options) {
      const body = toSignBody(request, settings);
      const method = request.several ? 'addSignatory' : 'addSingleSignatory';
      const answer = await post(`/api/ESign/${method}`, body, options);
      if (!successes.has(answer.status) || readSuccess(answer.body) !== true) throw toFailure(answer, body);
      return readWarnings(answer, body);
    },
    getDocument: (identifier, options) => get(documentMethod, { identifier }, options),
    getKeyCertificate: async (identifier, options) =>
      get(requireMethod(settings.keyCertificate), { identifier }, options),
    async getConservationCertificate({ identifier, digest }, options) {
      const method = requireMethod(settings.conservationCertificate);
      const { digestField } = method;
      return get(method, { identifier, ...(digestField && { [digestField]: digest }) }, options);
    },
  };
};

/** Whoever asks for an output has looked whether its method is configured. */
const requireMethod = <T extends OutputMethod>(method: T | null): T => {
  if (!method) throw new Error('this output is configured not to be asked for');
  return method;
};

/** Base64, with or without the prefix of a data URL, which documented answers do not have; or PEM as it is. */
const readField = (body: unknown, field: string): Uint8Array | undefined => {
  const value = (body as Record<string, unknown> | null | undefined)?.[field];
  if (typeof value !== 'string') return undefined;
  if (value.trimStart().startsWith('-----BEGIN ')) return Buffer.from(value);
  const bare = value.replace(/^data:[^,]*,/, '').replaceAll(/\s+/g, '');
  return /^[A-Za-z0-9+/]+={0,2}$/.test(bare) ? Buffer.from(bare, 'base64') : undefined;
};
