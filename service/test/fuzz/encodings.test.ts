import { readFileSync } from 'node:fs';
import { array, integer, letrec, oneof, tuple, uint8Array } from 'fast-check';
import { expect } from 'vitest';
import { element } from '#asn1/der.ts';
import { toPem } from '#asn1/pem.ts';
import { fromPem } from '@tu-esign/verifier/asn1/pem.ts';
import { readElement, readMembers } from '@tu-esign/verifier/asn1/read.ts';
import { alter, alterations } from './alterations.ts';
import { fuzz } from './fuzz.ts';

/** A DER element: its identifier octet and its contents, bytes or elements. */
interface Tree {
  tag: number;
  contents: Uint8Array | Tree[];
}

const tag = integer({ min: 1, max: 30 });
const { tree } = letrec<{ tree: Tree }>((tie) => ({
  tree: oneof(
    { maxDepth: 5 },
    tuple(tag, uint8Array({ maxLength: 300 })).map(([tag, contents]): Tree => ({ tag, contents })),
    tuple(tag, array(tie('tree'), { maxLength: 4 })).map(([tag, contents]): Tree => ({
      tag: 0x20 | tag,
      contents,
    })),
  ),
}));

const write = ({ tag, contents }: Tree): Buffer =>
  Array.isArray(contents) ? element(tag, ...contents.map(write)) : element(tag, contents);

const read = (der: Buffer, start = 0): Tree => {
  const found = readElement(der, start);
  const { tag, contents, end } = found;
  if (!(tag & 0x20)) return { tag, contents: Uint8Array.from(der.subarray(contents, end)) };
  return { tag, contents: readMembers(der, found).map((member) => read(der, member.start)) };
};

fuzz('encodings: DER', tuple(tree, alterations), ([written, changes]) => {
  const der = write(written);
  expect(read(der)).toEqual(written);
  try {
    read(alter(der, changes));
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
  }
});

const root = readFileSync(new URL('../fixtures/acr2-se-root.pem', import.meta.url));

fuzz('encodings: PEM', tuple(uint8Array({ minLength: 1, maxLength: 200 }), alterations), ([der, changes]) => {
  expect(Buffer.from(fromPem(toPem(der)))).toEqual(Buffer.from(der));
  try {
    fromPem(alter(root, changes).toString());
  } catch (error) {
    expect(String(error)).toBe('Error: There is no PEM block in the text');
  }
});
