import { Writable } from 'node:stream';
import type { ProblemType } from '@tu-esign/contract';
import { koaBody } from 'koa-body';
import { Problem } from '#problem.ts';
import { multipartPlugin } from './multipart-plugin.ts';
import type { Context } from './route.ts';

export interface MultipartLimits {
  fileBytes: number;
  fieldBytes: number;
  /** What a larger file is refused as. */
  tooLarge: ProblemType;
}

/** A multipart post with one file. */
export interface Multipart {
  file: Buffer | undefined;
  fields: Record<string, string>;
}

// https://github.com/node-formidable/formidable/blob/master/src/FormidableError.js
const tooLargeFile = new Set([1009, 1016]);
const tooLargeBody = new Set([1006, 1007, 1015]);

/**
 * Reads multipart/form-data (RFC 7578) with one file, kept in memory: a person's autograph is never written
 * to a temporary folder.
 * @throws Problem media-type-unsupported, body-too-large, body-malformed, and what a larger file is
 */
export const readMultipart = async (
  context: Context,
  fileName: string,
  limits: MultipartLimits,
): Promise<Multipart> => {
  if (!context.is('multipart/form-data'))
    throw new Problem('media-type-unsupported', 'multipart/form-data is expected');
  const chunks: Buffer[] = [];
  const keepInMemory = () =>
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        chunks.push(chunk);
        done();
      },
    });
  const read = koaBody({
    multipart: true,
    json: false,
    urlencoded: false,
    text: false,
    formidable: {
      enabledPlugins: [multipartPlugin],
      maxFiles: 1,
      maxFileSize: limits.fileBytes,
      maxFields: 8,
      maxFieldsSize: limits.fieldBytes,
      allowEmptyFiles: true,
      minFileSize: 0,
      filter: (part) => part.name === fileName,
      fileWriteStreamHandler: keepInMemory,
    },
    onError: (cause) => {
      throw toProblem(cause, limits.tooLarge);
    },
  });
  await read(context, async () => {});
  const body = (context.request as { body?: Record<string, string | string[]> }).body ?? {};
  return { file: chunks.length ? Buffer.concat(chunks) : undefined, fields: requireSingle(body) };
};

/** Refuses a field that is given twice: which of the two was meant cannot be known. */
const requireSingle = (body: Record<string, string | string[]>): Record<string, string> => {
  const fields = Object.entries(body).map(([name, value]): [string, string] => {
    if (typeof value !== 'string') throw new Problem('body-malformed', 'A field is given twice');
    return [name, value];
  });
  return Object.fromEntries(fields);
};

const toProblem = (cause: unknown, tooLarge: ProblemType): Problem => {
  const { code } = cause as { code?: number };
  if (code !== undefined && tooLargeFile.has(code)) return new Problem(tooLarge);
  if (code !== undefined && tooLargeBody.has(code)) return new Problem('body-too-large');
  return new Problem('body-malformed', undefined, { cause });
};
