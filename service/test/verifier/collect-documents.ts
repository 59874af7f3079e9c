import { createOrder, startEmbeddedSigning } from '../embedded-signing.ts';
import { agreement } from '../running-service.ts';
import { changedAt, spread } from './changed.ts';
import type { Sample } from './judge-samples.ts';
import { documents } from './samples.ts';

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** Signed once and twice as the service does it, and with a bit changed here and there. */
const signedNow = async (): Promise<Sample[]> => {
  const { provider, authority, stop } = await startEmbeddedSigning();
  const sign = async (document: Uint8Array) => (await provider.sign(createOrder(document))).document;
  const once = await sign(agreement);
  const twice = await sign(once);
  stop();
  const sample = (name: string, document: Uint8Array, original: Uint8Array): Sample => ({
    name,
    kind: 'document',
    content: base64(document),
    original: base64(original),
    roots: [authority.rootPem],
  });
  return [
    sample('signed once', once, agreement),
    sample('signed twice', twice, once),
    ...spread(twice.length, 20).map((at) => sample(`signed twice, changed at ${at}`, changedAt(twice, at), once)),
  ];
};

/** Documents that are judged on both platforms. */
export const collectDocuments = async (): Promise<Sample[]> => [
  ...(await signedNow()),
  ...documents.map(([name, content]): Sample => ({ name, kind: 'document', content: base64(content) })),
];
