import { expect, test } from 'vitest';
import { signAndCompare, waitForRest, tallWindow } from '../preview.ts';
import { beginWalk } from './begin.ts';
import { drawWithMouse, words } from './signatory.ts';
import { visit } from './visit.ts';

const { browser, demo } = await beginWalk();

// What is typed, uploaded, initialled, turned or written in several places: in test/further.
test('what is drawn is shown in the document as the signed document shows it', async () => {
  const visited = await visit(browser, demo.url, tallWindow);
  await waitForRest(visited);
  await drawWithMouse(visited.page, words['es-MX']);
  expect(await signAndCompare(visited)).toHaveLength(1);
  await visited.page.context().close();
});
