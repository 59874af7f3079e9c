import { z } from 'zod';
import { RefusedFinding } from './document-finding.ts';

interface ProblemKind {
  /** HTTP status (RFC 9110, 15). */
  status: number;
  /** Short, for people, the same for every occurrence (RFC 9457, 3.1.3). */
  title: string;
  /** Whether the very same request may succeed later, or with a fresh token. */
  retryable: boolean;
}

const kind = (status: number, title: string, retryable = false): ProblemKind => ({ status, title, retryable });

/** Every problem the service answers with; the key is the stable end of `type`. */
export const problems = {
  'token-missing': kind(401, 'The request carries no bearer token'),
  'token-malformed': kind(401, 'The token is not a signed JWT'),
  'token-algorithm': kind(401, 'The token is signed with an algorithm this host may not use'),
  'token-signature': kind(401, "The token's signature does not verify with the host's keys"),
  'token-expired': kind(401, 'The token has expired', true),
  'token-not-yet-valid': kind(401, 'The token is dated in the future', true),
  'token-lifetime': kind(401, 'The token lives longer than 10 minutes'),
  'token-audience': kind(401, 'The token is meant for another service'),
  'token-claims': kind(401, 'A claim of the token is missing or wrong'),
  'token-replayed': kind(409, 'The token was already used for another signing'),
  'host-unknown': kind(401, 'No host is registered under the issuer of the token'),
  'host-keys-unavailable': kind(503, "The host's keys cannot be fetched", true),
  'scope-insufficient': kind(403, 'The token is not meant for this operation'),
  'origin-mismatch': kind(403, 'The page is not one the token and the host allow'),
  'document-mismatch': kind(403, 'The token names another document'),
  'document-not-found': kind(404, 'The document has not been uploaded'),
  'document-digest-mismatch': kind(422, 'The document does not have the digest in its address'),
  'document-too-large': kind(413, 'The document is larger than the service takes'),
  'document-not-pdf': kind(422, 'The document is not a PDF'),
  'document-damaged': kind(422, 'The PDF is damaged beyond what can be signed safely'),
  'document-encrypted': kind(422, 'The PDF is encrypted'),
  'document-without-pages': kind(422, 'The PDF has no page'),
  'document-locked': kind(422, 'A signature in the PDF allows no further one'),
  'document-finding': kind(422, 'The PDF holds what may show something else to others, or later'),
  'document-not-shown': kind(409, 'The document has not been shown to the signatory'),
  'document-too-complex': kind(422, 'The PDF takes too long or too much memory to read'),
  'placement-invalid': kind(422, 'The signature cannot be put where the host wants it'),
  'placement-unsupported': kind(422, 'The provider places the signature itself, and takes no places of the host’s'),
  'anchor-not-found': kind(422, 'The document does not have the words beside which the signature goes'),
  'field-not-found': kind(422, 'The document has no signature field of that name that can be signed'),
  'field-not-empty': kind(422, 'The signature field of that name is signed already'),
  'autograph-missing': kind(422, 'The request carries no autograph'),
  'autograph-too-large': kind(413, 'The autograph is larger than the service takes'),
  'autograph-not-png': kind(422, 'The autograph is not a PNG image'),
  'autograph-too-many-pixels': kind(422, 'The autograph has more pixels than the service takes'),
  'autograph-method': kind(422, 'The host takes no autograph that was made in this way'),
  'autograph-empty': kind(422, 'The autograph shows no ink'),
  'strokes-invalid': kind(422, 'The strokes are not in the expected form'),
  'making-invalid': kind(422, 'How the autograph was made is not told in the expected form'),
  'pages-unread': kind(422, 'The host wants every page to be read, and not all were'),
  'initials-missing': kind(422, 'The request carries no initials, and the document has places for them'),
  'consents-missing': kind(422, 'A consent of the host’s is not answered, or one that it requires is not given'),
  'consent-missing': kind(422, 'The request carries no consent'),
  'consent-unknown': kind(422, 'The consent is to a text this service does not publish'),
  'body-malformed': kind(400, 'The body cannot be read'),
  'body-too-large': kind(413, 'The body is larger than the service takes'),
  'media-type-unsupported': kind(415, 'The body is of a media type this address does not take'),
  'already-signed': kind(409, 'This signing request was already signed, with other content'),
  'identifier-reused': kind(409, 'The identifier was used for another document, or for another number of signatories'),
  'already-declined': kind(409, 'This signing request was already declined'),
  'request-withdrawn': kind(410, 'The host has withdrawn this signing request'),
  'not-withdrawable': kind(409, 'It is signed, or has ended: it cannot be withdrawn'),
  'not-your-turn': kind(409, 'Somebody else signs first', true),
  'signing-not-found': kind(404, 'There is no such signing'),
  'signing-erased': kind(410, 'The signing was erased'),
  'erasure-not-found': kind(404, 'There is no such erasure'),
  'signing-failed': kind(502, 'The document could not be signed'),
  'provider-refused': kind(502, 'The provider refused to sign'),
  'provider-unavailable': kind(503, 'The provider cannot be reached, or fails', true),
  'provider-credentials': kind(502, "The provider does not accept the operator's credentials", true),
  'provider-rate-limited': kind(503, 'The provider takes no more requests for a while', true),
  'file-pending': kind(409, 'The file does not exist yet', true),
  'file-damaged': kind(500, 'The file is missing or altered where it is kept'),
  'link-invalid': kind(403, 'The link is incomplete or was altered'),
  'link-expired': kind(410, 'The link has expired', true),
  'not-in-review': kind(409, 'The signing is not in review'),
  'configuration-wrong': kind(422, 'The hosts file is wrong; the old one stays in force'),
  'output-overdue': kind(504, 'The output was not handed out in time'),
  'key-certificate-invalid': kind(502, 'The key certificate is not one of the key that signed'),
  'conservation-invalid': kind(502, 'The conservation certificate does not hold'),
  'signed-document-invalid': kind(422, 'The document does not hold a signature that verifies'),
  'request-malformed': kind(400, 'The request is not HTTP'),
  'request-timeout': kind(408, 'The request did not arrive in time', true),
  'headers-too-large': kind(431, "The request's headers are larger than the service takes"),
  'query-malformed': kind(400, 'A parameter in the address is not in the expected form'),
  'not-found': kind(404, 'There is nothing at this address'),
  'method-not-allowed': kind(405, 'This address does not take this method'),
  'operator-key-wrong': kind(401, "The key is not the operator's"),
  'rate-limited': kind(429, 'Too many requests came in a short time', true),
  overloaded: kind(503, 'The service is busy', true),
  'storage-unavailable': kind(503, 'The service cannot read or keep anything now', true),
  'storage-full': kind(503, 'The service has no room to keep it', true),
  'clock-wrong': kind(503, "The service's clock is wrong", true),
  internal: kind(500, 'The service failed', true),
} as const satisfies Record<string, ProblemKind>;

