import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { OperatorRevocation, SigningView } from '@tu-esign/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findFreePort } from '../../../test/free-port.ts';
import { operate, verifyFiles } from '../../../test/operate.ts';
import { expectProblem } from '../../../test/problems.ts';
import { follow, postSigning } from '../../../test/requests.ts';
import { agreement, startRunningService, type RunningService } from '../../../test/running-service.ts';
import { run } from '../../../test/tools.ts';

/** Lists and answers of a service that certificates name, as openssl reads them. */

const operatorKey = 'the-operators-key-of-the-tests-alone';
const port = await findFreePort();
const publicUrl = `http://localhost:${port}`;

let service: RunningService;
let root: string;
beforeAll(async () => {
  service = await startRunningService({ port, publicUrl, revocationUrl: publicUrl, operatorKey });
  root = service.folder.write('root.pem', await (await fetch(`${publicUrl}/v1/authority.pem`)).text());
});
afterAll(() => service.remove());

const operateOn = (...parameters: string[]) =>
  operate([...parameters, '--service', service.operatorUrl!], { TU_ESIGN_OPERATOR_KEY: operatorKey });

const revoke = async (...parameters: string[]): Promise<OperatorRevocation> => {
  const { exitCode, stdout } = await operateOn('revoke', '--json', ...parameters);
  expect(exitCode).toBe(0);
  return JSON.parse(stdout) as OperatorRevocation;
};

const fetchBytes = async (href: string): Promise<Buffer> => Buffer.from(await (await fetch(href)).arrayBuffer());

/** Signs, and keeps the document, the key's certificate and its issuer's as files. */
const sign = async (name: string) => {
  const token = await service.tokens.signing(name, await service.upload(agreement));
  const { id } = (await (await postSigning(service, token)).json()) as SigningView;
  const { outputs } = (await follow(service, id, token)).at(-1)!;
  const pem = (await fetchBytes(outputs['key-certificate'].link!.href)).toString();
  const [leaf = '', issuer = ''] = pem.split(/(?<=-----END CERTIFICATE-----\n)/);
  return {
    id,
    document: service.folder.write(`${name}.pdf`, await fetchBytes(outputs.document.link!.href)),
    leaf: service.folder.write(`${name}.pem`, leaf),
    issuer: service.folder.write(`${name}-issuer.pem`, issuer),
  };
};
type Signed = Awaited<ReturnType<typeof sign>>;

/** The addresses that a certificate carries, by kind. */
const addressesOf = (path: string) => {
  const text = run('openssl', 'x509', '-in', path, '-noout', '-text').output;
  return {
    list: /CRL Distribution Points:\s+Full Name:\s+URI:(\S+)/.exec(text)?.[1] ?? '',
    status: /OCSP - URI:(\S+)/.exec(text)?.[1] ?? '',
    issuer: /CA Issuers - URI:(\S+)/.exec(text)?.[1] ?? '',
  };
};

type Asked = Pick<Signed, 'leaf' | 'issuer'>;

const parameters = ({ leaf, issuer }: Asked): string[] => ['-issuer', issuer, '-cert', leaf, '-CAfile', root];

/** openssl asks by itself, by POST, while this process answers. */
const ask = async (asked: Asked, ...more: string[]): Promise<string> => {
  const url = addressesOf(asked.leaf).status;
  const { stdout, stderr } = await promisify(execFile)('openssl', ['ocsp', ...more, ...parameters(asked), '-url', url]);
  return stderr + stdout;
};

/** What it would ask, without a nonce. */
const questionOf = (asked: Asked): Buffer => {
  const question = join(service.folder.path, 'question.der');
  run('openssl', 'ocsp', ...parameters(asked), '-no_nonce', '-reqout', question);
  return readFileSync(question);
};

const listFor = async (path: string): Promise<string> =>
  service.folder.write('list.der', await fetchBytes(addressesOf(path).list));

