import { execFile, spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { decodeJwt, exportPKCS8 } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHostKey } from './host-keys.ts';
import { read } from './requests.ts';
import { agreement, startRunningService, type RunningService } from './running-service.ts';
import { bankKey, hosts } from './tokens.ts';
import { createFolder } from './tools.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(join(root, 'docs/start/tokens.md'), 'utf8');

/** How a language's sample is run, and by what one sees that all it takes is there. */
interface Language {
  file: string;
  run: string[];
  probe: string[];
}

const languages: Record<string, Language> = {
  js: { file: 'mint.mjs', run: [process.execPath], probe: [process.execPath, '--version'] },
  // Debian's own Python has Debian's packages; another one may lie before it in PATH.
  python: { file: 'mint.py', run: ['/usr/bin/python3'], probe: ['/usr/bin/python3', '-c', 'import jwt, cryptography'] },
  php: { file: 'mint.php', run: ['php'], probe: ['php', '-r', 'exit(extension_loaded("openssl") ? 0 : 1);'] },
  java: { file: 'MintToken.java', run: ['java'], probe: ['javac', '-version'] },
};

const execute = promisify(execFile);

const folder = createFolder();
const key = await createHostKey('key-1');
let service: RunningService;
let digest: string;

beforeAll(async () => {
  const verification = { jwks: { keys: [bankKey.jwk, key.jwk] }, algorithms: ['ES256' as const] };
  service = await startRunningService({ hosts: [{ ...hosts[0]!, verification }] });
  digest = await service.upload(agreement);
  folder.write('host-key.pem', await exportPKCS8(key.privateKey));
  symlinkSync(join(root, 'node_modules'), join(folder.path, 'node_modules'));
});
afterAll(async () => {
  await service.remove();
  folder.remove();
});

const sampleOf = (language: string): string => new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'ms').exec(page)![1]!;

/** What the sample prints, with this service's address and document in place of the example's. */
const mint = async (language: string): Promise<string> => {
  const { file, run } = languages[language]!;
  const code = sampleOf(language).replaceAll('https://sign.example.com', service.url).replaceAll('DIGEST', digest);
  folder.write(file, code);
  const [program, ...words] = run;
  // The service is in this process too, and would close no connection in time while it waits.
  const { stdout, stderr } = await execute(program!, [...words, file], { cwd: folder.path });
  expect(stderr).toBe('');
  return stdout.trim();
};

const withoutTimes = (token: string) => ({ ...decodeJwt(token), iat: 0, exp: 0, jti: '' });

const isHere = ({ probe: [program, ...words] }: Language): boolean => spawnSync(program!, words).status === 0;
/** A language that is not to be had here says so in its test's name, and is skipped. */
const known = Object.entries(languages).map(
  ([name, language]) => [isHere(language) ? name : `${name} (not tried: it is not installed)`, name, language] as const,
);

describe.each(known)('the sample of docs/start/tokens.md in %s', (_shown, name, language) => {
  test.skipIf(!isHere(language))('mints a token that the service takes, with the same claims as in Node', async () => {
    const token = await mint(name);
    expect((await read(service, '/v1/signing-request', token)).status).toBe(200);
    expect(withoutTimes(token)).toEqual(withoutTimes(await mint('js')));
  });
});

// A signature's numbers begin with zeros now and then, which is where a form that is written by hand goes wrong.
test.skipIf(!isHere(languages['php']!))('PHP puts the two numbers of any signature together', async () => {
  const tokens: string[] = [];
  for (let one = 0; one < 40; one += 1) tokens.push(await mint('php'));
  const statuses = await Promise.all(
    tokens.map(async (token) => (await read(service, '/v1/signing-request', token)).status),
  );
  expect(statuses).toEqual(tokens.map(() => 200));
});

test('a token that another key has signed is refused', async () => {
  folder.write('host-key.pem', await exportPKCS8((await createHostKey('key-1')).privateKey));
  expect((await read(service, '/v1/signing-request', await mint('js'))).status).toBe(401);
});
