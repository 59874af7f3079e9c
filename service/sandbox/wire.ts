import { z } from 'zod';

/** Bare base64 (RFC 4648, 4), whole and padded: no `data:` prefix, no line feeds. */
const bytes = (begins: Uint8Array, what: string) =>
  z
    .base64()
    .transform((text) => Buffer.from(text, 'base64'))
    .refine((content) => begins.every((byte, at) => content[at] === byte), `is not ${what} in bare base64`);

const text = z.string().min(1).max(256);
const pdf = bytes(Buffer.from('%PDF-'), 'a PDF');
const png = bytes(Buffer.from([0x89, 0x50, 0x4e, 0x47]), 'a PNG');

const person = {
  identifier: text,
  name: text,
  // Some people have one surname, or none; whether the real service takes empty ones is not known.
  firstName: z.string().max(256),
  lastName: z.string().max(256),
  rfc: z.string().regex(/^(?:[A-Z&Ñ]{3,4}\d{6}[A-Z\d]{3})?$/u),
  email: z.email(),
  document: pdf,
  showSignature: z.union([z.literal(0), z.literal(1)]),
};

/** What addSingleSignatory takes: strings all of them, but for the number showSignature. */
export const SingleSignatory = z.strictObject({ ...person, imageSignature: png });

/** What addSignatory takes. */
export const OneOfSeveral = z.strictObject({ ...person, imageSignature: png.optional() });
export type SignRequest = z.infer<typeof OneOfSeveral>;

/** What every method that hands something out takes. */
export const OutputRequest = z.strictObject({ identifier: text });
export type OutputRequest = z.infer<typeof OutputRequest>;

/** What has a digest conserved, of a document that somebody else signed. */
export const Digest = z.strictObject({ identifier: text, digest: z.string().regex(/^[0-9a-f]{64}$/) });
export type Digest = z.infer<typeof Digest>;
