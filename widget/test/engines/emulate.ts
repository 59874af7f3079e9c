import type { TestRunnerConfig } from '@web/test-runner';
import type { ChromeLauncher } from '@web/test-runner-chrome';

type Plugin = NonNullable<TestRunnerConfig['plugins']>[number] & {
  executeCommand?(call: { command: string; payload?: unknown; session: { id: string; browser: unknown } }): unknown;
};

/** The command behind `emulate` (test/media.ts): media features, forced colours too, where an engine can. */
export const emulatePlugin = (): Plugin => ({
  name: 'emulate',
  executeCommand({ command, payload, session: { id, browser } }) {
    return command === 'emulate' && emulate(browser as ChromeLauncher, { id, features: payload as Features });
  },
});

type Page = ReturnType<ChromeLauncher['getPage']>;
type CDPSession = Awaited<ReturnType<Page['createCDPSession']>>;
type Features = Record<string, string>;

// What a session emulates ends with it.
const sessions = new WeakMap<Page, CDPSession>();

/** Only Chromium has a protocol for it; WebDriver has none. */
async function emulate(browser: ChromeLauncher, { id, features }: { id: string; features: Features }) {
  if (browser.name !== 'Chromium') return { can: false };
  const page = browser.getPage(id);
  const list = Object.entries(features).map(([name, value]) => ({ name, value }));
  const session = sessions.get(page) ?? (await page.createCDPSession());
  sessions.set(page, session);
  await session.send('Emulation.setEmulatedMedia', { features: list });
  return { can: true };
}