export type ProblemType = keyof typeof problems;

/** What precedes the problem's key in `type`. */
export const problemPrefix = 'urn:tu-esign:problem:';

/** One thing that is wrong in a body or a token. */
export const FaultyMember = z
  .object({
    pointer: z.string().meta({ description: 'Where: a JSON pointer as a URI fragment (RFC 6901, 6).' }),
    detail: z.string(),
  })
  .meta({ id: 'FaultyMember' });
export type FaultyMember = z.infer<typeof FaultyMember>;

/** A problem as it travels (RFC 9457), media type `application/problem+json`. */
export const ProblemDetails = z
  .object({
    type: z.string().startsWith(problemPrefix),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    retryable: z.boolean().meta({ description: 'Whether the same may succeed later, or with a fresh token.' }),
    requestId: z.string().meta({ description: 'As in the header `request-id` and in the service’s log.' }),
    errors: z
      .array(FaultyMember)
      .min(1)
      .optional()
      .meta({ description: 'What is wrong in the body, the address’s query or the token, where it is that.' }),
    findings: z
      .array(RefusedFinding)
      .min(1)
      .optional()
      .meta({ description: 'With `document-finding`: for what the document was refused, and where that is.' }),
  })
  .meta({ id: 'ProblemDetails' });
export type ProblemDetails = z.infer<typeof ProblemDetails>;
