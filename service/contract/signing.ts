import { z } from 'zod';
import { DocumentFinding } from './document-finding.ts';
import {
  AutographMethod,
  Digest,
  HostConsent,
  LanguageTag,
  Locale,
  Place,
  Sequence,
  Signatory,
  SignaturePlace,
} from './signing-request.ts';

/** Where a signing stands; `review` waits for a person of the operator's. */
export const SigningStatus = z
  .enum(['accepted', 'submitting', 'signed', 'conserved', 'completed', 'failed', 'declined', 'withdrawn', 'review'])
  .meta({ id: 'SigningStatus' });
export type SigningStatus = z.infer<typeof SigningStatus>;

/** The files a signing leaves behind. */
export const FileName = z
  .enum(['document', 'key-certificate', 'conservation-certificate', 'evidence'])
  .meta({ id: 'FileName' });
export type FileName = z.infer<typeof FileName>;

/** An expiring URL. */
export const Link = z
  .object({ href: z.url(), expiresAt: z.iso.datetime() })
  .meta({ id: 'Link', description: 'A URL that works without a token until it expires.' });
export type Link = z.infer<typeof Link>;

/** What was found of an artefact, finding by finding; null where it could not be judged. */
export const Findings = z.record(z.string(), z.boolean().nullable()).meta({ id: 'Findings' });

/** Why something failed. */
const Cause = z.object({
  type: z.string(),
  title: z.string(),
  code: z.string().optional().meta({ description: 'The code that the provider or authority gave for it.' }),
});

const output = {
  state: z.enum(['pending', 'issued', 'failed', 'later']),
  mediaType: z.string(),
  problem: Cause.optional().meta({ description: 'Why it failed.' }),
  findings: Findings.optional().meta({ description: 'What was found of it before it was believed.' }),
  digest: Digest.optional(),
  bytes: z.int().optional(),
  link: Link.optional(),
};

/**
 * One output of a signing; digest, size in bytes and link are there once it is issued, and where what came was kept
 * although it does not hold. `later`: others sign after this signatory, and it comes with the last one's signing.
 */
export const Output = z.object(output).meta({ id: 'Output' });
export type Output = z.infer<typeof Output>;

/** Levels of PAdES (EN 319 142-1, 6.2), the lowest first. */
export const signatureLevels = ['B-B', 'B-T', 'B-LT', 'B-LTA'] as const;
export const SignatureLevel = z.enum(signatureLevels);
export type SignatureLevel = z.infer<typeof SignatureLevel>;

/** The signed PDF. */
const DocumentOutput = z
  .object({
    ...output,
    level: SignatureLevel.optional().meta({
      description:
        'The level of PAdES that was reached, as it was found in the document: the lowest of its signatures. Absent where one has none.',
    }),
  })
  .meta({ id: 'DocumentOutput' });
export type DocumentOutput = z.infer<typeof DocumentOutput>;

/**
 * The constancia de conservación. `accredited` is true only where an accredited certification provider
 * (PSC) issued it; the embedded authority's is not.
 */
export const ConservationOutput = z
  .object({
    ...output,
    accredited: z.boolean(),
    issuer: z.string(),
    issuedAt: z.iso.datetime().optional(),
    conserves: z
      .enum(['signed-document', 'agreement'])
      .optional()
      .meta({ description: 'What it is of: the signed PDF, or the agreement before anybody signed.' }),
  })
  .meta({ id: 'ConservationOutput' });
export type ConservationOutput = z.infer<typeof ConservationOutput>;

/**
 * How far all signatories of an agreement are: some have yet to sign, all have, all have and every output is there, or
 * it will not be signed by all: somebody declined, it failed, or the host has withdrawn it.
 */
export const SequenceState = z.enum(['open', 'signed', 'completed', 'ended']).meta({ id: 'SequenceState' });
export type SequenceState = z.infer<typeof SequenceState>;

/** A signatory’s place, and the state of the whole. */
export const SequenceView = z.object({ ...Sequence.shape, state: SequenceState }).meta({ id: 'SequenceView' });

const Outputs = z.object({
  document: DocumentOutput,
  'key-certificate': Output,
  'conservation-certificate': ConservationOutput,
});

/** A consent of the host's, as it was shown, and whether it was given. */
export const AnsweredConsent = z
  .object({ ...HostConsent.shape, digest: Digest, accepted: z.boolean() })
  .meta({ id: 'AnsweredConsent' });
export type AnsweredConsent = z.infer<typeof AnsweredConsent>;

/** What host and element are told of a signing. */
export const SigningView = z
  .object({
    id: z.string(),
    identifier: z.string(),
    status: SigningStatus,
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    document: z.object({ digest: Digest, name: z.string() }),
    sequence: SequenceView,
    outputs: Outputs,
    evidence: Link,
    problem: Cause.optional(),
    declineReason: z.string().optional(),
    consents: z
      .array(AnsweredConsent)
      .optional()
      .meta({ description: 'Of the host’s own: what was ticked and what was not, where there are any.' }),
  })
  .meta({ id: 'SigningView' });
