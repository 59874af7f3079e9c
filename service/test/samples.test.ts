import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileFunction } from 'node:vm';
import { SignJWT } from 'jose';
import { expect, onTestFinished, test } from 'vitest';
import { Hosts } from '#hosts/host.ts';
import { createHostKey } from './host-keys.ts';
import { read } from './requests.ts';
import { agreement, startRunningService } from './running-service.ts';
import { hosts } from './tokens.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pages = globSync(['README.md', 'docs/**/*.md'], { cwd: root, exclude: ['docs/site/**'] });

const samplesOf = (page: string, language: string): string[] =>
  Array.from(
    readFileSync(join(root, page), 'utf8').matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms')),
    ([, code]) => code!,
  );
const samples = (language: string) =>
  pages.flatMap((page) => samplesOf(page, language).map((code) => [page, code] as const));

type Run = (...values: unknown[]) => Promise<unknown>;

/** A sample as a function of what it takes for granted; imports are among that. */
const compile = (code: string, given: string[] = []): Run => {
  const body = code.replaceAll(/^import .*\n/gm, '');
  return compileFunction(`return (async () => {${body}})()`, given) as Run;
};

/** A part of an object is a sample too. */
const compiles = (code: string): boolean =>
  [code, `({${code}});`].some((whole) => {
    try {
      return Boolean(compile(whole));
    } catch {
      return false;
    }
  });

test.each(samples('js'))('JavaScript in %s compiles', (_page, code) => {
  expect(compiles(code)).toBe(true);
});

test.each(samples('json'))('JSON in %s is JSON', (_page, code) => {
  expect(() => JSON.parse(code.startsWith('"') ? `{${code}}` : code)).not.toThrow();
});

test('a sample that does not compile is found', () => {
  expect(compiles('const token = await mint({ scope: "signing" };')).toBe(false);
});

const pageThatEmbeds = 'docs/start/embed.md';

test('the hosts file that is shown first is one', () => {
  expect(Hosts.parse(JSON.parse(samplesOf(pageThatEmbeds, 'json')[0]!)).hosts[0]!.id).toBe('bank');
});

/** A service that knows the samples' key, and the samples with its address in place of the example's. */
const startAsShown = async () => {
  const key = await createHostKey('key-1');
  const verification = { jwks: { keys: [key.jwk] }, algorithms: ['ES256' as const] };
  const service = await startRunningService({ hosts: [{ ...hosts[0]!, verification }] });
  onTestFinished(() => service.remove());
  const shown = (page: string) =>
    samplesOf(page, 'js').map((code) => code.replaceAll('https://sign.example.com', service.url));
  return { service, key, shown };
};

const sha256OfPdf = createHash('sha256').update(agreement).digest('hex');
const given = ['SignJWT', 'privateKey', 'sha256OfPdf', 'pdf'];

test('who writes off the page uploads an agreement, and has a token that the service takes', async () => {
  const { service, key, shown } = await startAsShown();
  const run = compile(`${shown(pageThatEmbeds).join('\n')}\nreturn token;`, given);
  const token = String(await run(SignJWT, key.privateKey, sha256OfPdf, agreement));
  expect((await read(service, '/v1/signing-request', token)).status).toBe(200);
});

test('the token of the README is taken, and not where somebody else has signed it', async () => {
  const { service, key, shown } = await startAsShown();
  const upload = compile(shown(pageThatEmbeds).slice(0, 2).join('\n'), given);
  await upload(SignJWT, key.privateKey, sha256OfPdf, agreement);
  const mint = compile(`${shown('README.md')[0]!}\nreturn token;`, ['SignJWT', 'privateKey', 'digest']);
  const askWith = async ({ privateKey }: { privateKey: CryptoKey }) =>
    (await read(service, '/v1/signing-request', String(await mint(SignJWT, privateKey, sha256OfPdf)))).status;
  expect(await askWith(key)).toBe(200);
  expect(await askWith(await createHostKey('key-1'))).toBe(401);
});
