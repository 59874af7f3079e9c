import { Problem } from '#problem.ts';
import type { CallOptions, Given, TuIdentidadClient } from '#tu-identidad/client.ts';
import { Failure } from '#tu-identidad/failure.ts';
import { askLate, toProblem } from '#tu-identidad/outcome.ts';
import type { TuIdentidadSettings } from '#tu-identidad/settings.ts';
import { NotSigned, type OutputOrder, type Provider, type SignedDocument, type SigningOrder } from './provider.ts';

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

const toSigned = ({ content, warnings }: Given): SignedDocument => ({
  document: content,
  ...(warnings.length > 0 && { warnings }),
});

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
  const look = async (order: SigningOrder, signal: AbortSignal | undefined): Promise<SignedDocument | 'pending'> => {
    const signed = await find(order, { signal, timeoutMs: firstLookMs }).catch(() => undefined);
    return signed ?? 'pending';
  };

  const refuse = async (order: SigningOrder, failure: Failure, signal: AbortSignal | undefined) => {
    const signed = await find(order, { signal, timeoutMs: firstLookMs });
    if (signed) return signed;
    throw toProblem(failure);
  };

  const findKeyCertificate = async ({ identifier, position, of }: OutputOrder, signal?: AbortSignal) => {
    // It is asked for by the process, and may be the one of whoever has signed since.
    if (position < of) throw new Problem('provider-refused');
    return askLate(() => client.getKeyCertificate(identifier, { signal }));
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

const withWarnings = (answer: SignedDocument | 'pending', warnings: { code: string }[]): SignedDocument | 'pending' =>
  answer === 'pending' || warnings.length === 0
    ? answer
    : { ...answer, warnings: [...warnings, ...(answer.warnings ?? [])] };
