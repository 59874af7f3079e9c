import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import type { Evidence, SigningView } from '@tu-esign/contract';
import { readCertificatesOf } from '@tu-esign/verifier/cms/read-signed-data.ts';
import { readTimeStampResponse } from '@tu-esign/verifier/cms/read-time-stamp.ts';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { findFreePort } from './free-port.ts';
import { operate, verifyFiles } from './operate.ts';
import { createDatabase } from './postgres-server.ts';
import { follow, postSigning, readRequest, show } from './requests.ts';
import { agreement, startRunningService, type RunningService } from './running-service.ts';
import { createTokens, hosts } from './tokens.ts';
import { createFolder, createTrustStore, judgePersons, type Folder } from './tools.ts';

// One address for all starts: links and tokens name it.
const port = await findFreePort();
const publicUrl = `http://localhost:${port}`;
const tokens = createTokens(publicUrl);
const passphrase = 'a passphrase of theirs';
const kinds = ['links', 'drafts', 'seal', 'issuing', 'time-stamp'];

let folder: Folder;
let service: RunningService | undefined;
/** Of the root that is published before anything is rotated. */
let store: string | undefined;
beforeEach(() => {
  store = undefined;
  folder = createFolder();
});
afterEach(async () => {
  await service?.stop();
  service = undefined;
  folder.remove();
});

const at = (name: string): string => join(folder.path, name);
const save = async (name: string, href: string): Promise<string> =>
  folder.write(name, Buffer.from(await (await fetch(href)).arrayBuffer()));

const sign = async (name: string) => {
  const token = await tokens.signing(name, await service!.upload(agreement));
  const posted = await postSigning(service!, token);
  const { id } = (await posted.json()) as SigningView;
  const view = (await follow(service!, id, token)).at(-1)!;
  expect(view.status).toBe('completed');
  return { id, token, view };
};
type Saved = Awaited<ReturnType<typeof saveAll>>;
const saveAll = async (name: string, { view }: Awaited<ReturnType<typeof sign>>) => {
  const { outputs, evidence } = view;
  return {
    document: await save(`${name}.pdf`, outputs.document.link!.href),
    keyCertificate: await save(`${name}.pem`, outputs['key-certificate'].link!.href),
    constancia: await save(`${name}.tsr`, outputs['conservation-certificate'].link!.href),
    evidence: await save(`${name}.json`, evidence.href),
  };
};
const expectGood = async (files: Saved, root: string): Promise<void> => {
  store ??= createTrustStore(folder, readFileSync(root, 'utf8'));
  expect(judgePersons(files.document, store)).toMatchObject([{ valid: true, trusted: true, total: true }]);
  const given = [files.document, files.constancia, '--certificate', files.keyCertificate, '--root', root];
  expect(await verifyFiles(...given)).toMatchObject({ exitCode: 0 });
  const judged = await operate(['verify-evidence', files.evidence, files.document, '--root', root]);
  expect(judged).toMatchObject({ exitCode: 0, stderr: '' });
};
const issuerOf = (path: string): string =>
  new X509Certificate(readFileSync(path, 'utf8').split(/(?<=-----END.*\n)/)[1]!).serialNumber;

/** Who sealed: the certificates that the evidence brings. */
const sealersOf = ({ evidence }: Saved): string =>
  (JSON.parse(readFileSync(evidence, 'utf8')) as Evidence).certificates;
/** Who conserved: the certificates that the constancia brings. */
const stampersOf = ({ constancia }: Saved): string[] => {
  const { token } = readTimeStampResponse(readFileSync(constancia));
  return readCertificatesOf(token!).map((der) => new X509Certificate(der).serialNumber);
};

const places = { 'in a folder': async () => undefined, 'in PostgreSQL': () => createDatabase(inject('postgres')) };

