import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { agreement, fixture } from '../../../test/running-service.ts';
import { createFolder, run } from '../../../test/tools.ts';
import { sharedThreads } from '../../../test/shared-threads.ts';

const { engine } = sharedThreads();
const folder = createFolder();
const plain = folder.write('plain.pdf', agreement);
afterAll(() => folder.remove());

/** As qpdf encrypts it; the owner's password is never asked for. */
const encrypt = (user: string, ...options: string[]): Buffer => encryptFile(plain, user, ...options);

const encryptFile = (from: string, user: string, ...options: string[]): Buffer => {
  const path = join(folder.path, 'encrypted.pdf');
  const { status, output } = run(
    'qpdf',
    '--allow-weak-crypto',
    '--encrypt',
    user,
    'owner',
    ...options,
    '--',
    from,
    path,
  );
  if (status !== 0) throw new Error(output);
  return readFileSync(path);
};

const textOf = (pdf: Uint8Array): string => run('pdftotext', folder.write('text.pdf', pdf), '-').output;

test.each([
  ['RC4 of 40 bits', ['40']],
  ['RC4 of 128 bits', ['128', '--use-aes=n']],
  ['AES of 128 bits, with forms alone to be filled in', ['128', '--use-aes=y', '--modify=form']],
  ['AES of 256 bits, with metadata in the clear', ['256', '--cleartext-metadata', '--modify=annotate']],
])('%s without a password is taken off, and told', async (_what, options) => {
  const { pdf, rewritten, findings } = await engine.accept(encrypt('', ...options));
  expect(rewritten).toBe(true);
  expect(findings).toMatchObject([{ finding: 'encrypted', handling: 'normalised' }]);
  expect(Buffer.from(pdf).includes('/Encrypt')).toBe(false);
  expect(textOf(pdf)).toBe(textOf(agreement));
});

test('what needs a password, forbids to sign, or is wanted encrypted by its host is refused', async () => {
  await expect(engine.accept(encrypt('secret', '256'))).rejects.toMatchObject({
    type: 'document-encrypted',
    message: 'It needs a password, or its encryption is not known',
  });
  await expect(engine.accept(encrypt('', '256', '--modify=none'))).rejects.toMatchObject({
    type: 'document-encrypted',
    message: 'Its permissions forbid to sign it',
  });
  await expect(engine.accept(encrypt('', '256'), { encrypted: 'refuse' })).rejects.toMatchObject({
    type: 'document-encrypted',
    message: 'Its host takes no agreement that is encrypted',
  });
});

const signed = fixture('minimal-signed-twice-no-sig-type');

test('what was signed within its encryption is refused, and why is said', async () => {
  const refused = {
    type: 'document-encrypted',
    message: expect.stringContaining('It was signed while it was encrypted'),
  };
  const encrypted = encryptFile(folder.write('signed.pdf', signed), '', '256');
  await expect(engine.accept(encrypted)).rejects.toMatchObject(refused);
  // Spelled in another way, which bytes alone do not show.
  const hidden = Buffer.from(signed.toString('latin1').replaceAll('/ByteRange', '/Byte#52ange'), 'latin1');
  await expect(engine.accept(hidden)).rejects.toMatchObject({ type: 'document-damaged' });
});
