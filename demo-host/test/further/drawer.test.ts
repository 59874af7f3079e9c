import { expect, test } from 'vitest';
import { beginWalk } from '../walk/begin.ts';
import { consentAndSign, drawWithMouse, words } from '../walk/signatory.ts';
import { openDrawer, visit, waitFor, waitUntil } from '../walk/visit.ts';

const spanish = words['es-MX'];
const { browser, demo } = await beginWalk();

const open = async () => {
  const visited = await visit(browser, demo.url);
  await waitFor(visited, 'tu-esign-ready');
  await openDrawer(visited.page);
  const press = (name: string) => visited.page.getByRole('button', { name, exact: true }).click();
  return { visited, page: visited.page, press };
};

test('an expired token is told, and once tokens are good again the same ink is signed', async () => {
  const { visited, page, press } = await open();
  await drawWithMouse(page, spanish);
  await press('Token expired');
  await consentAndSign(page, spanish);
  await waitUntil(visited, ({ payload }) => payload['problem'] === 'token-expired');
  await press('Token expired');
  await page.locator('tu-esign .problem button').first().click();
  // The ink has stayed, and the consent: what is left is to press once more.
  await page.getByRole('button', { name: spanish.sign, exact: true }).click();
  await waitFor(visited, 'tu-esign-signed');
  const names = () => page.locator('#timeline .name').allTextContents();
  await expect.poll(names).toContain('agreement.completed');
  expect(await names()).toContain('Token expired: from now on');
  await page.context().close();
});

test('what is chosen is how the element looks, and what the code says', async () => {
  const { page } = await open();
  await page.locator('#look [name=accent]').fill('#aa2200');
  await page.locator('#look [name=locale]').selectOption('en');
  await page.locator('#look [name=width]').selectOption('375');
  expect(await page.locator('#css').textContent()).toContain('--tu-esign-accent: #aa2200;');
  expect(await page.locator('#snippet').textContent()).toContain('locale="en"');
  await page.getByLabel('Where the signature goes').selectOption('anchor');
  await page.getByLabel('Initials on every page').check();
  await page.getByLabel('Consents of the host’s').check();
  const backEnd = await page.locator('#back-end').textContent();
  for (const said of ['text: "Nombre y firma"', 'initials: {', 'consents: [', 'I know the privacy notice.'])
    expect(backEnd).toContain(said);
  const element = page.locator('tu-esign');
  expect((await element.boundingBox())!.width).toBe(375);
  expect(await element.evaluate((host) => getComputedStyle(host).getPropertyValue('--tu-esign-accent'))).toBe(
    '#aa2200',
  );
  await page.getByRole('button', { name: 'Close the drawer' }).click();
  expect(await page.locator('#drawer').isVisible()).toBe(false);
  await page.context().close();
});

test('webhooks of another visit are not in this one’s time line', async () => {
  const { visited, page, press } = await open();
  await press('Start a new signing');
  visited.told.length = 0;
  await waitFor(visited, 'tu-esign-ready');
  expect(await page.locator('#timeline .webhook').count()).toBe(0);
  await page.context().close();
});

test('initials, consents and an empty field of the document are asked for as chosen', async () => {
  const { visited, page, press } = await open();
  await page.getByLabel('Where the signature goes').selectOption('field');
  await page.getByLabel('Initials on every page').check();
  await page.getByLabel('Consents of the host’s').check();
  visited.told.length = 0;
  await press('Start a new signing');
  await waitFor(visited, 'tu-esign-ready');
  const request = JSON.parse((await page.locator('#request').textContent())!);
  expect(request).toMatchObject({
    placement: { field: 'Cliente' },
    initials: { pages: 'all' },
    consents: [{}, {}, {}],
  });
  expect(await page.locator('tu-esign .place').count()).toBe(4);
  expect(await page.locator('tu-esign .host input').count()).toBe(3);
  // What this visit asks is what is chosen for the next.
  expect(await page.getByLabel('Where the signature goes').inputValue()).toBe('field');
  await page.context().close();
});
