import { z } from 'zod';
import { Digest, Locale, Signatory } from './signing-request.ts';

/** Where a signing stands; `review` waits for a person of the operator's. */
export const SigningStatus = z
  .enum(['accepted', 'submitting', 'signed', 'conserved', 'completed', 'failed', 'declined', 'review'])
  .meta({ id: 'SigningStatus' });
export type SigningStatus = z.infer<typeof SigningStatus>;

/** The files a signing leaves behind. */
export const FileName = z
  .enum(['document', 'key-certificate', 'conservation-certificate', 'evidence'])
  .meta({ id: 'FileName' });
export type FileName = z.infer<typeof FileName>;

/** An expiring URL. */
export const Link = z
  .strictObject({ href: z.url(), expiresAt: z.iso.datetime() })
  .meta({ id: 'Link', description: 'A URL that works without a token until it expires.' });
export type Link = z.infer<typeof Link>;

const output = {
  state: z.enum(['pending', 'issued', 'failed']),
  mediaType: z.string(),
  digest: Digest.optional(),
  bytes: z.int().optional(),
  link: Link.optional(),
};

/** One output of a signing; digest, size in bytes and link are there once it is issued. */
export const Output = z.strictObject(output).meta({ id: 'Output' });
export type Output = z.infer<typeof Output>;

/**
 * The constancia de conservación. `accredited` is true only where an accredited certification provider
 * (PSC) issued it; the embedded authority's is not.
 */
export const ConservationOutput = z
  .strictObject({ ...output, accredited: z.boolean(), issuer: z.string(), issuedAt: z.iso.datetime().optional() })
  .meta({ id: 'ConservationOutput' });
export type ConservationOutput = z.infer<typeof ConservationOutput>;

/** What host and element are told of a signing. */
export const SigningView = z
  .strictObject({
    id: z.string(),
    identifier: z.string(),
    status: SigningStatus,
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    document: z.strictObject({ digest: Digest, name: z.string() }),
    outputs: z.strictObject({
      document: Output,
      keyCertificate: Output,
      conservationCertificate: ConservationOutput,
    }),
    evidence: Link,
    problem: z.strictObject({ type: z.string(), title: z.string() }).optional(),
    declineReason: z.string().optional(),
  })
  .meta({ id: 'SigningView' });
export type SigningView = z.infer<typeof SigningView>;

/** All the element needs for a visit: what the token asks, the consent text, limits, and the truth so far. */
export const SigningRequestView = z
  .strictObject({
    identifier: z.string(),
    host: z.strictObject({ name: z.string() }),
    document: z.strictObject({ digest: Digest, name: z.string(), bytes: z.int(), pages: z.int() }),
    signatory: Signatory,
    locale: Locale.optional(),
    consents: z.array(z.strictObject({ locale: Locale, text: z.string(), digest: Digest })).min(1),
    limits: z.strictObject({ autographBytes: z.int(), autographPixels: z.int() }),
    signing: SigningView.nullable(),
  })
  .meta({ id: 'SigningRequestView' });
export type SigningRequestView = z.infer<typeof SigningRequestView>;

/**
 * What the service answers an upload. `digest` is what the host's tokens name; it differs from the
 * uploaded one where the document had to be rewritten before its first signature.
 */
export const DocumentView = z
  .strictObject({
    digest: Digest,
    uploadedDigest: Digest,
    rewritten: z.boolean(),
    bytes: z.int(),
    pages: z.int(),
    signatures: z.int(),
  })
  .meta({ id: 'DocumentView' });
export type DocumentView = z.infer<typeof DocumentView>;
