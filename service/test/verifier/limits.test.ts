import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { fromLatin1 } from '@tu-esign/verifier/bytes.ts';
import { mostObjects } from '@tu-esign/verifier/pdf/bounds.ts';
import { Fault, ImpossibleFault, LimitFault } from '@tu-esign/verifier/pdf/fault.ts';
import { decodeStream } from '@tu-esign/verifier/pdf/filters/decode-stream.ts';
import { createObjectStreamReader } from '@tu-esign/verifier/pdf/object-stream.ts';
import { IndirectObjects } from '@tu-esign/verifier/pdf/objects/indirect-objects.ts';
import { ObjectParser } from '@tu-esign/verifier/pdf/parsing/object-parser.ts';
import { openPdf } from '@tu-esign/verifier/pdf/pdf-file.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { verifyDocument } from '@tu-esign/verifier/verdicts/verify-document.ts';
import { withManySections, withObjectStream, withOddTable, withOlderStream, withTable } from '../hostile-pdfs.ts';
import { acceptDocument } from '#pades/accept.ts';

const newObjects = () => new IndirectObjects(nodePorts);
const open = (pdf: Uint8Array) => openPdf(pdf, nodePorts);

/** The table of such a file names four objects: three of the frame, and the one that is always free. */
const inTable = 4;
const width = 5;
const withOlder = (first: number, count: number): Buffer =>
  withOlderStream('Prev', `/W [1 3 1] /Size 1 /Index [${first} ${count}]`, Buffer.alloc(width * count));

test('a file may have half a million objects, and no more', async () => {
  expect(open(withOlder(9, mostObjects - inTable)).crossReference.places.size).toBe(mostObjects);
  const tooMany = withOlder(9, mostObjects - inTable + 1);
  expect(() => open(tooMany)).toThrow(LimitFault);
  await expect(acceptDocument({ pdf: tooMany, policy: {} }, nodePorts)).rejects.toMatchObject({
    type: 'document-too-complex',
  });
  const verified = await verifyDocument({ document: tooMany, roots: [], now: new Date() }, nodePorts);
  expect(verified.fault).toBe('document-too-complex');
});

const ofFree = (entries: number): Buffer =>
  withOddTable(`xref\n0 ${entries}\n${'0000000000 65535 f \n'.repeat(entries)}trailer\n<< /Size 1 >>\n`);

test('the same of a table', () => {
  // So far it is read: it has no catalogue.
  expect(() => open(ofFree(mostObjects))).toThrow('no catalogue');
  expect(() => open(ofFree(mostObjects + 1))).toThrow(LimitFault);
});

const inFourSections = (entries: number): Buffer => {
  const dictionary = `/W [1 3 1] /Size ${entries}`;
  return withManySections({ count: 4, share: false, dictionary, data: Buffer.alloc(width * entries) });
};

test('sections may name objects again, four times as many as there may be', () => {
  expect(open(inFourSections(mostObjects - 1)).crossReference.places.size).toBe(mostObjects - 1);
  expect(() => open(inFourSections(mostObjects))).toThrow(ImpossibleFault);
});

/** What object 3 is, which is in a stream. */
const readMember = (dictionary: string, data: string): string | undefined => {
  const { objects } = open(withObjectStream(dictionary, fromLatin1(data)));
  return objects.lookup(objects.ref(3))?.toString();
};

const readOneOf = (count: number): string | undefined => {
  const head = Array.from({ length: count }, (_, index) => `${index + 3} 0`).join(' ');
  return readMember(`/N ${count} /First ${head.length + 1}`, `${head} << /A 1 >>`);
};

test('an object stream may have as many objects as a file', () => {
  expect(readOneOf(mostObjects)).toBe('<<\n/A 1\n>>');
  expect(() => readOneOf(mostObjects + 1)).toThrow(LimitFault);
});

test('an object stream must name as many objects as it says, and not more than it has bytes for', () => {
  const data = '3 0 7 9 << /A 1 >>';
  expect(readMember('/N 2 /First 8', data)).toBe('<<\n/A 1\n>>');
  expect(() => readMember('/N 3 /First 8', data)).toThrow('fewer objects');
  expect(() => readMember('/N 9 /First 8', data)).toThrow(ImpossibleFault);
  expect(() => readMember('/N 2 /First 19', data)).toThrow(ImpossibleFault);
  expect(() => readMember('/N 2', data)).toThrow(Fault);
  expect(() => readMember('/First 8', data)).toThrow(Fault);
});

test('object streams of a file may have so many bytes in all', () => {
  const objects = newObjects();
  const read = createObjectStreamReader();
  const streamOf = (length: number) =>
    objects.stream(deflateSync(Buffer.alloc(length)), { Filter: 'FlateDecode', N: 0, First: 0 });
  const large = streamOf(64 << 20);
  for (let index = 0; index < 4; index += 1) expect(read(large).offsets.size).toBe(0);
  expect(read(streamOf(0)).bytes.length).toBe(0);
  expect(() => read(streamOf(1))).toThrow(ImpossibleFault);
});

test('an object stream that cannot be decoded is not decoded again for each of its objects', () => {
  let inflated = 0;
  const inflate: typeof nodePorts.inflate = (bytes, most) => {
    inflated += 1;
    return nodePorts.inflate(bytes, most);
  };
  const file = openPdf(withObjectStream('/N 1 /First 4 /Filter /FlateDecode', fromLatin1('odd')), { inflate });
  const before = inflated;
  const { objects } = file;
  const place = file.crossReference.places.get(3)!;
  for (let number = 10; number < 20; number += 1) {
    file.crossReference.places.set(number, place);
    expect(() => objects.lookup(objects.ref(number))).toThrow('cannot be read');
  }
  expect(inflated - before).toBe(1);
});

test('references may be to as many objects as a file may have', () => {
  const objects = newObjects();
  for (let number = 1; number <= mostObjects; number += 1) objects.ref(number);
  expect(objects.ref(mostObjects)).toBe(objects.ref(mostObjects));
  expect(() => objects.ref(mostObjects + 1)).toThrow(LimitFault);
  expect(() => objects.ref(1, 1)).toThrow(LimitFault);
});

const parseParts = (parts: number) =>
  new ObjectParser(fromLatin1(`[${'0 '.repeat(parts - 1)}]`), newObjects()).parseObject();

test('an object may have half a million parts, itself among them', () => {
  expect(parseParts(500_000)).toBeDefined();
  expect(() => parseParts(500_001)).toThrow(LimitFault);
});

const decodeWith = (filters: number) =>
  decodeStream(newObjects().stream(fromLatin1('3e'), { Filter: Array(filters).fill('RunLengthDecode') }));

test('a stream may have eight filters', () => {
  expect(decodeWith(8)).toBeDefined();
  expect(() => decodeWith(9)).toThrow(ImpossibleFault);
});

test('object numbers end where the standard says', () => {
  const largest = 8_388_607;
  expect(open(withOlder(largest - 1, 2)).objects.largestNumber).toBe(largest);
  expect(() => open(withOlder(largest, 2))).toThrow(ImpossibleFault);
  expect(open(withTable([], `/Size ${largest + 1}`)).objects.largestNumber).toBe(largest);
  expect(() => open(withTable([], `/Size ${largest + 2}`))).toThrow(ImpossibleFault);
});
