import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOrder, startEmbeddedSigning } from '../../test/embedded-signing.ts';
import { authority, issue, signatory } from '../../test/pki/certificates.ts';
import { signData, type SignedDataShape } from '../../test/pki/signed-data.ts';
import { refill } from '../../test/pki/signed-pdf.ts';
import { agreement, otherAgreement } from '../../test/running-service.ts';

let room: Awaited<ReturnType<typeof startEmbeddedSigning>>;
let once: Signed;
let twice: Signed;
beforeAll(async () => {
  room = await startEmbeddedSigning();
  once = await sign(agreement);
  twice = await sign(once.document);
});
afterAll(() => room.stop());

interface Signed {
  document: Uint8Array;
  pem: string;
}

const sign = async (document: Uint8Array): Promise<Signed> => {
  const signed = await room.provider.sign(createOrder(document));
  return { document: signed.document, pem: Buffer.from(signed.keyCertificate).toString() };
};

const verify = (original: Uint8Array, { document, pem: keyCertificate }: Signed) =>
  room.engine.verify({ original, document, keyCertificate });

test('a signature behind the agreement holds, and behind another signature', async () => {
  const findings = { keepsOriginal: true, coversAll: true };
  expect(await verify(agreement, once)).toEqual(findings);
  expect(await verify(once.document, twice)).toEqual(findings);
});

test('a signature that was signed over is behind the agreement, and does not cover all', async () => {
  expect(await verify(agreement, { ...twice, pem: once.pem })).toEqual({ keepsOriginal: true, coversAll: false });
});

test('a signature that the agreement had already is not the one', async () => {
  for (const document of [once.document, twice.document])
    await expect(verify(once.document, { document, pem: once.pem })).rejects.toThrow('No new signature');
});

test('that it is another document is told', async () => {
  expect(await verify(otherAgreement, once)).toEqual({ keepsOriginal: false, coversAll: true });
});

test('nothing may lie in the gap of a signature but the signature', async () => {
  const bytes = Buffer.from(once.document);
  const at = bytes.indexOf('/Contents <') + '/Contents <'.length;
  // Zeros behind the CMS are room that was not needed; anything else would be hidden there.
  bytes.write('(', bytes.indexOf('>', at) - 1, 'latin1');
  await expect(verify(agreement, { ...once, document: bytes })).rejects.toMatchObject({
    type: 'signed-document-invalid',
  });
});

const person = issue('Persona', { issuer: issue('Raíz', { extensions: authority() }), extensions: signatory });

/** The document, signed anew by somebody else. */
const signAnew = (shape: (covered: Buffer) => Partial<SignedDataShape>): Signed => {
  const sign = (content: Buffer): Buffer => signData({ by: person, content, ...shape(content) });
  return { document: refill(once.document, { sign }).document, pem: person.pem };
};

test('a CMS by anybody holds where it is over the document', async () => {
  expect(
    await verify(
      agreement,
      signAnew(() => ({})),
    ),
  ).toEqual({ keepsOriginal: true, coversAll: true });
});

const mail = Buffer.from('lo que firmé fue un correo');
test.each<[string, (covered: Buffer) => Partial<SignedDataShape>]>([
  ['of something else', () => ({ content: mail })],
  ['of something else that it carries inside', () => ({ content: mail, inside: true })],
  ['of the document, of which it carries something else inside', () => ({ inside: true, carried: mail })],
  ['whose value does not verify', () => ({ alterSignature: (value) => value.subarray(0, -1) })],
  ['that is no CMS', () => ({ digestNames: Buffer.alloc(2) })],
])('a signature %s is none of the document', async (_, shape) => {
  await expect(verify(agreement, signAnew(shape))).rejects.toThrow('No new signature');
});
