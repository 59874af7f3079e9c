import type { Page } from 'playwright-core';

/** How many listeners of each event a page's window and document have. */
export const countListeners = async (page: Page): Promise<Record<string, number>> => {
  const tools = await page.context().newCDPSession(page);
  const counts: Record<string, number> = {};
  for (const target of ['window', 'document', 'document.documentElement', 'document.body', 'visualViewport']) {
    const { result } = await tools.send('Runtime.evaluate', { expression: target });
    const { listeners } = await tools.send('DOMDebugger.getEventListeners', { objectId: result.objectId! });
    for (const { type } of listeners) counts[`${target} ${type}`] = (counts[`${target} ${type}`] ?? 0) + 1;
  }
  await tools.detach();
  return counts;
};
