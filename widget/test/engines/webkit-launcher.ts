import type { TestRunnerConfig } from '@web/test-runner';
import { startWebKit, type WebDriver } from './webdriver.ts';
import { createPage, type WebKitPage } from './webkit-page.ts';

type Launcher = NonNullable<TestRunnerConfig['browsers']>[number];

async function start(url: string): Promise<{ driver: WebDriver; page: WebKitPage }> {
  const driver = await startWebKit();
  await driver.post('/window/rect', { x: 0, y: 0, width: 1500, height: 1150 });
  // The runner's own page for tests in frames.
  await driver.post('/url', { url: new URL('/?mode=iframe', url).href });
  return { driver, page: createPage(driver) };
}

/** WebKitGTK for the test runner, by Debian's package webkit2gtk-driver: one window, one file at a time. */
export function webkitLauncher(): Launcher & { getPage(): WebKitPage } {
  let started: ReturnType<typeof start> | undefined;
  let page: WebKitPage;
  let active: { id: string; url: string } | undefined;

  return {
    name: 'WebKit',
    // Whose page the runner's commands then take it for.
    type: 'playwright',
    concurrency: 1,
    getPage: () => page,
    startSession: async (id, url) => {
      started ??= start(url);
      ({ page } = await started);
      active = { id, url };
      await page.show(url);
    },
    isActive: (id) => active?.id === id,
    getBrowserUrl: () => active?.url,
    // Nothing of a file runs on beside the next.
    stopSession: async () => {
      active = undefined;
      await page.clear();
      return {};
    },
    startDebugSession: () => Promise.reject(new Error('WebKitGTK has no debug session here')),
    stop: async () => (await started)?.driver.stop(),
  };
}
