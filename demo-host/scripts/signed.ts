import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startDemo } from '../demo/demo.ts';
import { download, waitForOutputs } from '../test/walk/outputs.ts';
import { openBrowser } from '../test/walk/start.ts';
import { consentAndSign, words } from '../test/walk/signatory.ts';
import { visit, waitFor } from '../test/walk/visit.ts';
import { draw } from './draw.ts';

/** Signs the demo's agreement, as a signatory does, for the gallery to show: `npm run signed`. Prints when that was. */
const target = fileURLToPath(new URL('../gallery/signed.pdf', import.meta.url));

const folder = await mkdtemp(join(tmpdir(), 'tu-esign-signed-'));
const demo = await startDemo({ folder, port: 3200, servicePort: 8280 });
const browser = await openBrowser();
try {
  const visited = await visit(browser, demo.url);
  await waitFor(visited, 'tu-esign-ready');
  await visited.page.locator('tu-esign .checking').waitFor({ state: 'hidden' });
  await draw(visited.page);
  await consentAndSign(visited.page, words['es-MX']);
  const { outputs } = await waitForOutputs(visited);
  const pdf = await download(outputs.document.link.href);
  await writeFile(target, pdf);
  console.log(`${target}: ${pdf.length} bytes; ${await visited.page.locator('tu-esign .time').textContent()}`);
} finally {
  await browser.close();
  await demo.stop();
  await rm(folder, { recursive: true });
}
