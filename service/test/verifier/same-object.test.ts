import { expect, test } from 'vitest';
import { fromLatin1 } from '@tu-esign/verifier/bytes.ts';
import { sameObject } from '@tu-esign/verifier/changes/revision/same-object.ts';
import { IndirectObjects } from '@tu-esign/verifier/pdf/objects/indirect-objects.ts';
import { ObjectParser } from '@tu-esign/verifier/pdf/parsing/object-parser.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';

const objects = new IndirectObjects(nodePorts);
const parse = (text: string) => new ObjectParser(fromLatin1(text), objects).parseObject();

const same: [string, string][] = [
  ['<< /A 1 /B 2.50 >>', '<</B 2.5/A 1>>'],
  ['/F1', '/F#31'],
  ['<41 42>', '(A\\102)'],
  ['<< /Rect [0 0 9 9] >>', '<< /Rect [0.0 0 9.00 9] >>'],
  ['(a\rb)', '(a\rb)'],
  ['<< /A null >>', '<< >>'],
];

test.each(same)('%s and %s are the same to all readers', (one, other) => {
  expect(sameObject(parse(one), parse(other))).toBe(true);
});

const different: [string, string, string][] = [
  [
    'a highest index that is no whole number',
    '[/Indexed /DeviceRGB 1 <000000FFFFFF>]',
    '[/Indexed /DeviceRGB 1.0 <000000FFFFFF>]',
  ],
  ['line ends that some readers keep', '<0A0000FFFFFF>', '(\r\n\0\0\xff\xff\xff)'],
  ['half a byte', '<FFFFF0>', '<FFFFF>'],
  ['more digits than some readers follow', '0.5', '0.50000000000000000000'],
  ['a plus', '90', '+90'],
];

test.each(different)('%s may be something else to some', (_, one, other) => {
  expect(sameObject(parse(one), parse(other))).toBe(false);
});