describe.each(Object.entries(places))('keys %s', (_where, createPlace) => {
  let databaseUrl: string | undefined;
  beforeEach(async () => {
    databaseUrl = await createPlace();
  });

  const restart = async (keysPassphrase?: string): Promise<RunningService> => {
    await service?.stop();
    service = undefined;
    service = await startRunningService({ port, databaseUrl, keysPassphrase }, folder);
    return service;
  };
  const keys = (words: string[], environment: object = {}) =>
    operate(['keys', ...words], {
      TU_ESIGN_HOSTS: folder.write('hosts.json', JSON.stringify({ hosts })),
      TU_ESIGN_DATA: join(folder.path, 'data'),
      ...(databaseUrl && { TU_ESIGN_DATABASE_URL: databaseUrl }),
      ...environment,
    });
  test('are rotated, and what was made before holds beside what is made after', async () => {
    await restart();
    const root = await save('root.pem', `${publicUrl}/v1/authority.pem`);
    const before = await sign('before');
    const begun = await tokens.signing('begun', await service!.upload(agreement));
    await show(service!, begun);
    const { draftKey } = await readRequest(service!, begun);
    const earlier = await saveAll('earlier', before);

    const rotated = await keys(['rotate', ...kinds, '--within', '0']);
    expect(rotated).toMatchObject({ exitCode: 0, stderr: '' });
    // Who still has the old keys goes on with them until it is started again.
    expect((await fetch(before.view.outputs.document.link!.href)).status).toBe(200);
    const between = await sign('between');
    const meanwhile = await saveAll('meanwhile', between);
    expect(issuerOf(meanwhile.keyCertificate)).toBe(issuerOf(earlier.keyCertificate));
    expect(sealersOf(meanwhile)).toEqual(sealersOf(earlier));
    expect(stampersOf(meanwhile)).toEqual(stampersOf(earlier));
    await restart();
    expect((await fetch(between.view.outputs.document.link!.href)).status).toBe(200);
    const listed = JSON.parse((await keys(['list', '--json'])).stdout) as { kind: string; state: string }[];
    expect(listed.map(({ kind, state }) => `${kind} ${state}`)).toEqual(
      kinds.flatMap((kind) => [`${kind} old`, `${kind} in force`]),
    );
    // The links of before open, drafts are read, and evidence that both keys have sealed verifies.
    const later = await saveAll('later', before);
    expect((await readRequest(service!, begun)).draftKey).toBe(draftKey);
    const after = await saveAll('after', await sign('after'));
    expect(readFileSync(await save('root-after.pem', `${publicUrl}/v1/authority.pem`))).toEqual(readFileSync(root));
    for (const files of [earlier, meanwhile, later, after]) await expectGood(files, root);
    expect(issuerOf(after.keyCertificate)).not.toBe(issuerOf(earlier.keyCertificate));
    expect(sealersOf(after)).not.toEqual(sealersOf(earlier));
    expect(stampersOf(after)).not.toEqual(stampersOf(earlier));
    const sealed = JSON.parse(readFileSync(later.evidence, 'utf8')) as Evidence;
    expect(sealed.entries.length).toBeGreaterThan(
      (JSON.parse(readFileSync(earlier.evidence, 'utf8')) as Evidence).entries.length,
    );
  });

  test('are certified by a root elsewhere, at first and later on', async () => {
    const bring = async (name: string, ...more: string[]) => {
      expect(await keys(['request', 'issuing', '--out', at(`${name}.csr`)])).toMatchObject({ exitCode: 0, stderr: '' });
      const certify = ['root', 'certify', at('root'), at(`${name}.csr`), '--out', at(`${name}.crt`)];
      expect(await operate(certify)).toMatchObject({ exitCode: 0, stderr: '' });
      expect(await keys(['install', at(`${name}.crt`), ...more])).toMatchObject({ exitCode: 0, stderr: '' });
    };
    expect(await operate(['init-root', at('root')])).toMatchObject({ exitCode: 0, stderr: '' });
    await bring('first');
    await restart();
    const first = await saveAll('first-signed', await sign('first'));
    await bring('second', '--within', '30');
    expect((await keys(['list'])).stdout).toMatch(/^issuing +in force +the first start\nissuing +to come +20/m);
    // One at a time waits to come into force.
    expect(await keys(['request', 'issuing', '--out', at('third.csr')])).toMatchObject({ exitCode: 0 });
    const third = ['root', 'certify', at('root'), at('third.csr'), '--out', at('third.crt')];
    expect(await operate(third)).toMatchObject({ exitCode: 0 });
    expect(await keys(['install', at('third.crt')])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('comes into force at'),
    });
    await restart();
    for (const files of [first, await saveAll('then', await sign('then'))])
      await expectGood(files, at('root/root.pem'));
  });

  test('wait with --within until every instance has them', async () => {
    await restart();
    expect((await keys(['rotate', 'seal', '--within', '30'])).stdout).toMatch(/in force from 20.*: seal\.\n/);
    expect((await keys(['list'])).stdout).toMatch(/^seal +in force +the first start\nseal +to come +20/m);
    expect(await keys(['rotate', 'seal'])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('rotate it again'),
    });
    await restart();
    await expectGood(await saveAll('one', await sign('one')), await save('root.pem', `${publicUrl}/v1/authority.pem`));
  });

  test('get a passphrase later, another one, and none again', async () => {
    expect((await keys(['list'])).stderr).toContain('a start makes them');
    await restart();
    const root = await save('root.pem', `${publicUrl}/v1/authority.pem`);
    const files = await saveAll('before', await sign('before'));
    const file = folder.write('passphrase', `${passphrase}\n`);
    expect(await keys(['passphrase', '--new', file])).toMatchObject({ exitCode: 0, stderr: '' });
    expect((await fetch(`${publicUrl}/health/ready`)).ok).toBe(true);
    await expect(restart()).rejects.toThrow('the passphrase is missing');
    await expect(restart('a wrong one of theirs')).rejects.toThrow('do not open with this passphrase');
    await restart(passphrase);
    await expectGood(await saveAll('after', await sign('after')), root);
    await expectGood(files, root);

    const wrong = { TU_ESIGN_KEYS_PASSPHRASE: 'a wrong one of theirs' };
    const right = { TU_ESIGN_KEYS_PASSPHRASE: passphrase };
    const other = folder.write('other', 'another one of theirs');
    for (const words of [['passphrase', '--none'], ['rotate', 'links'], ['list']])
      expect(await keys(words, wrong)).toMatchObject({
        exitCode: 1,
        stderr: expect.stringContaining('do not open with'),
      });
    expect(await keys(['rotate', 'links', '--within', '0'], right)).toMatchObject({ exitCode: 0 });
    expect(await keys(['passphrase', '--new', other], right)).toMatchObject({ exitCode: 0, stderr: '' });
    const last = { TU_ESIGN_KEYS_PASSPHRASE: 'another one of theirs' };
    expect(await keys(['passphrase', '--none'], last)).toMatchObject({ exitCode: 0, stderr: '' });
    await restart();
    await expectGood(await saveAll('last', await sign('last')), root);
  });
});

