import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { beginWalk } from '../walk/begin.ts';
import { openState } from '../open-state.ts';
import { visit, waitFor } from '../walk/visit.ts';

const { browser, demo } = await beginWalk();
const context = await browser.newContext();

interface Focus {
  /** What it is called, or what it is. */
  name: string;
  /** Width of the ring around it, or around what it is in; in pixels. */
  ring: number;
}

const focus = (page: Page): Promise<Focus> =>
  page.evaluate(() => {
    const focused = document.querySelector('tu-esign')!.shadowRoot!.activeElement as HTMLElement | null;
    if (!focused) return { name: 'page', ring: 0 };
    const rings = [focused, focused.parentElement!].map((part) => getComputedStyle(part));
    const ring = rings.find(({ outlineStyle }) => outlineStyle !== 'none');
    const label = focused.ariaLabel ?? focused.closest('label')?.textContent ?? focused.textContent;
    return {
      name: focused.id || label.replaceAll(/\s+/g, ' ').trim(),
      ring: Number.parseFloat(ring?.outlineWidth ?? '0'),
    };
  });

/** Presses Tab until that is focused, and tells all that was passed. */
const tabTo = async (page: Page, name: string): Promise<Focus[]> => {
  const passed: Focus[] = [];
  for (let presses = 0; presses < 30; presses++) {
    await page.keyboard.press('Tab');
    const now = await focus(page);
    passed.push(now);
    if (now.name.startsWith(name)) return passed;
  }
  throw new Error(`${name} is not reached, but ${passed.map(({ name: one }) => one).join(', ')}`);
};

const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};

const times = (count: number, key: string): string[] => Array.from({ length: count }, () => key);

test('pain 9: a signatory reads, draws, consents, signs and reaches every file by keyboard, and sees where they are', async () => {
  const page = await openState(context, demo.url, { state: 'reading', width: 1280 });
  const passed = await tabTo(page, 'Recuadro para su firma');
  expect(passed.map(({ name }) => name)).toContain('Páginas del documento; con las teclas + y − cambia el tamaño');
  await press(page, 'Space', ...times(8, 'ArrowRight'), ...times(6, 'ArrowDown'), 'Space');
  passed.push(...(await tabTo(page, 'He leído el documento')));
  await press(page, 'Space');
  passed.push(...(await tabTo(page, 'Firmar documento')));
  await press(page, 'Enter');
  await expect.poll(() => focus(page).then(({ name }) => name)).toBe('outcome');
  passed.push(...(await tabTo(page, 'Certificados y bitácora')));
  await press(page, 'Enter');
  await page.getByRole('link', { name: 'Sello de tiempo de prueba' }).waitFor();
  passed.push(...(await tabTo(page, 'Bitácora de la firma')));
  const names = passed.map(({ name }) => name).join('\n');
  for (const file of ['Documento firmado (PDF)', 'Certificado del firmante', 'Sello de tiempo de prueba'])
    expect(names).toContain(file);
  expect(passed.filter(({ ring }) => ring < 2)).toEqual([]);
  await page.close();
});

/** Strokes of the pen that the arrow keys move: enough for an autograph, and for initials. */
const strokes = ['Space', ...times(8, 'ArrowRight'), ...times(6, 'ArrowDown'), 'Space'];

