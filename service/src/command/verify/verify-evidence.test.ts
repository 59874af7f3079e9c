import { sealWith } from '../../../test/evidence-chain.ts';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Evidence, type SealedEntry } from '@tu-esign/contract';
import { openAuthority } from '#authority/authority.ts';
import { canonicalJson } from '@tu-esign/verifier/evidence/canonical-json.ts';
import { digestOf } from '#signing/digest.ts';
import { createKeys } from '../../../test/keys.ts';
import { operate } from '../../../test/operate.ts';
import { follow, postSigning, read } from '../../../test/requests.ts';
import { agreement, startRunningService } from '../../../test/running-service.ts';
import { createFolder, run, verifyChain } from '../../../test/tools.ts';

const folder = createFolder();
const files = join(folder.path, 'files');
let evidence: Evidence;
let root: string;

/** Signs with a real service, keeps what it leaves behind, and stops it: from here on all is offline. */
beforeAll(async () => {
  const service = await startRunningService();
  const digest = await service.upload(agreement);
  const token = await service.tokens.signing('CREDITO-1', digest);
  await read(service, `/v1/documents/${digest}`, token);
  const { id } = (await (await postSigning(service, token)).json()) as { id: string };
  const { outputs, evidence: link } = (await follow(service, id, token)).at(-1)!;
  mkdirSync(files);
  for (const [name, output] of Object.entries(outputs)) {
    writeFileSync(join(files, name), await (await fetch(output.link!.href)).bytes());
  }
  writeFileSync(join(files, 'agreement.pdf'), agreement);
  evidence = Evidence.parse(await (await fetch(link.href)).json());
  root = folder.write('root.pem', await (await fetch(`${service.url}/v1/authority.pem`)).text());
  await service.remove();
});
afterAll(() => folder.remove());

const save = (content: unknown): string => folder.write('evidence.json', JSON.stringify(content));
const verify = (content: unknown, ...more: string[]) => operate(['verify-evidence', save(content), ...more]);

test('evidence holds, and so do all files, against the root alone', async () => {
  const { exitCode, stdout } = await verify(evidence, '--root', root, '--files', files);
  expect(stdout).toContain(`Evidence of signing ${evidence.signing} (CREDITO-1)`);
  for (const { kind, at } of evidence.entries) expect(stdout).toMatch(new RegExp(`${at} +${kind} +holds`));
  expect(stdout).toMatch(/agreement\.pdf +agreement\n/);
  expect(stdout).toMatch(/document +signed document\n/);
  expect(stdout).toMatch(/key-certificate +key certificate\n/);
  expect(stdout).toMatch(/conservation-certificate +conservation certificate\n/);
  expect(stdout).toContain('All of it holds.');
  expect(exitCode).toBe(0);
});

test('without a root nobody knows whose it is, and that is told', async () => {
  const { exitCode, stdout } = await verify(evidence);
  expect([exitCode, stdout]).toEqual([3, expect.stringContaining('give --root to know whose it is')]);
  expect(stdout).toMatch(/^No root was given: this judged integrity only, not who sealed\./);
  const forged = await forge();
  expect(await verify(forged)).toMatchObject({ exitCode: 3 });
  expect(await verify(replace(2, { data: {} }))).toMatchObject({ exitCode: 1 });
  const report = JSON.parse((await verify(evidence, '--json')).stdout) as object;
  expect(report).toMatchObject({ holds: true, anchored: false, entries: evidence.entries.length, faults: [] });
});

const replace = (index: number, change: Partial<SealedEntry>): Evidence => ({
  ...evidence,
  entries: evidence.entries.with(index, { ...evidence.entries[index]!, ...change }),
});

/** Written anew, as somebody without the key can: the digest is right again. */
const rewrite = (index: number, change: Partial<SealedEntry>): Evidence => {
  const { digest: _, seal, ...entry } = { ...evidence.entries[index]!, ...change };
  return replace(index, { ...entry, seal, digest: digestOf(canonicalJson(entry)) });
};

/** All of it by an authority of the same name, made by somebody else. */
const forge = async (): Promise<Evidence> => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const keys = createKeys(join(folder.path, 'forged'));
  const now = () => new Date(Date.parse(evidence.entries[0]!.at) - 1_000);
  const certificates = await (await openAuthority({ keys, now })).certifySeal(publicKey);
  const seal = sealWith(privateKey);
  const entries = evidence.entries.map((entry) => ({
    ...entry,
    seal: entry.seal && seal({ signing: evidence.signing, sequence: entry.sequence, digest: entry.digest }),
  }));
  return { ...evidence, entries, certificates };
};

/** Sealed by a key that the same authority has certified for a signatory. */
const withKeyCertificate = async (): Promise<Evidence> => ({
  ...evidence,
  certificates: run('cat', join(files, 'key-certificate')).output,
});

