import type { TestRunnerConfig } from '@web/test-runner';
import { startWebKit, type WebDriver } from './webdriver.ts';
import { createPage, type WebKitPage } from './webkit-page.ts';

type Launcher = NonNullable<TestRunnerConfig['browsers']>[number];

async function start(): Promise<{ driver: WebDriver; page: WebKitPage }> {
  const driver = await startWebKit();
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
      started ??= start();
      ({ page } = await started);
      active = { id, url };
      await page.setViewportSize({ width: 800, height: 600 });
      await page.goto(url);
    },
    isActive: (id) => active?.id === id,
    getBrowserUrl: () => active?.url,
    // Nothing of a file runs on beside the next.
    stopSession: async () => {
      active = undefined;
      await page.goto('about:blank');
      return {};
    },
    startDebugSession: () => Promise.reject(new Error('WebKitGTK has no debug session here')),
    stop: async () => (await started)?.driver.stop(),
  };
}
