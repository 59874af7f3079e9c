import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openWholeBrowser } from '../test/walk/start.ts';

/** Prints agreement.html as ../agreement.pdf, with the Chromium at CHROME_PATH: `npm run agreement`. */
const source = new URL('agreement.html', import.meta.url);
const target = fileURLToPath(new URL('../agreement.pdf', import.meta.url));

const footer = `<div style="width:100%;margin:0 24mm;color:#53605a;font:7pt 'Liberation Sans';display:flex">
  <span style="flex:1">Sol de Agave · Contrato SDA-2026-0417</span>
  <span>Página <span class="pageNumber"></span> de <span class="totalPages"></span></span>
</div>`;

const browser = await openWholeBrowser();
const page = await browser.newPage();
await page.goto(source.href);
const pdf = await page.pdf({
  preferCSSPageSize: true,
  displayHeaderFooter: true,
  headerTemplate: '<span></span>',
  footerTemplate: footer,
  tagged: true,
});
await browser.close();
await writeFile(target, pdf);
console.log(`${target}: ${pdf.length} bytes`);
