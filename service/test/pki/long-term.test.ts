import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createStamps } from '#authority/stamps.ts';
import { createRenewals } from '#providers/renew.ts';
import { createOrder, startEmbeddedSigning } from '../embedded-signing.ts';
import { pyHanko, runPyHanko } from './judges.ts';

const simple = readFileSync(new URL('../fixtures/pdfs/002-trivial-libre-office-writer.pdf', import.meta.url));
const dayMs = 24 * 3_600_000;
let signing: Awaited<ReturnType<typeof startEmbeddedSigning>>;
afterEach(() => signing.stop());

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
root, proved, *files = sys.argv[1:]
trust = SimpleTrustManager.build(list(load_certs_from_pemder([root])))
policy = CertRevTrustPolicy(REQUIRE_REVINFO, freshness_req_type=FreshnessReqType.MAX_DIFF_REVOCATION_VALIDATION)
spec = PdfSignatureValidationSpec(SignatureValidationSpec(CertValidationPolicySpec(trust, policy)))
now = datetime.now(timezone.utc)
for path in files:
    signature = PdfFileReader(io.BytesIO(open(path, 'rb').read())).embedded_regular_signatures[0]
    for years in [0, 1, 20]:
        judged = asyncio.run(simulate_future_ades_lta_validation(
            signature, spec, now + timedelta(days=365.25 * years), datetime.fromisoformat(proved)))
        print(judged.ades_subindic, flush=True)
`;

test.skipIf(!pyHanko)(
  'pyHanko, where PYHANKO_PATH names its source, holds the archived document to be valid when its certificate has ended, and in twenty years, before and after renewal',
  async () => {
    const today = Date.now();
    let now = new Date(today - 60 * dayMs);
    signing = await startEmbeddedSigning(() => now, 'B-LTA');
    const { authority, engine, folder, provider } = signing;
    const order = createOrder(simple);
    const { document } = await provider.sign(order);
    const proved = new Date(now.getTime() + dayMs / 24).toISOString();
    now = new Date(today);
    const renewals = createRenewals({ engine, authority, stamps: createStamps(authority), algorithm: 'sha256' });
    const last = (await renewals.read(document))!;
    const renewed = (await renewals.renew({ id: order.id, identifier: order.identifier, document, last }))!;
    const files = Object.entries({ document, renewed }).map(([name, bytes]) => folder.write(name, Buffer.from(bytes)));
    folder.write('root.pem', authority.rootPem);
    const told = runPyHanko(folder, judge, [join(folder.path, 'root.pem'), proved, ...files]);
    expect(told.filter((line) => line.startsWith('AdES'))).toEqual(Array.from({ length: 6 }, () => 'AdESPassed.OK'));
  },
);