test('by keyboard one goes through every place, initials, the host’s consents and the button, and sees where one is', async () => {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ asks: { place: 'several', initials: true, consents: 'es-MX' } });
  const { id } = await (await fetch(`${demo.url}/api/visits`, { method: 'POST', headers, body })).json();
  const visited = await visit(browser, `${demo.url}/?visit=${id}`);
  await waitFor(visited, 'tu-esign-ready');
  const { page } = visited;
  await page.locator('tu-esign .checking').waitFor({ state: 'hidden' });
  const passed = await tabTo(page, 'Recuadro para su firma');
  const names = passed.map(({ name }) => name);
  expect(names.filter((name) => name === 'Aquí irá su firma')).toHaveLength(2);
  expect(names.filter((name) => name === 'Iniciales')).toHaveLength(3);
  await press(page, ...strokes);
  passed.push(...(await tabTo(page, 'Recuadro para sus iniciales')));
  await press(page, ...strokes);
  passed.push(...(await tabTo(page, 'Poner')));
  await press(page, 'Enter');
  for (const consent of ['He leído el documento', 'Autorizo a Sol de Agave', 'Conozco el aviso']) {
    passed.push(...(await tabTo(page, consent)));
    await press(page, 'Space');
  }
  passed.push(...(await tabTo(page, 'Firmar documento')));
  await press(page, 'Enter');
  await waitFor(visited, 'tu-esign-signed');
  expect(passed.filter(({ name, ring }) => name !== 'page' && ring < 2)).toEqual([]);
  await page.context().close();
});

test('pain 9: declining by keyboard asks first, gives the focus back, and ends at what became of it', async () => {
  const page = await openState(context, demo.url, { state: 'reading' });
  await tabTo(page, 'No deseo firmar');
  await press(page, 'Enter');
  await expect.poll(() => focus(page).then(({ name }) => name)).toContain('Motivo');
  await press(page, 'Escape');
  await expect.poll(() => focus(page).then(({ name }) => name)).toBe('No deseo firmar');
  await press(page, 'Enter');
  await expect.poll(() => focus(page).then(({ name }) => name)).toContain('Motivo');
  await page.keyboard.type('Falta una cláusula');
  await tabTo(page, 'Volver al documento');
  await tabTo(page, 'Rechazar la firma');
  await press(page, 'Enter');
  await expect.poll(() => focus(page).then(({ name }) => name)).toBe('outcome');
  await page.getByText('Falta una cláusula').waitFor();
  await page.close();
});

test('in forced colours what can be pressed has a border, and what is focused a ring', async () => {
  const page = await openState(context, demo.url, { state: 'ready' });
  await page.emulateMedia({ forcedColors: 'active' });
  const edges = await page.evaluate(() =>
    [...document.querySelector('tu-esign')!.shadowRoot!.querySelectorAll('.panel button, .panel input')].map(
      (button) => {
        const { borderTopWidth, borderTopStyle } = getComputedStyle(button);
        return button.matches('input') || (borderTopStyle === 'solid' && Number.parseFloat(borderTopWidth) >= 1);
      },
    ),
  );
  expect(edges.length).toBeGreaterThan(3);
  expect(edges).not.toContain(false);
  const passed = await tabTo(page, 'No deseo firmar');
  // The way out is at the head: the round to it leads through the browser's own controls.
  expect(passed.filter(({ name, ring }) => name !== 'page' && ring < 2)).toEqual([]);
  await page.close();
});

test('what happens is said once, politely, and problems at once', async () => {
  const page = await openState(context, demo.url, { state: 'signing' });
  const said = () =>
    page.evaluate(() =>
      [...document.querySelector('tu-esign')!.shadowRoot!.querySelectorAll('[role=status], [role=alert], [aria-live]')]
        .map((region) => [region.role, region.textContent.replaceAll(/\s+/g, ' ').trim()])
        .filter(([, text]) => text),
    );
  await expect.poll(said).toEqual([['status', 'Firmando el documento']]);
  await page.close();

  const stopped = await openState(context, demo.url, { state: 'problem-origin-mismatch' });
  await expect.poll(() => stopped.getByRole('alert').count()).toBe(1);
  const told = await stopped.evaluate(() => document.querySelector('tu-esign')!.shadowRoot!.textContent);
  expect(told.split('no está autorizada').length).toBe(2);
  await stopped.close();
});

test('motion that nobody asked for is slow where it is unwelcome', async () => {
  const page = await openState(context, demo.url, { state: 'signing' });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const durations = await page.evaluate(() =>
    document
      .querySelector('tu-esign')!
      .shadowRoot!.getAnimations()
      .map((animation) => animation.effect!.getComputedTiming().duration),
  );
  for (const duration of durations) expect(duration).toBeGreaterThanOrEqual(3000);
  await page.close();
});
