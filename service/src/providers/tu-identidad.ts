import type { CallOptions, Given, TuIdentidadClient } from '#tu-identidad/client.ts';
import { Failure } from '#tu-identidad/failure.ts';
import { askLate, toProblem } from '#tu-identidad/outcome.ts';
import type { TuIdentidadSettings } from '#tu-identidad/settings.ts';
import {
  NotSigned,
  type HandedOut,
  type OutputOrder,
  type Provider,
  type ProviderWarning,
  type SignedDocument,
  type SigningOrder,
  type Taken,
} from './provider.ts';

export interface TuIdentidadProviderOptions {
  client: TuIdentidadClient;
  settings: Pick<TuIdentidadSettings, 'name' | 'quarantineSeconds' | 'keyCertificate'>;
}

/** How long the first look for the document may take once it is signed, in milliseconds. */
export const firstLookMs = 10_000;

const asFailure = (error: unknown): Failure => {
  if (error instanceof Failure) return error;
  throw error;
};

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** What it warned of first, and what it warns of now. */
const withWarnings = <T extends { warnings?: readonly ProviderWarning[] }>(
  answer: T,
  warnings: readonly ProviderWarning[],
): T => (warnings.length === 0 ? answer : { ...answer, warnings: [...warnings, ...(answer.warnings ?? [])] });

const toSigned = ({ content, warnings }: Given): SignedDocument =>
  withWarnings<SignedDocument>({ document: content }, warnings);

/**
 * Signs through Tu Identidad. What a repeated identifier does there is not known: after a lost answer, and after a
 * refusal, which may be one of a repeat, it is asked for the document first. Its way of saying that there is none is
 * configured; what says neither is not taken for that.
 */
export const createTuIdentidadProvider = ({ client, settings }: TuIdentidadProviderOptions): Provider => {
  const find = async (order: SigningOrder, options: CallOptions): Promise<SignedDocument | undefined> => {
    const given = await client.getDocument(order.identifier, options);
    // As long as it is what was sent, this signatory has not signed it.
    return given && !sameBytes(given.content, order.document) ? toSigned(given) : undefined;
  };

  /** It has surely taken the order: a failure here says nothing about that. */
  const look = async (order: SigningOrder, signal: AbortSignal | undefined): Promise<SignedDocument | Taken> => {
    const signed = await find(order, { signal, timeoutMs: firstLookMs }).catch(() => undefined);
    return signed ?? { taken: true };
  };

  const refuse = async (order: SigningOrder, failure: Failure, signal: AbortSignal | undefined) => {
    const signed = await find(order, { signal, timeoutMs: firstLookMs });
    if (signed) return signed;
    throw toProblem(failure);
  };

  const findKeyCertificate = async ({ identifier, of }: OutputOrder, signal?: AbortSignal) => {
    // It is asked for by the process, and may be the one of whoever signed before or since.
    if (of > 1) return 'in-document';
    const given = await askLate(() => client.getKeyCertificate(identifier, { signal }));
    return given && withWarnings<HandedOut>({ content: given.content }, given.warnings);
  };

  return {
    name: settings.name,
    repeats: 'lookup',
    quarantineMs: settings.quarantineSeconds * 1000,
    find: (order, signal) => find(order, { signal }),
    async sign(order, signal) {
      const { identifier, signatory, document, autograph, of } = order;
      const wanted = { identifier, signatory, document, autograph: autograph.png, several: of > 1 };
      try {
        const warnings = await client.sign(wanted, { signal });
        return withWarnings(await look(order, signal), warnings);
      } catch (error) {
        const failure = asFailure(error);
        if (!failure.withoutEffect) throw failure;
        if (failure.kind === 'refused') return refuse(order, failure, signal);
        throw new NotSigned(toProblem(failure), failure.retryAfterMs);
      }
    },
    ...(settings.keyCertificate && { findKeyCertificate }),
  };
};
