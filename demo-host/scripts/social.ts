import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openBrowser } from '../test/walk/start.ts';

/** Draws page/social.png: what other sites show of a link to the demo. The page beside it is its source. */

const browser = await openBrowser();
const page = await browser.newPage({ viewport: { width: 1200, height: 630 } });
const mark = await readFile(new URL('../page/favicon.svg', import.meta.url), 'utf8');
const html = await readFile(new URL('social.html', import.meta.url), 'utf8');
await page.setContent(html.replace('{mark}', mark));
const picture = await page.screenshot();
await writeFile(fileURLToPath(new URL('../page/social.png', import.meta.url)), picture);
await browser.close();
