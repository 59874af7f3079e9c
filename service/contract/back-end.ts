import { z } from 'zod';
import { Email, line, plainText } from './signing-request.ts';
import { AgreementSummary, SigningStatus, SigningView } from './signing.ts';

/** Signings of a host, in the order in which they changed last. */
export const SigningList = z
  .object({
    signings: z.array(SigningView),
    hasMore: z.boolean(),
    nextCursor: z.string().optional().meta({ description: 'Given as `cursor`, it leads on; kept, also much later.' }),
    agreement: AgreementSummary.optional().meta({ description: 'With `identifier`: the agreement as a whole.' }),
  })
  .meta({ id: 'SigningList' });
export type SigningList = z.infer<typeof SigningList>;

/** Why the host withdraws, for its own records and the evidence. */
export const Withdrawal = z.strictObject({ reason: plainText(500).optional() }).meta({ id: 'Withdrawal' });
export type Withdrawal = z.infer<typeof Withdrawal>;

/** Whose data is to be erased: all that one e-mail address has signed or not, or one agreement. */
export const ErasureRequest = z
  .union([z.strictObject({ email: Email }), z.strictObject({ identifier: line(128) })])
  .meta({ id: 'ErasureRequest' });
export type ErasureRequest = z.infer<typeof ErasureRequest>;

/** A sealed note of something that is there no more. */
const Erased = z
  .object({
    id: z.string().meta({ description: 'Of the signing; of a document host and digest.' }),
    at: z.iso.datetime(),
    record: z.string().meta({ description: 'What was erased, without personal data: canonical JSON (RFC 8785).' }),
    seal: z.string().meta({
      description:
        'ECDSA with SHA-256 (DER, base64url) by the first certificate’s key, over the canonical JSON of ' +
        '`{"digest", "sequence": 0, "signing"}`: the digest of `record`, and `id`.',
    }),
  })
  .meta({ id: 'Erased' });

/** What stays, and until when: what is signed is kept for as long as the law and the operator's retention want it. */
export const Retained = z
  .object({
    signing: z.string(),
    identifier: z.string(),
    status: SigningStatus,
    until: z.iso.datetime().optional().meta({ description: 'Left out while it is worked on.' }),
  })
  .meta({ id: 'Retained' });
export type Retained = z.infer<typeof Retained>;

/** What became of a wish to have a person's data erased. */
export const ErasureView = z
  .object({
    id: z.string(),
    state: z.enum(['pending', 'erased']),
    requestedAt: z.iso.datetime(),
    erasedAt: z.iso.datetime().optional(),
    erased: z.array(Erased),
    retained: z.array(Retained),
    certificates: z.string().meta({
      description:
        'PEM: the certificate of the key that seals and its chain without the root; then the same of keys that sealed before it.',
    }),
  })
  .meta({ id: 'ErasureView' });
export type ErasureView = z.infer<typeof ErasureView>;