test('keys of another kind come by rotation, and what those before have signed holds', async () => {
  service = await startRunningService({ port }, folder);
  const root = await save('root.pem', `${publicUrl}/v1/authority.pem`);
  const before = await saveAll('before', await sign('before'));
  await service.stop();
  const environment = {
    TU_ESIGN_HOSTS: folder.write('hosts.json', JSON.stringify({ hosts })),
    TU_ESIGN_DATA: join(folder.path, 'data'),
    TU_ESIGN_AUTHORITY_KEYS: 'P-384',
  };
  expect(await operate(['keys', 'rotate', 'seal', 'issuing', 'time-stamp'], environment)).toMatchObject({
    exitCode: 0,
  });
  service = await startRunningService({ port, authorityKeys: 'P-384', signatoryKeys: 'RSA-3072' }, folder);
  const after = await saveAll('after', await sign('after'));
  const [leaf, issuer] = readFileSync(after.keyCertificate, 'utf8').split(/(?<=-----END.*\n)/);
  expect(new X509Certificate(leaf!).publicKey.asymmetricKeyDetails).toMatchObject({ modulusLength: 3072 });
  expect(new X509Certificate(issuer!).publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'secp384r1' });
  for (const files of [before, after]) await expectGood(files, root);
  const wrong = await operate(['keys', 'list'], { ...environment, TU_ESIGN_AUTHORITY_KEYS: 'Ed25519' });
  expect(wrong).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('TU_ESIGN_AUTHORITY_KEYS') });
});

test('a wrong call is told', async () => {
  const environment = {
    TU_ESIGN_HOSTS: folder.write('hosts.json', JSON.stringify({ hosts })),
    TU_ESIGN_DATA: folder.path,
  };
  const short = folder.write('short', 'short');
  const calls = [['keys'], ['keys', 'burn'], ['keys', 'rotate'], ['keys', 'rotate', 'root'], ['keys', 'passphrase']];
  const both = ['keys', 'passphrase', '--none', '--new', short];
  const late = ['keys', 'rotate', 'links', '--within', 'soon'];
  for (const words of [...calls, both, late]) expect((await operate(words, environment)).exitCode).toBe(2);
  const refused = await operate(['keys', 'passphrase', '--new', short], environment);
  expect(refused).toMatchObject({ exitCode: 1, stderr: `${short} holds 5 characters: a passphrase has 12 at least\n` });
});
