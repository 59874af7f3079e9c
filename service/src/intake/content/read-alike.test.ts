import { expect, test } from 'vitest';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { IndirectObjects } from '@tu-esign/verifier/pdf/objects/indirect-objects.ts';
import type { PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { ObjectParser } from '@tu-esign/verifier/pdf/parsing/object-parser.ts';
import { another, image, readAlike, readUnlike } from '../../../test/verifier/inline-images.ts';
import { isReadAlike } from './read-alike.ts';

const objects = new IndirectObjects(nodePorts);
const parse = (text: string): PdfDict => new ObjectParser(Buffer.from(text), objects).parseObject() as PdfDict;

const isAlike = (content: string, resources = '<< >>'): boolean =>
  isReadAlike({ bytes: Buffer.from(content, 'latin1'), objects, resources: parse(resources) });

test.each(readAlike)('everybody reads %s alike', (_, content) => {
  expect(isAlike(content)).toBe(true);
});

test.each(readUnlike)('of an image with %s viewers draw each something else', (_, content) => {
  expect(isAlike(content)).toBe(false);
});

test('viewers may choose where an image says something under two names', () => {
  expect(isAlike(`${image('12345678', '/W 8 /Width 9 /H 1 /CS /G /BPC 8')}${another}`)).toBe(false);
});

test('how many colours an image has its page says, by the name of their space', () => {
  const spaces = '<< /ColorSpace << /A [/Separation /X /DeviceGray null] /B [/DeviceN [/X /Y] /DeviceRGB null] >> >>';
  const named = (space: string, data: string): boolean =>
    isAlike(`${image(data, `/W 4 /H 1 /CS /${space} /BPC 8`)}${another}`, spaces);
  expect([named('A', '1234'), named('B', '12345678')]).toEqual([true, true]);
  expect([named('A', '12'), named('B', '1234')]).toEqual([false, false]);
});
