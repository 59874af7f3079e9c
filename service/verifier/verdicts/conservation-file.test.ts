import { expect, test } from 'vitest';
import { concatBytes, fromHex, fromLatin1, toHex, toLatin1 } from '#bytes.ts';
import { conservationMediaTypes, readConservationFile } from './conservation-file.ts';

const der = (...parts: string[]): string => {
  const contents = parts.join('').replaceAll(' ', '');
  return `30${(contents.length / 2).toString(16).padStart(2, '0')}${contents}`;
};
const [name, time, octets, number] = ['0c0161', '17 0161', '0401aa', '020107'].map((hex) => hex.replaceAll(' ', ''));
const named = der(name!, number!);
/** The file's name, the expediente with a name, a time and a provider. */
const old = [name!, named, der(number!, time!), octets!] as const;

test.each<[string, string, string]>([
  ['a status and more', 'response', der(der('020100'), octets!)],
  ['a status alone', 'response', der(der('020102'))],
  ['a content type', 'token', der('06012a', 'a000')],
  ['the form of 2002', 'nom-151-2002', der(...old)],
  ['the same with the time beside', 'nom-151-2002', der(name!, named, time!, octets!)],
  ['the same with another form of time', 'nom-151-2002', der(name!, named, '180161', octets!)],
  ['the same with a name a level down', 'nom-151-2002', der(name!, der(der(name!)), time!, octets!)],
  [
    'the same with a name among others a level down',
    'nom-151-2002',
    der(name!, der(der(number!, name!)), time!, octets!),
  ],
  ['octets with a status', 'unknown', der('0403020100', octets!)],
  ['the same with a provider behind', 'nom-151-2002', der(...old, octets!)],
  ['the same without a provider', 'unknown', der(name!, named, der(number!, time!))],
  ['the same without a file’s name', 'unknown', der(number!, named, der(number!, time!), octets!)],
  ['the same with the file’s name alone', 'unknown', der(name!, der(number!), der(number!, time!), octets!)],
  ['the same with a name behind others', 'unknown', der(name!, der(number!, name!), time!, octets!)],
  ['the same with a name two levels down', 'unknown', der(name!, der(der(der(name!))), time!, octets!)],
  [
    'the same with a name in a set a level down',
    'unknown',
    der(name!, der(`31${der(name!).slice(2)}`), time!, octets!),
  ],
  ['the same with a name in a set', 'unknown', der(name!, `31${named.slice(2)}`, time!, octets!)],
  ['the same with an empty expediente', 'unknown', der(name!, der(), time!, octets!)],
  ['the same without a time', 'unknown', der(name!, named, octets!, octets!)],
  ['the same with a time in a set', 'unknown', der(name!, named, `31${der(time!).slice(2)}`, octets!)],
  ['nothing', 'unknown', ''],
  ['an empty sequence', 'unknown', der()],
  ['an empty sequence in another', 'unknown', der(der())],
  ['a text in another', 'unknown', der(der(name!))],
  // Whether it holds is found out by verifying it.
  ['a set with a status', 'response', `31${der(der('020100')).slice(2)}`],
  ['what ends too early', 'unknown', der(der('020100')).slice(0, -2)],
  ['a private key', 'private-key', der('020100', der('06012a'), octets!)],
  ['what ends too early behind a private key', 'private-key', `3080${der('020100', '300306012a', octets!)}`],
])('%s is told as %s', (_, form, hex) => {
  expect(readConservationFile(fromHex(hex)).form).toBe(form);
});

test.each(['0c', '12', '13', '14', '16', '1a', '1e'])('texts of the type %s are names', (tag) => {
  const text = `${tag}0161`;
  expect(readConservationFile(fromHex(der(text, der(text), time!, octets!))).form).toBe('nom-151-2002');
});

test('what looks like a private key is one only where it is nothing else', () => {
  const given = concatBytes(fromHex(der(der('020100'))), fromLatin1('-----BEGIN PRIVATE KEY-----'));
  expect(readConservationFile(given).form).toBe('response');
  expect(readConservationFile(fromLatin1('-----BEGIN PRIVATE KEY-----')).form).toBe('private-key');
});

test('the file is handed on without what is around it', () => {
  const token = der('06012a', `0428${'07'.repeat(40)}`);
  const base64 = btoa(toLatin1(fromHex(token)));
  const given = [fromHex(token), fromLatin1(base64), fromLatin1(`-----BEGIN X-----\n${base64}\n-----END X-----`)];
  expect(given.map((file) => toHex(readConservationFile(file).der))).toEqual([token, token, token]);
  const pdf = fromLatin1('%PDF-1.7');
  expect(readConservationFile(pdf)).toEqual({ form: 'pdf', der: pdf });
});

test('each form has a media type of its own, but for what is no evidence', () => {
  expect(conservationMediaTypes).toEqual({
    response: 'application/timestamp-reply',
    token: 'application/cms; encapsulatedContent=tSTInfo',
    pdf: 'application/pdf',
    'nom-151-2002': 'application/octet-stream',
    'private-key': 'application/octet-stream',
    unknown: 'application/octet-stream',
  });
});
