import type { CallOptions, Output, TuIdentidadClient } from '#tu-identidad/client.ts';
import { Failure, refusedIsNotYet, toProblem } from '#tu-identidad/failure.ts';
import type { TuIdentidadSettings } from '#tu-identidad/settings.ts';
import {
  NotSigned,
  type DeliveredKeyCertificate,
  type OrderTaken,
  type OutputOrder,
  type Provider,
  type ProviderWarning,
  type SignedDocument,
  type SigningOrder,
} from './provider.ts';

export interface TuIdentidadProviderOptions {
  client: TuIdentidadClient;
  settings: Pick<TuIdentidadSettings, 'name' | 'quarantineSeconds' | 'keyCertificate'>;
}

/** How long the first look for the document may take once it is signed, in milliseconds. */
export const firstLookMs = 10_000;

/** A failure of the vendor's; any other error is thrown on. */
const requireFailure = (error: unknown): Failure => {
  if (error instanceof Failure) return error;
  throw error;
};

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** The same answer, with the warnings that came before it as well. */
const withWarnings = <T extends { warnings?: readonly ProviderWarning[] }>(
  answer: T,
  warnings: readonly ProviderWarning[],
): T => (warnings.length === 0 ? answer : { ...answer, warnings: [...warnings, ...(answer.warnings ?? [])] });

const toSigned = ({ content, warnings }: Output): SignedDocument =>
  withWarnings<SignedDocument>({ document: content }, warnings);

/**
 * Signs through Tu Identidad. Whether a repeated identifier is signed twice there is not known. So after a lost answer,
 * and after a refusal, which may be the refusal of a repeat, the document is asked for before anything else is done. Which
 * answers say that there is none is configured; no other answer is taken for that.
 */
export const createTuIdentidadProvider = ({ client, settings }: TuIdentidadProviderOptions): Provider => {
  const find = async (order: SigningOrder, options: CallOptions): Promise<SignedDocument | undefined> => {
    const output = await client.getDocument(order.identifier, options);
    // As long as it is the document that was sent, this signatory has not signed it.
    return output && !sameBytes(output.content, order.document) ? toSigned(output) : undefined;
  };

  /** After an order that was surely taken, so that a failure to find the document here means that it comes later. */
  const findAtOnce = async (
    order: SigningOrder,
    signal: AbortSignal | undefined,
  ): Promise<SignedDocument | OrderTaken> => {
    const signed = await find(order, { signal, timeoutMs: firstLookMs }).catch(() => undefined);
    return signed ?? { taken: true };
  };

  /** @throws Problem unless the order had been signed already, and this was the refusal of a repeat */
  const findOrRefuse = async (order: SigningOrder, failure: Failure, signal: AbortSignal | undefined) => {
    const signed = await find(order, { signal, timeoutMs: firstLookMs });
    if (signed) return signed;
    throw toProblem(failure);
  };

  const findKeyCertificate = async ({ identifier, of }: OutputOrder, signal?: AbortSignal) => {
    // The vendor is asked for it by the process, and may give the one of another signatory.
    if (of > 1) return 'in-document';
    const output = await refusedIsNotYet(() => client.getKeyCertificate(identifier, { signal }));
    return output && withWarnings<DeliveredKeyCertificate>({ content: output.content }, output.warnings);
  };

  return {
    name: settings.name,
    repeats: 'lookup',
    quarantineMs: settings.quarantineSeconds * 1000,
    find: (order, signal) => find(order, { signal }),
    async sign(order, signal) {
      const { identifier, signatory, document, autograph, of } = order;
      const request = { identifier, signatory, document, autograph: autograph.png, several: of > 1 };
      try {
        const warnings = await client.sign(request, { signal });
        return withWarnings(await findAtOnce(order, signal), warnings);
      } catch (error) {
        const failure = requireFailure(error);
        if (!failure.withoutEffect) throw failure;
        if (failure.kind === 'refused') return findOrRefuse(order, failure, signal);
        throw new NotSigned(toProblem(failure), failure.retryAfterMs);
      }
    },
    ...(settings.keyCertificate && { findKeyCertificate }),
  };
};
