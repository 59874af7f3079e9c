import { z } from 'zod';
import { Digest, HostConsent, line, Locale, plainText } from './signing-request.ts';

/** One sample of the pen: x and y in CSS pixels of the pad, milliseconds since the first, pressure 0 to 1. */
const Point = z.tuple([
  z.number().min(-10_000).max(10_000),
  z.number().min(-10_000).max(10_000),
  z.number().min(0).max(86_400_000),
  z.number().min(0).max(1),
]);

/** What the signatory drew, as drawn: the pad's size in CSS pixels and each stroke's samples. */
export const Strokes = z
  .strictObject({
    version: z.literal(1),
    width: z.number().min(1).max(10_000),
    height: z.number().min(1).max(10_000),
    strokes: z
      .array(
        z.strictObject({
          pointer: z.enum(['mouse', 'pen', 'touch', 'keyboard']),
          points: z.array(Point).min(1).max(20_000),
        }),
      )
      .min(1)
      .max(1_000),
  })
  .meta({ id: 'Strokes' });
export type Strokes = z.infer<typeof Strokes>;

/**
 * How an autograph was made that was not drawn: typed, in words and the name of a handwriting face, or uploaded as
 * a picture of that kind, before the element took its ground away.
 */
export const Making = z
  .discriminatedUnion('method', [
    z.strictObject({
      method: z.literal('type'),
      text: line(200),
      face: z.string().regex(/^[a-z0-9-]{1,64}$/, 'a face is named in lower-case letters, digits and hyphens'),
    }),
    z.strictObject({ method: z.literal('upload'), mediaType: z.enum(['image/png', 'image/jpeg']) }),
  ])
  .meta({ id: 'Making' });
export type Making = z.infer<typeof Making>;

/** Pages that were before the signatory's eyes, as the element saw it; each once, in order. */
export const ViewedPages = z
  .array(z.int().min(1).max(100_000))
  .max(100_000)
  .refine((pages) => pages.every((page, index) => index === 0 || page > pages[index - 1]!), 'pages go upwards')
  .meta({ id: 'ViewedPages' });
export type ViewedPages = z.infer<typeof ViewedPages>;

/** Whether one of the host's consents was given; `digest` says to which words: SHA-256 of their UTF-8 bytes. */
export const ConsentAnswer = z
  .strictObject({ id: HostConsent.shape.id, digest: Digest, accepted: z.boolean() })
  .meta({ id: 'ConsentAnswer' });
export type ConsentAnswer = z.infer<typeof ConsentAnswer>;

/**
 * Which consent text the signatory agreed to: its language and the digest of its UTF-8 bytes; and what became of each
 * consent of the host's.
 */
export const Consent = z
  .strictObject({ locale: Locale, digest: Digest, consents: z.array(ConsentAnswer).max(10).optional() })
  .meta({ id: 'Consent' });
export type Consent = z.infer<typeof Consent>;

/** Why the signatory declined, in one line or more; shown to the host. */
export const Decline = z
  .strictObject({
    reason: plainText(500).optional(),
  })
  .meta({ id: 'Decline' });
export type Decline = z.infer<typeof Decline>;
