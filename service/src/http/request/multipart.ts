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

/** A multipart post with files of these names. */
export interface Multipart<Name extends string> {
  files: Partial<Record<Name, Buffer>>;
  fields: Record<string, string>;
}

// https://github.com/node-formidable/formidable/blob/master/src/FormidableError.js
const tooLargeFile = new Set([1009, 1016]);
const tooLargeBody = new Set([1006, 1007, 1015]);

/**
 * Reads multipart/form-data (RFC 7578) with files, each given once, kept in memory: a person's autograph is never written
 * to a temporary folder.
 * @throws Problem media-type-unsupported, body-too-large, body-malformed, and what a larger file is
 */
export const readMultipart = async <Name extends string>(
  context: Context,
  names: readonly Name[],
  limits: MultipartLimits,
): Promise<Multipart<Name>> => {
  if (!context.is('multipart/form-data'))
    throw new Problem('media-type-unsupported', 'multipart/form-data is expected');
  const kept = keepFiles();
  const read = koaBody({
    multipart: true,
    json: false,
    urlencoded: false,
    text: false,
    formidable: {
      enabledPlugins: [multipartPlugin],
      maxFiles: names.length,
      maxFileSize: limits.fileBytes,
      maxTotalFileSize: names.length * limits.fileBytes,
      maxFields: 8,
      maxFieldsSize: limits.fieldBytes,
      allowEmptyFiles: true,
      minFileSize: 0,
      filter: (part) => (names as readonly (string | null)[]).includes(part.name),
      onFileBegin: kept.begin,
      fileWriteStreamHandler: kept.write,
    },
    onError: (cause) => {
      throw toProblem(cause, limits.tooLarge);
    },
  });
  await read(context, async () => {});
  const body = (context.request as { body?: Record<string, string | string[]> }).body ?? {};
  return { files: kept.files() as Partial<Record<Name, Buffer>>, fields: requireSingle(body) };
};

/** Keeps files in memory, by their names. */
const keepFiles = () => {
  const begun: { name: string; chunks: Buffer[] }[] = [];
  return {
    begin: (name: string): void => void begun.push({ name, chunks: [] }),
    /** Called for each file once it has begun. */
    write: () => {
      const { chunks } = begun.at(-1)!;
      return new Writable({
        write(chunk: Buffer, _encoding, done) {
          chunks.push(chunk);
          done();
        },
      });
    },
    files: (): Record<string, Buffer> => {
      const names = begun.map(({ name }) => name);
      if (new Set(names).size !== names.length) throw new Problem('body-malformed', 'A file is given twice');
      return Object.fromEntries(
        begun.filter(({ chunks }) => chunks.length > 0).map(({ name, chunks }) => [name, Buffer.concat(chunks)]),
      );
    },
  };
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
