import { hash, randomUUID } from 'node:crypto';
import type { Authority } from '#authority/authority.ts';
import type { PdfEngine } from '#pades/engine.ts';
import { createEmbeddedProvider } from '#providers/embedded.ts';
import type { SignedDocument, SigningOrder } from '#providers/provider.ts';
import { readPng } from '#autograph/png.ts';
import { writePng } from '#autograph/write-png.ts';
import type { Outputs } from './ledger.ts';
import type { SignRequest } from './wire.ts';

/** What the sandbox signs and time-stamps with. */
export interface SandboxSigner {
  engine: PdfEngine;
  authority: Authority;
  now: () => Date;
}

const mostPixels = 4_000_000;
const nothingDrawn = { width: 2, height: 1, rgb: new Uint8Array(6).fill(255) };

/** Without an image, Tu Identidad prints name, date and what else it knows. The engine prints these in any case. */
const readImage = ({ imageSignature, showSignature }: SignRequest): SigningOrder['autograph'] => {
  const pixels = imageSignature && showSignature === 1 ? readPng(imageSignature, mostPixels) : nothingDrawn;
  return { png: writePng(pixels), width: pixels.width, height: pixels.height };
};

const toOrder = (request: SignRequest, document: Uint8Array, acceptedAt: Date): SigningOrder => ({
  id: randomUUID(),
  identifier: request.identifier,
  document,
  documentName: 'documento.pdf',
  signatory: {
    givenName: request.name,
    ...(request.firstName && { paternalSurname: request.firstName }),
    ...(request.lastName && { maternalSurname: request.lastName }),
    email: request.email,
    ...(request.rfc && { rfc: request.rfc }),
  },
  autograph: readImage(request),
  locale: 'es-MX',
  acceptedAt,
  position: 1,
  of: 1,
});

/** Signs a document as asked, with the sandbox's own keys and time-stamps. */
export type Sign = (request: SignRequest, document: Uint8Array) => Promise<Outputs>;

/** Time-stamps a digest, whatever it is of: DER TimeStampResp. */
export type Conserve = (digest: string) => Promise<Uint8Array>;

export const createConserve =
  ({ authority }: Pick<SandboxSigner, 'authority'>): Conserve =>
  async (digest) =>
    (await authority.createTimeStamp({ imprint: Buffer.from(digest, 'hex') })).response;

/** @throws Problem, RefusedPicture where the document cannot be signed */
export const createSign = ({ engine, authority, now }: SandboxSigner): Sign => {
  const provider = createEmbeddedProvider({ engine, authority, now, level: 'B-T' });
  return async (request, uploaded) => {
    const { pdf } = await engine.accept(uploaded);
    const { document, keyCertificate } = (await provider.sign(toOrder(request, pdf, now()))) as SignedDocument;
    const imprint = hash('sha256', document, 'buffer');
    const { response } = await authority.createTimeStamp({ imprint });
    return { document, keyCertificate: keyCertificate!, conservationCertificate: response };
  };
};
