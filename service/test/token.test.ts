import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SigningView } from '@tu-esign/contract';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { findFreePort } from './free-port.ts';
import { operate, verifyFiles } from './operate.ts';
import { follow, postSigning } from './requests.ts';
import { agreement, startRunningService, type RunningService } from './running-service.ts';
import { createSoftToken, hasSoftToken } from './soft-token.ts';
import { createTokens, hosts } from './tokens.ts';
import { createFolder, createTrustStore, judgePersons } from './tools.ts';

const port = await findFreePort();
const publicUrl = `http://localhost:${port}`;
const tokens = createTokens(publicUrl);
const folder = createFolder();
let service: RunningService | undefined;
afterAll(async () => {
  await service?.stop();
  folder.remove();
});

const save = async (name: string, href: string): Promise<string> =>
  folder.write(name, Buffer.from(await (await fetch(href)).arrayBuffer()));

const sign = async (name: string) => {
  const token = await tokens.signing(name, await service!.upload(agreement));
  const { id } = (await (await postSigning(service!, token)).json()) as SigningView;
  const { status, outputs, evidence } = (await follow(service!, id, token)).at(-1)!;
  expect(status).toBe('completed');
  return {
    document: await save(`${name}.pdf`, outputs.document.link!.href),
    keyCertificate: await save(`${name}.pem`, outputs['key-certificate'].link!.href),
    constancia: await save(`${name}.tsr`, outputs['conservation-certificate'].link!.href),
    evidence: await save(`${name}.json`, evidence.href),
  };
};

const listKeys = (name: string, { path } = folder): string[] => {
  const folderOf = join(path, 'data/keys', name);
  const { sha256, places = {} } = JSON.parse(readFileSync(join(folderOf, 'manifest.json'), 'utf8')) as {
    sha256: Record<string, string>;
    places?: Record<string, string>;
  };
  return Object.keys(sha256)
    .filter((file) => file.endsWith('.key.pem'))
    .map((file) => readFileSync(join(folderOf, places[file] ?? file), 'utf8').slice(0, 10));
};

test.skipIf(!hasSoftToken)(
  'keys go from files into a token by their rotation, and what either has signed holds',
  async () => {
    service = await startRunningService({ port }, folder);
    const root = await save('root.pem', `${publicUrl}/v1/authority.pem`);
    const before = await sign('before');
    await service.stop();
    const { module, token, pin } = createSoftToken(folder, 'banco');
    const environment = {
      TU_ESIGN_HOSTS: folder.write('hosts.json', JSON.stringify({ hosts })),
      TU_ESIGN_DATA: join(folder.path, 'data'),
      TU_ESIGN_PKCS11_MODULE: module,
      TU_ESIGN_PKCS11_TOKEN: token,
      TU_ESIGN_PKCS11_PIN: pin,
    };
    const words = ['keys', 'rotate', 'seal', 'issuing', 'time-stamp', '--within', '0'];
    expect(await operate(words, environment)).toMatchObject({ exitCode: 0, stderr: '' });
    // The root stays where it was: it is what others have pinned.
    expect(listKeys('authority').filter((text) => text === 'pkcs11:tok')).toHaveLength(2);
    expect(listKeys('evidence')).toContain('pkcs11:tok');
    service = await startRunningService({ port, tokenModule: module, tokenLabel: token, tokenPin: pin }, folder);
    const after = await sign('after');
    const store = createTrustStore(folder, readFileSync(root, 'utf8'));
    for (const files of [before, after]) {
      expect(judgePersons(files.document, store)).toMatchObject([{ valid: true, trusted: true, total: true }]);
      const given = [files.document, files.constancia, '--certificate', files.keyCertificate, '--root', root];
      expect(await verifyFiles(...given)).toMatchObject({ exitCode: 0 });
      const judged = await operate(['verify-evidence', files.evidence, files.document, '--root', root]);
      expect(judged).toMatchObject({ exitCode: 0, stderr: '' });
    }
  },
);

test.skipIf(!hasSoftToken)('without the token a start says which key it lacks', async () => {
  await service?.stop();
  service = undefined;
  await expect(startRunningService({ port }, folder)).rejects.toThrow(/is in a PKCS #11 token/);
});

test.skipIf(!hasSoftToken)('keys that a root elsewhere certifies may be in the token from the beginning', async () => {
  const elsewhere = createFolder();
  onTestFinished(elsewhere.remove);
  const { module, token, pin } = createSoftToken(elsewhere, 'otro');
  const environment = {
    TU_ESIGN_HOSTS: folder.write('hosts.json', JSON.stringify({ hosts })),
    TU_ESIGN_DATA: join(elsewhere.path, 'data'),
    TU_ESIGN_PKCS11_MODULE: module,
    TU_ESIGN_PKCS11_TOKEN: token,
    TU_ESIGN_PKCS11_PIN: pin,
  };
  const [root, request, answer] = ['root', 'request.pem', 'answer.pem'].map((name) => join(elsewhere.path, name));
  for (const words of [
    ['init-root', root!],
    ['keys', 'request', '--out', request!],
    ['root', 'certify', root!, request!, '--out', answer!],
    ['keys', 'install', answer!],
  ])
    expect(await operate(words, environment)).toMatchObject({ exitCode: 0, stderr: '' });
  const found = await operate(['check', '--json'], { ...environment, TU_ESIGN_ELEMENT: '' });
  expect(found.stdout).toContain("the root's key is not here; its list");
  expect(listKeys('authority', elsewhere)).toEqual(['pkcs11:tok', 'pkcs11:tok']);
});
