import { joinBytes, fromLatin1 } from '@tu-esign/verifier/bytes.ts';
import { Fault } from '@tu-esign/verifier/pdf/fault.ts';
import { decodeStream } from '@tu-esign/verifier/pdf/filters/decode-stream.ts';
import { PdfArray, PdfStream, type PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { dictAt, members, nameAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import type { PdfObject } from '@tu-esign/verifier/pdf/objects/object.ts';
import type { Page } from '@tu-esign/verifier/pdf/page-tree.ts';
import type { PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import { isReadAlike } from './content/read-alike.ts';
import type { Visited } from './walk-objects.ts';

const streamsIn = (value: PdfObject | undefined): PdfStream[] =>
  (value instanceof PdfArray ? members(value) : [value]).filter((part) => part instanceof PdfStream);

/** Streams end where a token may end (ISO 32000-2, 7.8.2). */
const join = (streams: readonly PdfStream[]): Uint8Array =>
  joinBytes(streams.flatMap((stream) => [decodeStream(stream), fromLatin1('\n')]));

/** What cannot be read nobody draws, and is told otherwise. */
const orNothing = <T>(read: () => T): T | undefined => {
  try {
    return read();
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
};

const differs = (
  value: PdfObject | undefined,
  { objects }: PdfFile,
  resourcesOf: () => PdfDict | undefined,
): boolean => {
  const bytes = orNothing(() => join(streamsIn(objects.lookup(value))));
  const resources = orNothing(resourcesOf);
  return bytes !== undefined && !isReadAlike({ bytes, objects, resources });
};

/** A page whose content viewers read differently. */
export const isPageDiffering = ({ dict, resources }: Page, file: PdfFile): boolean =>
  differs(dict.get('Contents'), file, () => resources);

/** The letters of a font that is drawn (9.6.4). */
const lettersOf = (dict: PdfDict): PdfObject[] =>
  nameAt(dict, 'Subtype') === 'Type3' ? (dictAt(dict, 'CharProcs')?.entries() ?? []).map(([, letter]) => letter) : [];

const isContent = ({ dict, stream }: Visited): boolean =>
  stream !== undefined && (nameAt(dict, 'Subtype') === 'Form' || dict.has('PatternType'));

/** A form, a pattern or a font of which viewers read something differently. */
export const isDiffering = (visited: Visited, file: PdfFile): boolean => {
  const { dict, stream } = visited;
  const contents = isContent(visited) ? [stream] : (orNothing(() => lettersOf(dict)) ?? []);
  return contents.some((content) => differs(content, file, () => dictAt(dict, 'Resources')));
};
