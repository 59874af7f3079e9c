import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { openAuthority } from '#authority/authority.ts';
import { createStamps } from '#authority/stamps.ts';
import { createEmbeddedProvider } from '#providers/embedded.ts';
import { createRenewals } from '#providers/renew.ts';
import { createOrder, startEmbeddedSigning } from '../embedded-signing.ts';
import { createKeys } from '../keys.ts';
import { operate } from '../operate.ts';
import { startRunningService } from '../running-service.ts';
import { sharedThreads } from '../shared-threads.ts';
import { hosts } from '../tokens.ts';
import { createFolder, type Folder } from '../tools.ts';
import { pyHanko, runPyHanko } from './judges.ts';

const simple = readFileSync(new URL('../fixtures/pdfs/002-trivial-libre-office-writer.pdf', import.meta.url));
const dayMs = 24 * 3_600_000;
let folder: Folder;
beforeEach(() => (folder = createFolder()));
afterEach(() => folder.remove());

/**
 * EN 319 102-1, 5.6.3, in the policy of pyHanko's own tests: each list and answer is held to be fresh for as long as it says.
 * What is in the file is taken to have existed at a given time, as if it were time-stamped ever anew, and the last to stamp it not
 * to be revoked.
 */
const judge = `
import asyncio, io, json, logging, sys, warnings
from datetime import datetime, timedelta, timezone
warnings.simplefilter('ignore'); logging.disable(logging.CRITICAL)
from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.ades import simulate_future_ades_lta_validation
from pyhanko.sign.validation.policy_decl import CertValidationPolicySpec, PdfSignatureValidationSpec, SignatureValidationSpec
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy, FreshnessReqType
from pyhanko_certvalidator.registry import SimpleTrustManager
root, proved, years, *files = sys.argv[1:]
trust = SimpleTrustManager.build(list(load_certs_from_pemder([root])))
policy = CertRevTrustPolicy(REQUIRE_REVINFO, freshness_req_type=FreshnessReqType.MAX_DIFF_REVOCATION_VALIDATION)
spec = PdfSignatureValidationSpec(SignatureValidationSpec(CertValidationPolicySpec(trust, policy)))
now = datetime.now(timezone.utc)
for path in files:
    signature = PdfFileReader(io.BytesIO(open(path, 'rb').read())).embedded_regular_signatures[0]
    for later in json.loads(years):
        judged = asyncio.run(simulate_future_ades_lta_validation(
            signature, spec, now + timedelta(days=365.25 * later), datetime.fromisoformat(proved)))
        print(judged.ades_subindic, flush=True)
`;

interface Times {
  root: string;
  proved: string;
  years: number[];
}

const judgeAll = ({ root, proved, years }: Times, documents: Record<string, Uint8Array>): string[] => {
  const files = Object.entries(documents).map(([name, bytes]) => folder.write(name, Buffer.from(bytes)));
  const told = runPyHanko(folder, judge, [folder.write('root.pem', root), proved, JSON.stringify(years), ...files]);
  return told.filter((line) => line.startsWith('AdES'));
};

test.skipIf(!pyHanko)(
  'pyHanko, where PYHANKO_PATH names its source, holds the archived document to be valid when its certificate has ended, and in twenty years, before and after renewal',
  async () => {
    const today = Date.now();
    let now = new Date(today - 60 * dayMs);
    const signing = await startEmbeddedSigning(() => now, 'B-LTA');
    onTestFinished(signing.stop);
    const { authority, engine, provider } = signing;
    const order = createOrder(simple);
    const { document } = await provider.sign(order);
    const proved = new Date(now.getTime() + dayMs / 24).toISOString();
    now = new Date(today);
    const renewals = createRenewals({ engine, authority, stamps: createStamps(authority), algorithm: 'sha256' });
    const last = (await renewals.read(document))!;
    const renewed = (await renewals.renew({ id: order.id, identifier: order.identifier, document, last }))!;
    const told = judgeAll({ root: authority.rootPem, proved, years: [0, 1, 20] }, { document, renewed });
    expect(told).toEqual(Array.from({ length: 6 }, () => 'AdESPassed.OK'));
  },
);

test.skipIf(!pyHanko)(
  'pyHanko holds it to be valid after the end of who stamped it first only where another has stamped it since',
  async () => {
    const open = (now = () => new Date()) =>
      openAuthority({ keys: createKeys(join(folder.path, 'data', 'keys')), now });
    // It ends in a month, and its root in five years.
    await open(() => new Date(Date.now() - (25 * 365.25 - 30) * dayMs));
    await (await startRunningService({}, folder)).stop();
    const hostsFile = folder.write('hosts.json', JSON.stringify({ hosts }));
    const environment = { TU_ESIGN_HOSTS: hostsFile, TU_ESIGN_DATA: join(folder.path, 'data') };
    const rotate = async (key: string) =>
      expect(await operate(['keys', 'rotate', key, '--within', '0'], environment)).toMatchObject({ exitCode: 0 });
    await rotate('issuing');
    const { engine } = sharedThreads();
    const order = createOrder(simple);
    const provider = createEmbeddedProvider({ engine, authority: await open(), now: () => new Date() });
    const { document } = await provider.sign(order);
    await rotate('time-stamp');
    const authority = await open();
    const renewals = createRenewals({ engine, authority, stamps: createStamps(authority), algorithm: 'sha256' });
    const last = (await renewals.read(document))!;
    const renewed = (await renewals.renew({ id: order.id, identifier: order.identifier, document, last }))!;
    const times = { root: authority.rootPem, proved: new Date(Date.now() + dayMs / 24).toISOString(), years: [0.5, 4] };
    const told = judgeAll(times, { document, renewed });
    expect(told.map((one) => one === 'AdESPassed.OK')).toEqual([false, false, true, true]);
  },
);
