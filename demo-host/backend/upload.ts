import { createHash } from 'node:crypto';
import got from 'got';
import type { Mint } from './token.ts';

/** The service's answer, whatever it is; a refusal is a problem document (RFC 9457). */
interface UploadAnswer {
  status: number;
  body: { digest: string } & Record<string, unknown>;
}

/** Uploads an agreement, server to server: 201, or 200 where the service has it already. */
export type Upload = (pdf: Uint8Array) => Promise<UploadAnswer>;

export const createUpload =
  (service: string, mint: Mint): Upload =>
  async (pdf) => {
    const digest = createHash('sha256').update(pdf).digest('hex');
    const token = await mint({ scope: 'documents:write' });
    const answer = await got.put<UploadAnswer['body']>(`${service}/v1/documents/${digest}`, {
      body: pdf,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/pdf' },
      responseType: 'json',
      throwHttpErrors: false,
      timeout: { request: 60_000 },
    });
    return { status: answer.statusCode, body: answer.body };
  };
