import { expect, test } from 'vitest';
import { beginWalk } from '../walk/begin.ts';
import { download } from '../walk/outputs.ts';
import { words } from '../walk/signatory.ts';
import { judgeThree, signInTurn, startThree } from './three.ts';
import { visit, waitFor } from '../walk/visit.ts';

const spanish = words['es-MX'];

const { browser, demo } = await beginWalk();

test('three sign one after the other, each in a visit of their own; all three signatures hold', async () => {
  const signed = await signInTurn(browser, await startThree(browser, demo.url));
  await judgeThree(signed, new TextDecoder().decode(await download(`${demo.service.url}/v1/authority.pem`)));
});

test('one who declines ends it for those after', async () => {
  const { first, links } = await startThree(browser, demo.url);
  await waitFor(first, 'tu-esign-ready');
  await first.page.getByRole('button', { name: spanish.decline }).click();
  await first.page.getByRole('button', { name: spanish.confirm }).click();
  await waitFor(first, 'tu-esign-declined');
  const second = await visit(browser, links[1]!);
  expect(await waitFor(second, 'tu-esign-error')).toMatchObject({ problem: 'already-declined', retryable: false });
  await second.page.getByRole('alert').getByText('ya se había rechazado').waitFor();
  for (const { page } of [first, second]) await page.context().close();
});
