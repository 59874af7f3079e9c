import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pdfjsVersion } from '../src/document/pdf/pdfjs-version.ts';

const widget = join(import.meta.dirname, '..');
const cdn = join(widget, 'dist/cdn');
const read = (file: string) => readFileSync(join(cdn, file));
const digestOf = (file: string) => `sha384-${createHash('sha384').update(read(file)).digest('base64')}`;
const scripts = () => readdirSync(cdn).filter((name) => name.endsWith('.js'));
const inPdfjs = () => readdirSync(join(cdn, `pdfjs-${pdfjsVersion}`));
const workerScripts = () => inPdfjs().flatMap((name) => (name.endsWith('.mjs') ? `pdfjs-${pdfjsVersion}/${name}` : []));
const scriptsOfPdfjs = () => [...scripts().filter((name) => name.startsWith('document-pane-')), ...workerScripts()];

describe('the CDN build', () => {
  it('has an entry of at most 14 KB in brotli', () => {
    expect(read('tu-esign.js.br').length).toBeLessThanOrEqual(14 * 1024);
  });

  it('compresses each script beside it, faithfully', () => {
    for (const script of scripts()) expect(brotliDecompressSync(read(`${script}.br`)).equals(read(script))).toBe(true);
  });

  it('leaves nothing out of pdf.js that the rest of it names', () => {
    const rules = join(import.meta.dirname, 'named.json');
    const files = scriptsOfPdfjs().map((name) => join(cdn, name));
    const { stdout } = spawnSync('oxlint', ['--config', rules, '--format', 'unix', ...files], { encoding: 'utf8' });
    const unknown = new Set(Array.from(stdout.matchAll(/'(\w+)' is not defined/g), ([, name]) => name));
    // Of Node, which pdf.js asks whether it is there.
    expect(unknown).toEqual(new Set(['process', 'Buffer']));
  });

  it('has no chunk that imports the entry', () => {
    const chunks = scripts().filter((name) => name !== 'tu-esign.js');
    expect(chunks.length).toBeGreaterThan(2);
    for (const chunk of chunks)
      expect(read(chunk).toString()).not.toMatch(/(?:from|import)\s*\(?["'`]\.\/tu-esign\.js/);
  });

  it('publishes the digest of each script, and of the worker’s', () => {
    const integrity = JSON.parse(read('integrity.json').toString()) as Record<string, string>;
    const digests = [...scripts(), ...workerScripts()].map((name) => [name, digestOf(name)]);
    expect(integrity).toEqual(Object.fromEntries(digests));
  });

  it('carries pdf.js’s worker and data in the release that the element was built with', () => {
    const { version } = createRequire(import.meta.url)('pdfjs-dist/package.json') as { version: string };
    expect(version).toBe(pdfjsVersion);
    for (const part of [/^pdf\.worker-/, /^brotli-/, /^cmaps$/, /^standard_fonts$/, /^wasm$/, /^iccs$/]) {
      expect(inPdfjs().filter((name) => part.test(name) && !name.endsWith('.br'))).toHaveLength(1);
    }
  });
});

/** A host's page that listens for this problem. */
const host = (problem: string) => `
  import 'tu-esign/define';
  import type { TuEsignSignedEvent } from 'tu-esign';
  const element = document.createElement('tu-esign');
  element.getToken = async () => 'token';
  element.addEventListener('tu-esign-signed', (event: TuEsignSignedEvent) => {
    const href: string | undefined = event.outputs['conservation-certificate'].link?.href;
    const accredited: boolean = event.outputs['conservation-certificate'].accredited;
    void [href, accredited];
  });
  element.addEventListener('tu-esign-error', (event) => event.problem === '${problem}');
`;

describe('the npm package', () => {
  mkdirSync(join(widget, 'dist'), { recursive: true });
  const consumer = mkdtempSync(join(widget, 'dist/.consumer-'));
  const run = (command: string, ...args: string[]) =>
    execFileSync(command, args, { cwd: consumer, encoding: 'utf8', stdio: 'pipe' });
  const compile = (problem: string) => {
    writeFileSync(join(consumer, 'host.ts'), host(problem));
    return run('tsc', '-p', 'tsconfig.json', '--preserveSymlinks', '--skipLibCheck', 'false');
  };

  beforeAll(() => {
    const installed = join(consumer, 'node_modules/tu-esign');
    mkdirSync(join(installed, 'dist'), { recursive: true });
    cpSync(join(widget, 'package.json'), join(installed, 'package.json'));
    symlinkSync(join(widget, 'dist/npm'), join(installed, 'dist/npm'));
    writeFileSync(join(consumer, 'package.json'), '{"type":"module"}');
    const compilerOptions = { strict: true, noEmit: true, types: [], module: 'nodenext', lib: ['es2024', 'dom'] };
    writeFileSync(join(consumer, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['host.ts'] }));
  });
  afterAll(() => rmSync(consumer, { recursive: true }));

  it('is imported by Node, without a DOM', () => {
    const script = "import('tu-esign').then(({ TuEsign }) => console.log(typeof TuEsign))";
    expect(run(process.execPath, '--preserve-symlinks', '--input-type=module', '-e', script).trim()).toBe('function');
  });

  it('has types that a host’s TypeScript can read, and that refuse a wrong name', () => {
    expect(compile('token-expired')).toBe('');
    const refusal = { stdout: '' };
    try {
      compile('token-exspired');
    } catch (error) {
      Object.assign(refusal, error);
    }
    expect(refusal.stdout).toContain('\'"token-exspired"\' have no overlap');
  });

  it('describes the element for tools', () => {
    const manifest = readFileSync(join(widget, 'custom-elements.json'), 'utf8');
    const events = Array.from(manifest.matchAll(/"name": "(tu-esign-[a-z-]+)"/g), ([, name]) => name);
    const names = ['ready', 'progress', 'signed', 'declined', 'error', 'activity', 'token-expiring'];
    expect(new Set(events)).toEqual(new Set(names.map((name) => `tu-esign-${name}`)));
  });
});