/** Which list of its issuer's is there now. */
const numberOfList = async (path: string): Promise<bigint> => {
  const { output } = run('openssl', 'crl', '-inform', 'DER', '-in', await listFor(path), '-noout', '-crlnumber');
  return BigInt(output.trim().replace('crlNumber=', ''));
};

const checkWithLists = async ({ leaf, issuer }: Signed) => {
  const lists: string[] = [];
  for (const of of [leaf, issuer]) lists.push(run('openssl', 'crl', '-inform', 'DER', '-in', await listFor(of)).output);
  const anchors = service.folder.write('anchors.pem', [readFileSync(root, 'utf8'), ...lists].join(''));
  return run('openssl', 'verify', '-crl_check_all', '-CAfile', anchors, '-untrusted', issuer, leaf);
};

test('certificates carry addresses, at which their issuer’s certificate and lists are', async () => {
  const signed = await sign('addresses');
  for (const path of [signed.leaf, signed.issuer]) {
    expect(addressesOf(path)).toEqual({
      list: expect.stringMatching(/^http:\/\/localhost:\d+\/v1\/authorities\/[0-9a-f]{40}\.crl$/),
      status: `${publicUrl}/v1/ocsp`,
      issuer: expect.stringMatching(/^http:\/\/localhost:\d+\/v1\/authorities\/[0-9a-f]{40}\.cer$/),
    });
  }
  const issuer = new X509Certificate(readFileSync(signed.issuer));
  const fetched = await fetch(addressesOf(signed.leaf).issuer);
  expect(fetched.headers.get('content-type')).toBe('application/pkix-cert');
  expect(new X509Certificate(Buffer.from(await fetched.arrayBuffer())).fingerprint256).toBe(issuer.fingerprint256);
  expect((await checkWithLists(signed)).output).toContain('OK');
});

test('nobody revoked is good by OCSP, with a nonce and without one', async () => {
  const signed = await sign('good');
  for (const more of [[], ['-no_nonce'], ['-sha256'], ['-sha384'], ['-sha512']]) {
    const said = await ask(signed, ...more);
    expect(said).toContain('Response verify OK');
    expect(said).toContain(`${signed.leaf}: good`);
    expect(said).not.toContain('WARNING');
  }
});

test('by GET and without a nonce an answer may be kept; escaped or not, it is the same question', async () => {
  const signed = await sign('get');
  const base64 = questionOf(signed).toString('base64');
  for (const path of [encodeURIComponent(base64), base64]) {
    const response = await fetch(`${publicUrl}/v1/ocsp/${path}`);
    expect(response.headers.get('content-type')).toBe('application/ocsp-response');
    expect(response.headers.get('cache-control')).toBe('max-age=3600, public, no-transform, must-revalidate');
    const times = ['last-modified', 'expires'].map((name) => Date.parse(response.headers.get(name)!));
    expect(times[1]! - times[0]!).toBe(24 * 3_600_000);
    expect(response.headers.get('etag')).toMatch(/^"[0-9a-f]{40}"$/);
    const answer = service.folder.write('got.der', Buffer.from(await response.arrayBuffer()));
    const { output } = run('openssl', 'ocsp', ...parameters(signed), '-respin', answer, '-no_nonce');
    expect(output).toContain('Response verify OK');
    expect(output).toContain(': good');
  }
});

test('an answer with a nonce is for who asked alone', async () => {
  const signed = await sign('nonce');
  const question = join(service.folder.path, 'nonce.der');
  run('openssl', 'ocsp', ...parameters(signed), '-reqout', question);
  const body = new Uint8Array(readFileSync(question));
  const headers = { 'content-type': 'application/ocsp-request' };
  const response = await fetch(`${publicUrl}/v1/ocsp`, { method: 'POST', headers, body });
  expect(response.headers.get('cache-control')).toBe('no-store');
});

test('of other people’s certificates nothing is known', async () => {
  const { leaf } = await sign('foreign');
  // Somebody else has issued it, as far as the question goes: openssl then believes no answer, and shows what it says.
  expect(await ask({ leaf, issuer: leaf }, '-noverify')).toContain(`${leaf}: unknown`);
});

