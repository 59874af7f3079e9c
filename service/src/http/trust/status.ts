import { readBody } from '#http/request/body.ts';
import type { Context, Route } from '#http/request/route.ts';
import { Problem } from '#problem.ts';
import { publish, publishKept, type Kept } from './publish.ts';

export interface StatusDeps {
  publication: { answer(request: Uint8Array): Promise<{ response: Uint8Array; kept: Kept | undefined }> };
}

const questionType = 'application/ocsp-request';
const answerType = 'application/ocsp-response';

/** Enough for as many certificates as are asked of at once. */
const limit = { bytes: 16 * 1024, problem: 'body-too-large' } as const;

const described = {
  security: 'nothing',
  responses: { 200: { description: 'What is said of it (OCSPResponse)', content: { [answerType]: 'DER' } } },
} as const;

/** What cannot be read is answered as well, by saying so (RFC 6960, 4.2.1). */
const answer = async (context: Context, question: Uint8Array, { publication }: StatusDeps): Promise<void> => {
  const { response, kept } = await publication.answer(question);
  publish(context, answerType, response);
  if (kept) publishKept(context, kept);
};

/** Whether a certificate is revoked, asked so that others may keep the answer (RFC 6960, A.1; RFC 5019, 5). */
export const getStatus: Route<StatusDeps> = {
  ...described,
  method: 'get',
  // Base64 has slashes, which not everybody escapes.
  path: '/v1/ocsp/*question',
  summary: 'Ask whether a certificate is revoked, by OCSP',
  problems: ['storage-unavailable'],
  handle: (context, deps) => answer(context, Buffer.from(context.params['question'] ?? '', 'base64'), deps),
};

/** Whether certificates are revoked (RFC 6960, A.1). */
export const postStatus: Route<StatusDeps> = {
  ...described,
  method: 'post',
  path: '/v1/ocsp',
  summary: 'Ask whether certificates are revoked, by OCSP',
  request: { [questionType]: 'DER' },
  problems: ['media-type-unsupported', 'body-malformed', 'body-too-large', 'storage-unavailable'],
  async handle(context, deps) {
    if (!context.is(questionType)) throw new Problem('media-type-unsupported', `${questionType} is expected`);
    await answer(context, await readBody(context.req, limit), deps);
  },
};
