import { X509Certificate } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import got, { type Response } from 'got';
import { Problem } from '#problem.ts';
import type { EmbeddedAnswer } from '#providers/embedded.ts';
import { NotSigned, type Provider, type SignedDocument, type SigningOrder } from '#providers/provider.ts';

/**
 * For how long a provider that can be asked is left alone before it is asked again, in milliseconds: longer than one may
 * still be at what it was no longer waited for.
 */
const quarantineMs = Number(process.env['TU_ESIGN_TEST_QUARANTINE_MS']);

/**
 * The service's side of the counting provider, as a client for a real provider would be.
 * @param name begins with what it can do: `key-…`, `lookup-…` or `none-…`
 */
export const createCountedProvider = (name: string, address: string): Provider => {
  const urlOf = ({ id }: SigningOrder): string => `${address}/${name}/orders/${id}`;

  const sign: Provider['sign'] = async (order, signal) => {
    const response = await ask(() => got.post(urlOf(order), { ...exchange, signal: signal!, body: serialize(order) }));
    if ([429, 503].includes(response.statusCode)) throw new NotSigned(undefined, retryAfterMs(response));
    if (response.statusCode === 400) throw new Problem('signing-failed');
    return readAnswer(response, order);
  };
  const find = async (order: SigningOrder, signal?: AbortSignal): Promise<SignedDocument | undefined> => {
    const response = await ask(() => got.get(urlOf(order), { ...exchange, signal: signal! }));
    return response.statusCode === 404 ? undefined : readAnswer(response, order);
  };

  const repeats = name.slice(0, name.indexOf('-')) as Provider['repeats'];
  return repeats === 'lookup' ? { name, repeats, quarantineMs, sign, find } : { name, repeats, sign };
};

const exchange = {
  responseType: 'buffer',
  retry: { limit: 0 },
  throwHttpErrors: false,
  followRedirect: false,
} as const;

/** What never reached the provider has signed nothing. */
const ask = async (call: () => Promise<Response<Uint8Array>>): Promise<Response<Uint8Array>> => {
  try {
    return await call();
  } catch (error) {
    throw (error as { code?: string }).code === 'ECONNREFUSED' ? new NotSigned(error) : error;
  }
};

const retryAfterMs = ({ headers }: Response): number => Number(headers['retry-after'] ?? 0) * 1000;

/** @throws Error where it is not the order's document with something behind it, and a certificate */
const readAnswer = ({ statusCode, body }: Response<Uint8Array>, order: SigningOrder): SignedDocument => {
  if (statusCode !== 200) throw new Error(`the provider answered ${statusCode}`);
  const { document, keyCertificate } = deserialize(body) as EmbeddedAnswer;
  const begins = Buffer.from(document).subarray(0, order.document.length).equals(order.document);
  if (!begins || document.length === order.document.length) throw new Error('that is not the document, signed');
  void new X509Certificate(keyCertificate);
  return { document, keyCertificate };
};