test('authorities are answered for as well, by their root', async () => {
  const { issuer } = await sign('authority');
  const said = await ask({ leaf: issuer, issuer: root });
  expect(said).toContain('Response verify OK');
  expect(said).toContain(': good');
});

test('what is no question is answered so', async () => {
  const headers = { 'content-type': 'application/ocsp-request' };
  const response = await fetch(`${publicUrl}/v1/ocsp`, { method: 'POST', headers, body: 'a' });
  expect(Buffer.from(await response.arrayBuffer()).toString('hex')).toBe('30030a0101');
  const empty = await fetch(`${publicUrl}/v1/ocsp/MAA=`);
  expect(Buffer.from(await empty.arrayBuffer()).toString('hex')).toBe('30030a0101');
  await expectProblem(await fetch(`${publicUrl}/v1/ocsp`, { method: 'POST', body: 'a' }), 'media-type-unsupported');
  await expectProblem(await fetch(`${publicUrl}/v1/authorities/${'0'.repeat(40)}.crl`), 'not-found');
  await expectProblem(await fetch(`${publicUrl}/v1/authorities/${'0'.repeat(40)}.cer`), 'not-found');
});

test('a signing’s certificate is revoked: OCSP and the list say so, and what was signed before stays valid', async () => {
  const signed = await sign('revoked');
  const before = await numberOfList(signed.leaf);
  const revoked = await revoke(signed.id, '--reason', 'superseded');
  const { serialNumber } = new X509Certificate(readFileSync(signed.leaf));
  expect(revoked).toMatchObject({ serialNumber: serialNumber.toLowerCase(), reason: 'superseded' });
  const said = await ask(signed);
  expect(said).toContain('Response verify OK');
  expect(said).toContain(': revoked');
  expect(said).toContain('Reason: superseded');
  expect((await checkWithLists(signed)).output).toContain('certificate revoked');
  const after = await numberOfList(signed.leaf);
  expect(after).toBeGreaterThan(before);
  expect(await verifyFiles(signed.document, '--root', root)).toMatchObject({ exitCode: 0 });
  // A later signing's document carries the new list, and others stay as they are.
  const next = await sign('after');
  expect(await verifyFiles(next.document, '--root', root)).toMatchObject({ exitCode: 0 });
  expect((await checkWithLists(next)).output).toContain('OK');
});

test('an authority is revoked by its serial number, on the root’s list; the first word on it stands', async () => {
  const { issuer } = await sign('issuer');
  const { serialNumber } = new X509Certificate(readFileSync(issuer));
  const at = new Date(Date.now() - 1_000).toISOString();
  const named = ['--serial-number', serialNumber.replaceAll(/..(?=.)/g, '$&:')];
  const first = await revoke(...named, '--reason', 'cessation-of-operation', '--at', at);
  expect(first).toMatchObject({ reason: 'cessation-of-operation', revokedAt: at });
  expect(await revoke(...named, '--reason', 'key-compromise')).toEqual(first);
  const list = run('openssl', 'crl', '-inform', 'DER', '-in', await listFor(issuer), '-noout', '-text').output;
  expect(list).toContain(`Serial Number: ${serialNumber}`);
  expect(await ask({ leaf: issuer, issuer: root })).toContain('Reason: cessationOfOperation');
});

test('what cannot be revoked is told', async () => {
  const gone = await operateOn('revoke', crypto.randomUUID());
  expect(gone).toMatchObject({ exitCode: 1, stderr: 'There is no such signing\n' });
  const future = await operateOn('revoke', '--serial-number', '4a', '--at', '2126-01-01T00:00:00Z');
  expect(future).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('revokedAt lies in the future') });
  for (const wrong of [[], ['a', '--serial-number', '4a'], ['a', '--reason', 'none'], ['a', '--at', 'never']])
    expect((await operateOn('revoke', ...wrong)).exitCode).toBe(2);
});
