import { z } from 'zod';
import { Digest } from './signing-request.ts';

/** What may be observed of a signing. */
export const EvidenceKind = z.enum([
  'document-shown',
  'document-examined',
  'token-accepted',
  'pages-viewed',
  'consent-given',
  'host-consents-answered',
  'autograph-received',
  'declined',
  'withdrawn',
  'received-from',
  'submitted',
  'taken',
  'not-signed',
  'review-needed',
  'resolved',
  'verified',
  'signed',
  'key-certified',
  'conserved',
  'output-failed',
  'completed',
  'failed',
  'renewed',
  'notified',
  'downloaded',
]);
export type EvidenceKind = z.infer<typeof EvidenceKind>;

/** What was observed, in its place: each entry holds the digest of the one before; the last that was written at once is signed. */
export const SealedEntry = z
  .strictObject({
    sequence: z.int().min(1).meta({ description: 'Counts from 1.' }),
    at: z.iso.datetime(),
    // Later releases may observe more, and who verifies does not need to know what.
    kind: z.union([EvidenceKind, z.string()]),
    data: z.record(z.string(), z.unknown()),
    previous: Digest.meta({ description: 'Digest of the entry before; 64 zeros for the first.' }),
    digest: Digest.meta({
      description: 'SHA-256 of this entry without `digest` and `seal`, in canonical JSON (RFC 8785).',
    }),
    seal: z.string().meta({
      description:
        'ECDSA with SHA-256 (DER, base64url) by the first certificate’s key, over the canonical JSON of ' +
        '`{"digest", "sequence", "signing"}`; empty where the next entry that has one covers this one too.',
    }),
  })
  .meta({ id: 'SealedEntry' });
export type SealedEntry = z.infer<typeof SealedEntry>;

/** All that was observed of one signing, as it is downloaded; it verifies against the authority's root alone. */
export const Evidence = z
  .strictObject({
    version: z.literal(1),
    signing: z.string(),
    identifier: z.string(),
    entries: z.array(SealedEntry).min(1),
    certificates: z.string().meta({
      description:
        'PEM: the certificate of the key that seals and its chain without the root; then the same of keys that sealed before it.',
    }),
  })
  .meta({ id: 'Evidence' });
export type Evidence = z.infer<typeof Evidence>;
