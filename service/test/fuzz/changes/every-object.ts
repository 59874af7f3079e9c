import { toLatin1 } from '@tu-esign/verifier/bytes.ts';
import { createEdgeCache, objectAt, reachFrom } from '@tu-esign/verifier/changes/revision/references.ts';
import { PdfArray, PdfDict, PdfStream } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { PdfBoolean, PdfName, PdfNumber, PdfRef, type PdfObject } from '@tu-esign/verifier/pdf/objects/object.ts';
import { PdfString } from '@tu-esign/verifier/pdf/objects/strings.ts';
import { streamOf, type Update } from './append-update.ts';
import type { Signed } from './document.ts';

/** An object as it might be after a change, and what was changed of it. */
type Variant = [where: string, text: string];

/** What acts, leads elsewhere, hides or means something else, wherever it stands. */
const additions: Readonly<Record<string, string>> = {
  AA: '<< /O << /S /JavaScript /JS (x) >> >>',
  A: '<< /S /URI /URI (https://other.example) >>',
  ActualText: '(1000 pesos)',
  Alt: '(1000 pesos)',
  Contents: '(other)',
  F: '(other.pdf)',
  Kids: '[]',
  OC: '<< /Type /OCG /Name (x) >>',
  Resources: '<< /Font << >> >>',
  Type: '/Page',
};

const leafVariant = (object: PdfObject, other: number): string | undefined => {
  if (object instanceof PdfNumber) return String(object.value + 1);
  if (object instanceof PdfName) return '/Changed';
  if (object instanceof PdfString) return '(changed)';
  if (object instanceof PdfBoolean) return String(!object.value);
  return object instanceof PdfRef ? `${other} 0 R` : undefined;
};

const listed = (members: readonly string[]): string => `[ ${members.join(' ')} ]`;

const arrayVariants = (array: PdfArray, other: number): Variant[] => {
  const written = array.members().map(String);
  const within = array
    .members()
    .flatMap((member, at) =>
      variantsOf(member, other).map(([where, text]): Variant => [`[${at}]${where}`, listed(written.with(at, text))]),
    );
  const fewer: Variant[] = written.length ? [['[…] less', listed(written.slice(1))]] : [];
  return [...within, ...fewer, ['[…] more', listed([...written, written[0] ?? '1'])]];
};

const dictOf = (entries: ReadonlyMap<string, string>): string =>
  `<< ${Array.from(entries, ([key, value]) => `/${key} ${value}`).join(' ')} >>`;

const dictVariants = (dict: PdfDict, other: number): Variant[] => {
  const written = new Map(dict.entries().map(([key, value]) => [key, value.toString()]));
  const set = (key: string, value: string): string => dictOf(new Map([...written, [key, value]]));
  const without = (key: string): string => dictOf(new Map([...written].filter(([own]) => own !== key)));
  return [
    ...dict
      .entries()
      .flatMap(([key, value]) =>
        variantsOf(value, other).map(([where, text]): Variant => [`/${key}${where}`, set(key, text)]),
      ),
    ...[...written.keys()].map((key): Variant => [`/${key} removed`, without(key)]),
    ...Object.entries(additions)
      .filter(([key]) => !written.has(key))
      .map(([key, value]): Variant => [`/${key} added`, set(key, value)]),
  ];
};

/** Its dictionary changed, or its content: which is empty then, and says of itself that it is not encoded. */
const streamVariants = (stream: PdfStream, other: number): Variant[] => {
  const content = toLatin1(stream.contents);
  const ofDict = dictVariants(stream.dict, other)
    .filter(([where]) => !where.startsWith('/Length'))
    .map(([where, text]): Variant => [where, `${text}\nstream\n${content}\nendstream`]);
  const kept = stream.dict.entries().filter(([key]) => !['Length', 'Filter', 'DecodeParms'].includes(key));
  const entries = kept.map(([key, value]) => `/${key} ${value.toString()}`).join(' ');
  return [...ofDict, [' content', streamOf('% other', entries)]];
};

const variantsOf = (object: PdfObject, other: number): Variant[] => {
  if (object instanceof PdfStream) return streamVariants(object, other);
  if (object instanceof PdfDict) return dictVariants(object, other);
  if (object instanceof PdfArray) return arrayVariants(object, other);
  const leaf = leafVariant(object, other);
  return leaf === undefined ? [] : [['', leaf]];
};

export interface ObjectChange {
  /** From the trailer on. */
  name: string;
  update: Update;
}

/** Each object that can be come to, changed at each place by itself, taken away, or another one in its place. */
export function* changesOfEveryObject({ file, next }: Signed): Generator<ObjectChange> {
  const reach = reachFrom(file, createEdgeCache());
  const objects = reach.numbers().filter((number) => number > 0);
  for (const [at, number] of objects.entries()) {
    const object = objectAt(file, number);
    const path = reach.pathTo(number);
    if (!object) continue;
    const other = objects[(at + 1) % objects.length]!;
    for (const [where, text] of variantsOf(object, other))
      yield { name: `${path}${where}`, update: { objects: { [number]: text } } };
    yield { name: `${path} freed`, update: { free: [number] } };
    yield {
      name: `${path} of another generation`,
      update: { objects: { [number]: String(object) }, generations: { [number]: 1 } },
    };
    yield { name: `${path} is nothing`, update: { objects: { [number]: 'null', [next]: 'null' } } };
  }
}