test.each<[string, () => Evidence | Promise<Evidence>, object[]]>([
  ['changed data', () => replace(2, { data: {} }), [{ entry: 3, what: 'digest' }]],
  ['an entry written anew', () => rewrite(3, { data: {} }), [{ entry: 5, what: 'order' }]],
  [
    'an entry with a seal of its own written anew',
    () => rewrite(5, { data: {} }),
    [
      { entry: 6, what: 'seal' },
      { entry: 7, what: 'order' },
    ],
  ],
  ['an entry taken out', () => ({ ...evidence, entries: evidence.entries.toSpliced(4, 1) }), [{ entry: 5 }]],
  [
    'the seal of another entry',
    () => replace(4, { seal: evidence.entries[5]!.seal }),
    [
      { entry: 1, what: 'seal' },
      { entry: 5, what: 'seal' },
    ],
  ],
  ['a seal that is none', () => replace(6, { seal: 'seal' }), [{ entry: 7, what: 'seal' }]],
  ['another identifier', () => ({ ...evidence, identifier: 'CREDITO-2' }), [{ entry: 2, what: 'identifier' }]],
  ['evidence of another signing', () => ({ ...evidence, signing: 'other' }), [{ entry: 1, what: 'seal' }]],
  ['an authority of the same name', forge, [{ what: 'certificate' }]],
  [
    'a signatory’s certificate',
    withKeyCertificate,
    [
      { entry: 1, what: 'seal' },
      { what: 'certificate', detail: 'the first is not of a key that seals evidence' },
    ],
  ],
  ['no certificate', () => ({ ...evidence, certificates: '' }), [{ entry: 1, what: 'seal' }, { what: 'certificate' }]],
])('%s is told, with its place', async (_name, change, faults) => {
  const { exitCode, stdout } = await verify(await change(), '--root', root, '--json');
  expect(exitCode).toBe(1);
  const report = JSON.parse(stdout) as { faults: object[] };
  expect(report).toMatchObject({ holds: false, anchored: true });
  expect(report.faults[0]).toMatchObject(faults[0]!);
  for (const fault of faults) expect(report.faults).toContainEqual(expect.objectContaining(fault));
});

test('a person is told where it breaks', async () => {
  const { exitCode, stdout } = await verify(replace(2, { data: {} }), '--root', root);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/\n3 +\S+ +consent-given +digest: its digest is of something else\n/);
  expect(stdout).toContain('BROKEN at entry 3: digest');
});

test('a file that was changed is told', async () => {
  const changed = folder.write('changed.pdf', Buffer.concat([agreement, Buffer.from('\n')]));
  const { exitCode, stdout } = await verify(evidence, '--root', root, '--files', join(files, 'document'), changed);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/changed\.pdf +not a file that the evidence names\n/);
  expect(stdout).toContain('BROKEN: file');
});

test('what is no evidence, not there, or asked in a wrong way is told', async () => {
  const noEvidence = await verify({ ...evidence, entries: [] });
  expect([noEvidence.exitCode, noEvidence.stderr]).toEqual([1, expect.stringContaining('entries')]);
  const missing = await operate(['verify-evidence', join(folder.path, 'nowhere.json')]);
  expect([missing.exitCode, missing.stderr]).toEqual([1, expect.stringContaining('nowhere.json cannot be read')]);
  for (const parameters of [[], ['dance'], ['verify-evidence'], ['verify-evidence', root, '--no-such-option']]) {
    const { exitCode, stderr } = await operate(parameters);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('--help')]);
  }
});

test('openssl and sha256sum agree: chain, every seal, an entry’s digest', () => {
  const { certificates, signing, entries } = evidence;
  expect(verifyChain(folder, certificates, run('cat', root).output)).toMatchObject({ status: 0 });
  const { publicKey } = new X509Certificate(certificates);
  const key = folder.write('seal.pub', publicKey.export({ format: 'pem', type: 'spki' }));
  // Those that were written at once have one seal, at the last of them.
  const sealed = entries.filter(({ seal }) => seal !== '');
  expect(sealed.length).toBeGreaterThan(3);
  expect(entries.at(-1)!.seal).not.toBe('');
  for (const { digest, sequence, seal } of sealed) {
    // By hand, so that our own canonical JSON is judged too.
    const head = folder.write('head', `{"digest":"${digest}","sequence":${sequence},"signing":"${signing}"}`);
    const signature = folder.write('signature', Buffer.from(seal, 'base64url'));
    const { output } = run('openssl', 'dgst', '-sha256', '-verify', key, '-signature', signature, head);
    expect(output).toBe('Verified OK\n');
  }
  const { at, previous, sequence, digest } = entries.find(({ kind }) => kind === 'completed')!;
  const members = `"at":"${at}","data":{},"kind":"completed","previous":"${previous}","sequence":${sequence}`;
  expect(run('sha256sum', folder.write('entry', `{${members}}`)).output).toContain(digest);
});
