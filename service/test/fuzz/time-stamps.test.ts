import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, expect } from 'vitest';
import { openAuthority } from '#authority/authority.ts';
import { timeStampPolicy } from '@tu-esign/verifier/certificates/policies.ts';
import { toHex } from '@tu-esign/verifier/bytes.ts';
import { readTimeStamp } from '@tu-esign/verifier/cms/read-time-stamp.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { verifyTimeStamp, type TimeStampExpectations } from '@tu-esign/verifier/verdicts/time-stamp-token.ts';
import { createKeys } from '../keys.ts';
import { createFolder } from '../tools.ts';
import { alter, altered } from './alterations.ts';
import { fuzz } from './fuzz.ts';

const fixture = (name: string): Buffer => readFileSync(new URL(`../fixtures/${name}`, import.meta.url));
const folder = createFolder();
afterAll(() => folder.remove());
const authority = await openAuthority({ keys: createKeys(folder.path), now: () => new Date() });
const digest = hash('sha256', 'a signed document');
const nonce = Buffer.from('4102030405060708', 'hex');
const { response } = await authority.createTimeStamp({ imprint: Buffer.from(digest, 'hex'), nonce });

/** Time-stamps that hold, and what they are held to. */
const holding: [Buffer, TimeStampExpectations][] = [
  [
    fixture('constancia-advantage-2018.asn1'),
    {
      roots: [fixture('acr2-se-root.pem').toString()],
      policies: ['2.16.484.101.10.316.'],
      digest: '6533901d156ca462d0a40380d5bc0a2264b0333b66de701268f5b2ab745f973e',
      now: new Date(),
    },
  ],
  [response, { roots: [authority.rootPem], policies: [timeStampPolicy], digest, nonce, now: new Date() }],
];

const contentOf = async (der: Uint8Array): Promise<string> =>
  toHex((await readTimeStamp(der, nodePorts)).signed.content!);

fuzz('time-stamps: altered bytes', altered(holding.length), async ([index, changes]) => {
  const [original, expected] = holding[index]!;
  const der = alter(original, changes);
  const { findings, content } = await verifyTimeStamp(der, expected, nodePorts);
  expect(findings.parsed).toBe(content !== undefined);
  // what is around the signed bytes may change; these may not
  if (findings.signatureValid && findings.chainToPinnedRoot)
    expect(await contentOf(der)).toBe(await contentOf(original));
  else if (!findings.parsed) expect(Object.values(findings)).not.toContain(true);
});
