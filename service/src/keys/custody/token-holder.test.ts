import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { verify } from 'node:crypto';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createSoftToken, hasSoftToken } from '../../../test/soft-token.ts';
import { createFolder } from '../../../test/tools.ts';
import { keysInFiles } from './key-holder.ts';
import { createTokenHolder } from './token-holder.ts';
import type { TokenAccess } from './token-process.ts';

const folder = createFolder();
let access: TokenAccess;
beforeAll(() => {
  if (hasSoftToken) access = createSoftToken(folder, 'casa; una');
});
afterAll(() => folder.remove());

const open = (changes: Partial<TokenAccess> = {}) => {
  const holder = createTokenHolder({ ...access, ...changes });
  onTestFinished(() => holder.close());
  return holder;
};

const bytes = Buffer.from('what is signed');
const there = (id: string, token = 'casa%3B%20una') => `pkcs11:token=${token};id=${id};type=private`;

/** The processes that this one has started to ask tokens. */
const listProcesses = (): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((id) => {
      try {
        return (
          readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('token-process') &&
          readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1]!.split(' ')[1] === String(process.pid)
        );
      } catch {
        return false;
      }
    })
    .map(Number);

test.skipIf(!hasSoftToken)('a key is made in the token, named by its place, and signs', async () => {
  const made = await open().create({ kind: 'issuing', purpose: 'emisora', algorithm: 'P-256' });
  expect(made.text).toMatch(/^pkcs11:token=casa%3B%20una;id=(?:%[\da-f]{2}){16};type=private$/);
  const found = await open().open(made.text);
  expect(found.publicKey.equals(made.publicKey)).toBe(true);
  for (const { signer } of [made, found])
    expect(verify('sha256', bytes, made.publicKey, await signer.sign(bytes))).toBe(true);
});

test.skipIf(!hasSoftToken)('it may be of P-384, and is not RSA', async () => {
  const made = await open().create({ kind: 'issuing', purpose: 'emisora', algorithm: 'P-384' });
  const found = await open().open(made.text);
  expect(found.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'secp384r1' });
  expect(verify('sha384', bytes, made.publicKey, await found.signer.sign(bytes))).toBe(true);
  await expect(open().create({ kind: 'issuing', purpose: 'emisora', algorithm: 'RSA-3072' })).rejects.toThrow(
    'P-256 or P-384',
  );
});

test.skipIf(!hasSoftToken)('keys in files go on signing beside it', async () => {
  const { text, publicKey } = await keysInFiles.create({ kind: 'issuing', purpose: 'evidencia', algorithm: 'P-256' });
  const { signer } = await open().open(text);
  expect(verify('sha256', bytes, publicKey, await signer.sign(bytes))).toBe(true);
});

test.skipIf(!hasSoftToken)(
  'a driver that is killed while it signs is started again, and all signatures come',
  async () => {
    const holder = open();
    const { publicKey, signer } = await holder.create({ kind: 'issuing', purpose: 'sello', algorithm: 'P-256' });
    for (let round = 0; round < 3; round += 1) {
      const signatures = Array.from({ length: 20 }, () => signer.sign(bytes));
      for (const id of listProcesses()) process.kill(id, 'SIGKILL');
      for (const signature of await Promise.all(signatures))
        expect(verify('sha256', bytes, publicKey, signature)).toBe(true);
    }
  },
);

test.skipIf(!hasSoftToken)('its process ends with who asked', async () => {
  const program = `
    import { createTokenHolder } from ${JSON.stringify(new URL('token-holder.ts', import.meta.url).href)};
    await createTokenHolder(${JSON.stringify(access)}).create({ kind: 'issuing', purpose: 'breve', algorithm: 'P-256' });
    process.stdout.write('made');
  `;
  const text = execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  expect(text).toBe('made');
});

test.skipIf(!hasSoftToken).each([
  ['another PIN', { pin: '0000' }, /cannot be used: the PKCS #11 driver says: CKR_PIN_INCORRECT/],
  ['a token that is not there', { token: 'otra' }, /there is no token 'otra' with this driver/],
  ['a driver that is none', { module: '/nowhere.so' }, /cannot be used: the PKCS #11 driver says: .*nowhere\.so/],
])('%s is told to who starts', async (_what, changes, said) => {
  await expect(open(changes).create({ kind: 'issuing', purpose: 'x', algorithm: 'P-256' })).rejects.toThrow(said);
});

test.skipIf(!hasSoftToken)('a key that is not in the token, or in another one, is told', async () => {
  await expect(open().open(there('%ab'))).rejects.toThrow('the token has no key with the id ab');
  await expect(open().open(there('%ab', 'otra'))).rejects.toThrow(
    "in the PKCS #11 token 'otra', and 'casa; una' is set",
  );
  await expect(open().open('pkcs11:object=x')).rejects.toThrow('names no token');
});