export type SigningView = z.infer<typeof SigningView>;

/** Why an agreement will not be completed. */
export const EndReason = z.enum(['declined', 'failed', 'withdrawn', 'output-failed']).meta({
  id: 'EndReason',
  description: '`output-failed`: all have signed, and one of the outputs could not be had.',
});
export type EndReason = z.infer<typeof EndReason>;

/** What a host is told of an agreement as a whole. */
const agreement = {
  identifier: z.string(),
  sequence: SequenceView.meta({
    description: 'Whose turn it is, or who was the last to act; 1 of 1 where nobody has come yet.',
  }),
  reason: EndReason.optional().meta({ description: 'Why it will not be completed.' }),
  withdrawal: z
    .object({ at: z.iso.datetime(), reason: z.string().optional() })
    .optional()
    .meta({ description: 'When the host withdrew it, and its words.' }),
  outputs: Outputs.optional().meta({ description: 'Of the last who has signed.' }),
};

export const AgreementSummary = z.object(agreement).meta({ id: 'AgreementSummary' });
export type AgreementSummary = z.infer<typeof AgreementSummary>;

/** All that a host is told of an agreement: the whole, and what became of each signatory's part of it. */
export const AgreementView = z
  .object({ ...agreement, signings: z.array(SigningView).meta({ description: 'In the signatories’ order.' }) })
  .meta({ id: 'AgreementView' });
export type AgreementView = z.infer<typeof AgreementView>;

/** How a signatory reaches who asks. */
export const HostContact = z
  .strictObject({
    email: z.email().optional(),
    telephone: z
      .string()
      .regex(/^\+?[\d ()-]{3,32}$/, 'a telephone number has digits')
      .optional(),
    url: z.url({ protocol: /^https$/ }).optional(),
  })
  .refine((contact) => Object.values(contact).some(Boolean), 'a contact has email, telephone or url')
  .meta({ id: 'HostContact' });
export type HostContact = z.infer<typeof HostContact>;

/** Who asks, as the signatory is shown it. */
export const AskingHost = z
  .object({ name: z.string(), contact: HostContact.optional() })
  .meta({ id: 'AskingHost', description: 'Who asks, and how they are reached where the hosts file says so.' });
export type AskingHost = z.infer<typeof AskingHost>;

/** All the element needs for a visit: what the token asks, the consent text, limits, and the truth so far. */
export const SigningRequestView = z
  .object({
    identifier: z.string(),
    host: AskingHost,
    // As those before have signed it, where there are any.
    document: z.object({ digest: Digest, name: z.string(), bytes: z.int(), pages: z.int() }),
    signatory: Signatory,
    sequence: Sequence,
    policy: z.object({ autographs: z.array(AutographMethod).min(1), readAllPages: z.boolean() }),
    signaturePlace: SignaturePlace.optional().meta({
      description: 'The first of `places` that is a signature’s. Left out where it is not known beforehand.',
    }),
    places: z.array(Place).meta({
      description: 'All places of this signatory, in the order of reading; none where they are not known beforehand.',
    }),
    timeZone: z.string().meta({ description: 'In which the signed PDF tells times, by its IANA name.' }),
    locale: LanguageTag.optional(),
    consents: z
      .array(z.object({ locale: Locale, text: z.string(), digest: Digest }))
      .min(1)
      .meta({ description: 'The service’s own, with the host by name, of which one is agreed to.' }),
    hostConsents: z
      .array(z.object({ ...HostConsent.shape, digest: Digest }))
      .meta({ description: 'The host’s own, each to be answered by itself; none is ticked beforehand.' }),
    limits: z.object({ autographBytes: z.int(), autographPixels: z.int() }),
    draftKey: z
      .string()
      .regex(/^[\w-]{43}$/)
      .meta({
        description:
          'AES-256 key, base64url, the same for every visit to this request: what the element keeps of an unfinished ' +
          'visit on the signatory’s device is encrypted with it, and cannot be read without a token.',
      }),
    signing: SigningView.nullable(),
  })
  .meta({ id: 'SigningRequestView' });
export type SigningRequestView = z.infer<typeof SigningRequestView>;

/**
 * What the service answers an upload. `digest` is what the host's tokens name; it differs from the
 * uploaded one where the document had to be rewritten before its first signature.
 */
export const DocumentView = z
  .object({
    digest: Digest,
    uploadedDigest: Digest,
    rewritten: z.boolean(),
    bytes: z.int(),
    pages: z.int(),
    signatures: z.int(),
    findings: z
      .array(DocumentFinding)
      .meta({ description: 'What was found in it that its signatories should know of.' }),
  })
  .meta({ id: 'DocumentView' });
export type DocumentView = z.infer<typeof DocumentView>;
