import { execFile } from 'node:child_process';
import { mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** File, and an import it must not have. */
const forbidden: [string, string][] = [
  ['service/src/command/planted.ts', '#records/records.ts'],
  ['service/src/command/planted.ts', '#http/request/route.ts'],
  ['service/src/composition/planted.ts', '#command/running/serve.ts'],
  ['service/src/http/planted.ts', '#jobs/advance.ts'],
  ['service/src/http/planted.ts', '#providers/provider.ts'],
  ['service/src/http/planted.ts', '#composition/settings/config.ts'],
  ['service/src/http/planted.ts', '@tu-esign/verifier/verdicts/findings.ts'],
  ['service/src/http/planted.ts', '../setup-error.ts'],
  ['service/src/http/endpoints/planted.ts', '#jobs/advance.ts'],
  ['service/src/http/endpoints/planted.ts', '../route.ts'],
  ['service/src/http/planted.ts', 'tu-esign'],
  ['service/src/hosts/planted.ts', '#http/request/route.ts'],
  ['service/src/hosts/planted.ts', '#files/file-store.ts'],
  ['service/src/signing/planted.ts', '#files/file-store.ts'],
  ['service/src/signing/planted.ts', '#hosts/host.ts'],
  ['service/src/autograph/planted.ts', '#http/request/route.ts'],
  ['service/src/autograph/planted.ts', '#pades/engine.ts'],
  ['service/src/jobs/planted.ts', '#http/app.ts'],
  ['service/src/jobs/planted.ts', '#pades/engine.ts'],
  ['service/src/jobs/planted.ts', '#tu-identidad/client.ts'],
  ['service/src/scheduling/planted.ts', '#jobs/advance.ts'],
  ['service/src/providers/planted.ts', '#files/file-store.ts'],
  ['service/src/providers/planted.ts', '#conservation/authority.ts'],
  ['service/src/providers/planted.ts', '#page/interpreter.ts'],
  ['service/src/providers/planted.ts', '../../sandbox/sandbox.ts'],
  ['service/src/pades/planted.ts', '#authority/authority.ts'],
  ['service/src/pades/planted.ts', '#conservation/rfc3161.ts'],
  ['service/src/pades/planted.ts', '../problem.ts'],
  ['service/src/pades/planted.ts', '../../src/signing/document.ts'],
  ['service/src/appearance/planted.ts', '#pades/prepare.ts'],
  ['service/src/page/planted.ts', '#appearance/appearance.ts'],
  ['service/src/page/planted.ts', '#signing/digest.ts'],
  ['service/src/writing/planted.ts', '#page/occupied.ts'],
  ['service/src/authority/planted.ts', '#pades/engine.ts'],
  ['service/src/authority/planted.ts', '#records/records.ts'],
  ['service/src/asn1/planted.ts', '#signing/digest.ts'],
  ['service/src/conservation/planted.ts', '#providers/provider.ts'],
  ['service/src/tu-identidad/planted.ts', '#providers/provider.ts'],
  ['service/src/tu-identidad/planted.ts', '#conservation/authority.ts'],
  ['service/src/records/planted.ts', '#jobs/step.ts'],
  ['service/src/records/planted.ts', '#files/file-store.ts'],
  ['service/src/records/database/planted.ts', '#keys/secret.ts'],
  ['service/src/files/planted.ts', '#records/records.ts'],
  ['service/src/keys/planted.ts', '#authority/authority.ts'],
  ['service/src/notification/planted.ts', '#files/file-store.ts'],
  ['service/src/telemetry/planted.ts', '#composition/settings/config.ts'],
  ['service/src/network/planted.ts', '#hosts/host.ts'],
  ['service/src/planted.ts', '../sandbox/sandbox.ts'],
  ['service/src/planted.ts', '#sandbox/sandbox.ts'],
  ['service/src/composition/planted.ts', '#sandbox/sandbox.ts'],
  ['service/verifier/asn1/planted.ts', '#pdf/pdf-file.ts'],
  ['service/verifier/asn1/planted.ts', '#certificates/certificate.ts'],
  ['service/verifier/certificates/planted.ts', '#cms/verify-signed-data.ts'],
  ['service/verifier/cms/planted.ts', '#verdicts/findings.ts'],
  ['service/verifier/evidence/planted.ts', '#verdicts/findings.ts'],
  ['service/verifier/asn1/planted.ts', '#ports/ports.ts'],
  ['service/verifier/ports/planted.ts', '#certificates/certificate.ts'],
  ['service/verifier/pdf/planted.ts', '#verdicts/verify-document.ts'],
  ['service/verifier/pdf/planted.ts', '#changes/compare-pages.ts'],
  ['service/verifier/changes/planted.ts', '#asn1/read.ts'],
  ['service/verifier/long-term/planted.ts', '#changes/change.ts'],
  ['service/verifier/verdicts/planted.ts', '../pdf/pdf-file.ts'],
  ['service/verifier/verdicts/planted.ts', '../../src/problem.ts'],
  ['service/verifier/verdicts/planted.ts', '@tu-esign/service'],
  ['service/contract/planted.ts', 'koa'],
  ['service/contract/planted.ts', '../src/problem.ts'],
  ['widget/src/planted.ts', 'zod'],
  ['widget/src/planted.ts', '../../service/src/problem.ts'],
  ['widget/src/planted.ts', '@tu-esign/service'],
  ['widget/src/visit/planted.ts', '../document/reader.ts'],
  ['widget/src/document/planted.ts', '../panel/panel.ts'],
  ['widget/src/autograph/planted.ts', '../panel/panel.ts'],
  ['widget/src/autograph/ink/planted.ts', '../../document/reader.ts'],
  ['widget/src/document/planted.ts', '../element/visit-controller.ts'],
  ['widget/src/panel/planted.ts', '../element/visit-controller.ts'],
  ['widget/src/companion/planted.ts', '../panel/panel.ts'],
  ['widget/src/view/planted.ts', '../autograph/autograph.ts'],
  ['widget/src/words/planted.ts', '../visit/session.ts'],
  ['widget/src/host/planted.ts', '../words/messages.ts'],
  ['widget/src/autograph/planted.ts', 'zod'],
  ['demo-host/backend/planted.ts', '@tu-esign/contract'],
  ['demo-host/page/planted.ts', '../../service/src/problem.ts'],
  ['demo-host/demo/planted.ts', '../../widget/src/index.ts'],
];

/** File, and what only Node has. */
const ofNode: [string, string][] = [
  ['service/verifier/planted.ts', 'node:crypto'],
  ['service/verifier/pdf/planted.ts', 'node:zlib'],
  ['service/verifier/pdf/filters/planted.ts', 'zlib'],
  ['service/verifier/ports/planted.ts', 'node:crypto'],
  ['service/verifier/changes/planted.ts', 'Buffer'],
  ['service/verifier/ports/planted.ts', 'process'],
];

const allowed: [string, string][] = [
  ['service/src/command/planted.ts', '#pades/engine.ts'],
  ['service/src/command/planted.ts', '#composition/service.ts'],
  ['service/src/http/planted.ts', '#hosts/token.ts'],
  ['service/src/http/planted.ts', '#autograph/read-autograph.ts'],
  ['service/src/http/endpoints/planted.ts', '#http/request/route.ts'],
  ['service/src/autograph/planted.ts', '#signing/autograph.ts'],
  ['service/src/jobs/planted.ts', '#providers/provider.ts'],
  ['service/src/providers/planted.ts', '#pades/engine.ts'],
  ['service/src/conservation/planted.ts', '#tu-identidad/client.ts'],
  ['service/src/conservation/planted.ts', '@tu-esign/verifier/verdicts/findings.ts'],
  ['service/src/records/planted.ts', '#telemetry/log.ts'],
  ['service/src/pades/planted.ts', '#problem.ts'],
  ['service/src/pades/planted.ts', './engine.ts'],
  ['service/src/http/limits/planted.ts', '../../../test/requests.ts'],
  ['service/verifier/verdicts/planted.ts', '#pdf/pdf-file.ts'],
  ['service/verifier/evidence/planted.ts', '#certificates/chain.ts'],
  ['service/verifier/evidence/planted.ts', '@tu-esign/contract'],
  ['service/verifier/ports/planted.ts', '#asn1/read.ts'],
  ['service/verifier/asn1/planted.ts', '#bytes.ts'],
  ['service/verifier/ports/node.ts', 'node:zlib'],
  ['service/contract/planted.ts', 'zod'],
  ['widget/src/panel/planted.ts', '../words/messages.ts'],
];

/** Each in a file of its own, so that one run of the linter judges all. */
const fileOf = (file: string, specifier: string): string =>
  file.replace('planted', `planted-${specifier.replaceAll(/\W/g, '-')}`);

const globals = new Set(['Buffer', 'process']);

const textOf = (specifier: string): string =>
  globals.has(specifier)
    ? `export const used = ${specifier};\n`
    : `import { thing } from '${specifier}';\nexport const used = thing;\n`;

const planted = [...forbidden, ...ofNode, ...allowed];

let found: Set<string>;
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tu-esign-boundaries-'));
  for (const name of ['oxlint.config.ts', 'node_modules']) await symlink(join(root, name), join(folder, name));
  for (const [file, specifier] of planted) {
    const path = join(folder, fileOf(file, specifier));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, textOf(specifier));
  }
  const { number_of_files: files, diagnostics } = JSON.parse(await lint(folder)) as Findings;
  await rm(folder, { recursive: true, force: true });
  expect(files).toBe(planted.length);
  found = new Set(diagnostics.map(({ filename, code }) => `${filename} ${code}`));
});

interface Findings {
  number_of_files: number;
  diagnostics: { filename: string; code: string }[];
}

const lint = (folder: string): Promise<string> =>
  new Promise((resolve) => {
    const oxlint = join(root, 'node_modules/.bin/oxlint');
    const parameters = ['-c', 'oxlint.config.ts', '-f', 'json', 'service', 'widget', 'demo-host'];
    execFile(oxlint, parameters, { cwd: folder }, (_error, stdout) => resolve(stdout));
  });

test.each(forbidden)('%s may not import %s', (file, specifier) => {
  expect(found).toContain(`${fileOf(file, specifier)} eslint(no-restricted-imports)`);
});

test.each(ofNode)('%s may not use %s, which only Node has', (file, specifier) => {
  const rule = globals.has(specifier) ? 'eslint(no-restricted-globals)' : 'import(no-nodejs-modules)';
  expect(found).toContain(`${fileOf(file, specifier)} ${rule}`);
});

test.each(allowed)('%s may import %s', (file, specifier) => {
  expect([...found].filter((finding) => finding.startsWith(fileOf(file, specifier)))).toEqual([]);
});
