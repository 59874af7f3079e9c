import type { TestRunnerConfig } from '@web/test-runner';
import type { ChromeLauncher } from '@web/test-runner-chrome';

type Plugin = NonNullable<TestRunnerConfig['plugins']>[number] & {
  executeCommand?(call: { command: string; payload?: unknown; session: { id: string; browser: unknown } }): unknown;
};

/** The commands behind test/media.ts: media features, forced colours too, and the screen's density, where an engine can. */
export const emulatePlugin = (): Plugin => ({
  name: 'emulate',
  executeCommand({ command, payload, session: { id, browser } }) {
    return command === 'emulate' && emulate(browser as ChromeLauncher, { id, ...(payload as Emulation) });
  },
});

type Page = ReturnType<ChromeLauncher['getPage']>;
type CDPSession = Awaited<ReturnType<Page['createCDPSession']>>;

/** What is left out stays as it is. */
export interface Emulation {
  features?: Record<string, string>;
  /** The window as it is, on a screen of that many pixels to one of CSS; null: the screen that is there. */
  screen?: { width: number; height: number; density: number } | null;
}

// What a session emulates ends with it.
const sessions = new WeakMap<Page, CDPSession>();

/** Only Chromium has a protocol for it; WebDriver has none. */
async function emulate(browser: ChromeLauncher, { id, features, screen }: Emulation & { id: string }) {
  if (browser.name !== 'Chromium') return { can: false };
  const page = browser.getPage(id);
  const session = sessions.get(page) ?? (await page.createCDPSession());
  sessions.set(page, session);
  if (features) await emulateMedia(session, features);
  if (screen !== undefined) await emulateScreen(session, screen);
  return { can: true };
}

function emulateMedia(session: CDPSession, features: Record<string, string>) {
  const list = Object.entries(features).map(([name, value]) => ({ name, value }));
  return session.send('Emulation.setEmulatedMedia', { features: list });
}

function emulateScreen(session: CDPSession, screen: NonNullable<Emulation['screen']> | null) {
  if (!screen) return session.send('Emulation.clearDeviceMetricsOverride');
  const { width, height, density } = screen;
  return session.send('Emulation.setDeviceMetricsOverride', {
    width,
    height,
    deviceScaleFactor: density,
    mobile: false,
  });
}
