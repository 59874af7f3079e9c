import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { findFreePort } from '../../../service/test/free-port.ts';
import { failureOf, openDisplay } from './display.ts';

/** One session of a WebDriver (W3C), by its endpoints. */
export interface WebDriver {
  post(path: string, body: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts WebKitGTK's driver, and by it its small browser. */
export async function startWebKit(): Promise<WebDriver> {
  const display = await openDisplay();
  const port = await findFreePort();
  // Without a graphics card, layers cost three times the work of painting flat.
  const env = {
    ...process.env,
    DISPLAY: display.name,
    GDK_BACKEND: 'x11',
    NO_AT_BRIDGE: '1',
    WEBKIT_DISABLE_COMPOSITING_MODE: '1',
  };
  const driver = spawn('WebKitWebDriver', [`--port=${port}`], { env, stdio: 'ignore' });
  const end = () => {
    driver.kill();
    display.stop();
  };
  process.once('exit', end);
  const base = `http://127.0.0.1:${port}`;
  await Promise.race([isReady(base), failureOf(driver)]);
  const { sessionId } = (await call(`${base}/session`, { capabilities: {} })) as { sessionId: string };
  const session = `${base}/session/${sessionId}`;
  return {
    post: (path, body) => call(session + path, body),
    stop: async () => {
      await fetch(session, { method: 'DELETE' }).catch(() => {});
      end();
    },
  };
}

async function isReady(base: string): Promise<void> {
  for (const end = Date.now() + 10_000; Date.now() < end; await pause(50)) {
    const answer = await fetch(`${base}/status`).catch(() => null);
    if (answer?.ok) return;
  }
  throw new Error('WebKitWebDriver does not answer');
}

async function call(url: string, body: unknown): Promise<unknown> {
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  const { value } = (await answer.json()) as { value: unknown };
  if (!answer.ok) throw new Error(`WebDriver: ${JSON.stringify(value)}`);
  return value;
}
