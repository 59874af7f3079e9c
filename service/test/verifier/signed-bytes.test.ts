import { expect, test } from 'vitest';
import { fromLatin1, toLatin1 } from '@tu-esign/verifier/bytes.ts';
import type { PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { IndirectObjects } from '@tu-esign/verifier/pdf/objects/indirect-objects.ts';
import { ObjectParser } from '@tu-esign/verifier/pdf/parsing/object-parser.ts';
import type { PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import { readClaimedTime, readSignedBytes } from '@tu-esign/verifier/pdf/signature-value.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';

/** A signature covers all but its value, and its value is what it leaves out: anything else covers nothing. */

const objects = new IndirectObjects(nodePorts);
const dictOf = (entries: string): PdfDict =>
  new ObjectParser(fromLatin1(`<< ${entries} >>`), objects).parseObject() as PdfDict;

const read = (file: string, range: string, contents = '<0aFF>') => {
  const found = readSignedBytes(
    { bytes: fromLatin1(file) } as PdfFile,
    dictOf(`/ByteRange ${range} /Contents ${contents}`),
  );
  return found && { ...found, bytes: toLatin1(found.bytes), contents: [...found.contents] };
};

test('what is covered is all up to the value, and all behind it', () => {
  const all = { bytes: 'beforeafter', contents: [10, 255], gap: { start: 6, end: 12 }, end: 17 };
  expect(read('before<0aFF>after', '[0 6 12 5]')).toEqual(all);
  expect(read('before<0aFF>after and more', '[0 6 12 5]')).toEqual(all);
  expect(read('before<>', '[0 6 8 0]', '<>')).toEqual({
    ...all,
    bytes: 'before',
    contents: [],
    gap: { start: 6, end: 8 },
    end: 8,
  });
});

test.each([
  ['begins behind the beginning', 'before<0aFF>after', '[1 5 12 5]'],
  ['begins behind the beginning, and is as long', 'before<0aFF>after', '[1 6 12 5]'],
  ['goes on behind the end', 'before<0aFF>after', '[0 6 12 6]'],
  ['leaves out more before the value', 'before<0aFF>after', '[0 5 12 5]'],
  ['leaves out more behind the value', 'before<0aFF>after', '[0 6 13 4]'],
  ['leaves out less', 'before<0aFF>after', '[0 7 12 5]'],
  ['leaves out another value', 'before<0aFE>after', '[0 6 12 5]'],
  ['leaves out white space within the value', 'before<0a FF>after', '[0 6 13 5]'],
  ['leaves out half a byte', 'before<0aF>after', '[0 6 11 5]', '<0aF0>'],
  ['leaves out two values', 'before<0aFF><0aFF>after', '[0 6 18 5]', '<0aFF0aFF>'],
  ['has parts that overlap', 'before<0aFF>after', '[0 12 6 5]'],
  ['is of three numbers', 'before<0aFF>after', '[0 6 12]'],
  ['is of five numbers', 'before<0aFF>after', '[0 6 12 5 0]'],
  ['is of parts of numbers', 'before<0aFF>after', '[0 6.0001 12 5]'],
  ['goes backwards', 'before<0aFF>after', '[0 6 12 -5]'],
  ['is counted from the end', 'before<0aFF>after', '[0 6 -5 5]'],
  ['says no numbers', 'before<0aFF>after', '/None'],
  ['leaves out a string of letters', 'before(abcd)after', '[0 6 12 5]', '(abcd)'],
  ['has no value', 'before<0aFF>after', '[0 6 12 5]', 'null'],
])('a range that %s covers nothing', (_, file, range, contents?: string) => {
  expect(read(file, range, contents)).toBeUndefined();
});

test('the time is what its signer says, if anything', () => {
  expect(readClaimedTime(dictOf('/M (D:20261128)'))).toEqual(new Date('2026-11-28T00:00:00Z'));
  expect(readClaimedTime(dictOf('/M /D:20261128'))).toBeUndefined();
  expect(readClaimedTime(dictOf('/N (D:20261128)'))).toBeUndefined();
});
