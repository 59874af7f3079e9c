import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { verifyDocument } from '@tu-esign/verifier/verdicts/verify-document.ts';

const folder = new URL('../fixtures/updates/', import.meta.url);
const read = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(name, folder)));
const roots = [new TextDecoder().decode(read('root.pem'))];

const changesOf = async (name: string) => {
  const verdict = await verifyDocument(
    { document: read(name), roots, now: new Date('2026-11-28T09:00:00Z') },
    nodePorts,
  );
  return { holds: verdict.findings.signaturesHold, changes: verdict.signatures[0]!.changes };
};

const damaged = 'read-from-its-beginning.pdf';
const changed = readdirSync(folder).filter((name) => name.endsWith('.pdf') && !['control.pdf', damaged].includes(name));

test.each(changed)('%s, signed twice, shows something else after the second signature, and is told', async (name) => {
  const { holds, changes } = await changesOf(name);
  expect(holds).toBe(false);
  expect(changes.some(({ allowed }) => !allowed)).toBe(true);
});

test(`${damaged}: a linearized file whose beginning leads elsewhere than its end is damaged`, async () => {
  const { fault } = await verifyDocument({ document: read(damaged), roots, now: new Date() }, nodePorts);
  expect(fault).toBe('document-damaged');
});

test('a second signature by itself changes nothing that is not allowed', async () => {
  const { holds, changes } = await changesOf('control.pdf');
  expect([holds, changes.filter(({ allowed }) => !allowed)]).toEqual([true, []]);
});
