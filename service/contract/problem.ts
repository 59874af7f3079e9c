import { z } from 'zod';
import { RefusedFinding } from './document-finding.ts';
import { problemPrefix } from './problem-kinds.ts';
import { AskingHost } from './signing.ts';

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
    host: AskingHost.optional().meta({ description: 'Who can help, where the token of a visit holds.' }),
  })
  .meta({ id: 'ProblemDetails' });
export type ProblemDetails = z.infer<typeof ProblemDetails>;
