import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pinnedRoots } from '@tu-esign/verifier/certificates/pinned-roots.ts';
import { providerPolicies } from '@tu-esign/verifier/certificates/policies.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { failedOf } from '@tu-esign/verifier/verdicts/findings.ts';
import { verifyConservation } from '@tu-esign/verifier/verdicts/verify-conservation.ts';
import { isPart } from './cases.ts';

const constancia = readFileSync(new URL('../fixtures/constancia-advantage-2018.asn1', import.meta.url));
const artefacts = { agreement: '6533901d156ca462d0a40380d5bc0a2264b0333b66de701268f5b2ab745f973e' };
const trust = { roots: pinnedRoots, policies: providerPolicies, artefacts, now: new Date() };

/** What the status says in words is signed by nobody (RFC 3161, 2.4.2), nor is whether it was granted with changes. */
const unsigned = (at: number): boolean => at === 8 || (at >= 13 && at <= 26);

test('one byte changed anywhere but in the words of its status fails', async () => {
  expect(constancia.subarray(13, 27).toString()).toBe('Operation Okay');
  const held: number[] = [];
  // A part of them: the first seven bytes, and every seventh behind them.
  for (let at = 0; at < constancia.length; at += isPart && at >= 7 ? 7 : 1) {
    const changed = Buffer.from(constancia);
    changed[at]! ^= 1;
    const { findings } = await verifyConservation(changed, trust, nodePorts);
    if (failedOf(findings).length === 0 && !unsigned(at)) held.push(at);
  }
  expect(held).toEqual([]);
});
