import { readdirSync, readFileSync } from 'node:fs';

const fixtures = new URL('../fixtures/', import.meta.url);
const pdfs = new URL('pdfs/', fixtures);
const signings = new URL('release-1/files/signings/', fixtures);

const filesIn = (folder: URL): Buffer[] => readdirSync(folder).map((name) => readFileSync(new URL(name, folder)));

/** What lies behind /Contents in hexadecimal digits, and is no picture's: signatures of all kinds. */
const signaturesIn = (file: Buffer): Buffer[] =>
  Array.from(file.toString('latin1').matchAll(/\/Contents\s*<(30[0-9a-f\s]{400,})>/gi), ([, hex]) =>
    Buffer.from(hex!.replaceAll(/\s/g, ''), 'hex'),
  );

const outputs = readdirSync(signings).flatMap((id) => filesIn(new URL(`${id}/`, signings)));

/** PDFs that the fixtures hold, by their names: other people's, and those that an earlier release has signed. */
export const documents: readonly [string, Buffer][] = [
  ...readdirSync(pdfs).map((name): [string, Buffer] => [name, readFileSync(new URL(name, pdfs))]),
  ...outputs
    .filter((file) => file.subarray(0, 4).equals(Buffer.from('%PDF')))
    .map((file, at): [string, Buffer] => [`signed by release 1, ${at}`, file]),
];

/** CMS of every signature in the PDFs that the fixtures hold, with the zeros that follow it. */
export const signatures: readonly Buffer[] = [...filesIn(pdfs), ...outputs].flatMap(signaturesIn);

/** TimeStampResp that the fixtures hold: a provider's, and those of an earlier release. */
export const timeStampResponses: readonly Buffer[] = [
  readFileSync(new URL('constancia-advantage-2018.asn1', fixtures)),
  // a status of granted, then a SignedData
  ...outputs.filter((file) => file[0] === 0x30 && file.subarray(4, 9).equals(Buffer.from('3003020100', 'hex'))),
];

/** PEM files that the fixtures hold. */
export const pemFiles: readonly string[] = [
  readFileSync(new URL('acr2-se-root.pem', fixtures), 'utf8'),
  ...outputs.map((file) => file.toString('latin1')).filter((text) => text.startsWith('-----BEGIN CERTIFICATE')),
];
