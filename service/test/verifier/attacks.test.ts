import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { VerifiedDocument } from '@tu-esign/verifier/verdicts/findings.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { verifyDocument } from '@tu-esign/verifier/verdicts/verify-document.ts';

const fixture = (path: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../fixtures/${path}`, import.meta.url)));
const root = new TextDecoder().decode(fixture('attacks/root.pem'));

const verify = (path: string, roots?: string[]): Promise<VerifiedDocument> =>
  verifyDocument({ document: fixture(path), roots, now: new Date('2026-12-01') }, nodePorts);

/** Changed between two signatures: what is not allowed, by object and path. */
const attacks: Record<string, string> = {
  'control-content-replaced': '4 0 Root/Pages/Kids[0]/Contents',
  'control-annotation-appearance-replaced': '7 0 Root/Pages/Kids[0]/Annots[0]/AP/N',
  'nested-resource-named-p-replaced': '7 0 Root/Pages/Kids[0]/Resources/XObject/Fm/Resources/XObject/P',
  'font-dict-with-type-page-glyph-replaced': '6 0 Root/Pages/Kids[0]/Resources/Font/F1/CharProcs/A',
  'ssa-empty-signature-widget-over-page': '900 0 Root/Pages/Kids[0]/Annots[1]',
  'form-field-appearance-overlays-whole-page-shadow-replace': '7 0 Root/AcroForm/Fields[0]/AP/N',
  'openaction-javascript-added': '1 0 Root/OpenAction',
  'page-aa-added': '3 0 Root/Pages/Kids[0]/AA',
};

test.each(Object.entries(attacks))('%s is not allowed, and told where', async (name, where) => {
  const { signatures, findings } = await verify(`attacks/${name}.pdf`, [root]);
  expect(findings.signaturesHold).toBe(false);
  expect(signatures.map((signature) => signature.findings.laterChangesAllowed)).toEqual([false, null]);
  const [first] = signatures[0]!.changes;
  expect(first).toMatchObject({ kind: 'unexplained', allowed: false, revision: 3 });
  expect(`${first!.object} ${first!.path}`).toBe(where);
});

test('page-type-page-kids-inserted-before-page-1 is no document that all readers show alike', async () => {
  const { fault, findings } = await verify('attacks/page-type-page-kids-inserted-before-page-1.pdf', [root]);
  expect([fault, findings.parsed, findings.signaturesPresent]).toEqual(['document-damaged', false, false]);
});
