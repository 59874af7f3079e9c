import type { Browser, Page } from 'playwright-core';
import { toFile } from '../tools.ts';
import { openDrawer, visit, waitFor } from '../walk/visit.ts';

/** How a contract is set. */
export interface Setting {
  /** Of body text, in points. */
  size: number;
  /** At each side of the page. */
  margin: string;
  columns?: 1 | 2;
}

const clause = (number: number): string => `<p><b>Cláusula ${number}.</b> Las partes convienen en lo aquí escrito, de
  buena fe y en los términos de la ley aplicable. El Arrendador entrega al Arrendatario el inmueble en condiciones de
  servir para el uso convenido, y el Arrendatario lo recibe a su entera satisfacción y se obliga a conservarlo en el
  mismo estado, a pagar la renta dentro de los primeros cinco días de cada mes y a devolverlo al término del plazo.</p>`;

/** A contract as a word processor prints it on A4: a title over the whole width, and the page's number at the foot. */
const print = async (browser: Browser, { size, margin, columns = 1 }: Setting): Promise<string> => {
  const page = await browser.newPage();
  const style = `font: ${size}pt/1.35 'Liberation Serif', serif; margin: 0; text-align: justify; hyphens: auto`;
  const clauses = Array.from({ length: 30 }, (_, index) => clause(index + 1)).join('');
  await page.setContent(`<html lang="es-MX"><body style="${style}">
    <h1 style="text-align: center">Contrato de arrendamiento de un inmueble destinado a oficinas</h1>
    <p>Contrato que celebran, por una parte, Inmobiliaria Ficticia, S.A. de C.V. (el «Arrendador») y, por la otra, la
      persona cuyo nombre aparece al final de este documento (el «Arrendatario»).</p>
    <div style="column-count: ${columns}; column-gap: 8mm; column-fill: auto">${clauses}</div></body></html>`);
  const pdf = await page.pdf({
    format: 'A4',
    margin: { top: margin, right: margin, bottom: margin, left: margin },
    displayHeaderFooter: true,
    headerTemplate: '<i></i>',
    footerTemplate:
      '<div style="width: 100%; text-align: center; font-size: 8pt"><span class="pageNumber"></span></div>',
  });
  await page.close();
  return toFile('contrato.pdf', pdf);
};

/** A phone on which such a contract is to be signed, as the demo's host was given it. */
export const openOwnContract = async (browser: Browser, url: string, setting: Setting): Promise<Page> => {
  const phone = { viewport: { width: 375, height: 667 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
  const visited = await visit(browser, url, phone);
  const { page, told } = visited;
  await openDrawer(page);
  await page.locator('input[type=file]').setInputFiles(await print(browser, setting));
  await waitFor(visited, 'tu-esign-ready');
  // What is told from here on is of the new signing.
  told.length = 0;
  await page.getByRole('button', { name: 'Start a new signing' }).click();
  await page.getByRole('heading', { name: 'contrato.pdf' }).waitFor();
  await waitFor(visited, 'tu-esign-ready');
  await page.locator('tu-esign .checking').waitFor({ state: 'hidden' });
  await page.evaluate(() => window.scrollTo(0, 0));
  return page;
};
