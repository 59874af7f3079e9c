import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

/** One event of the element, as the page was told it. */
export interface Told {
  type: string;
  payload: Record<string, unknown>;
}

/** A page with what it was told, and what its console complained of. */
export interface VisitedPage {
  page: Page;
  told: Told[];
  complaints: string[];
}

const eventNames = ['ready', 'progress', 'signed', 'declined', 'error', 'token-expiring'].map(
  (name) => `tu-esign-${name}`,
);

/** Opens an address of the demo and listens from the first moment on. */
export const visit = async (browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<VisitedPage> =>
  visitIn(await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options }), url);

/** The same in a context that is there. */
export const visitIn = async (context: BrowserContext, url: string): Promise<VisitedPage> => {
  const page = await context.newPage();
  const told: Told[] = [];
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on(
    'console',
    (message) => message.type() === 'error' && complaints.push(`${message.text()} ${message.location().url}`.trim()),
  );
  await page.exposeFunction('tellTest', (event: Told) => told.push(event));
  await page.addInitScript((names) => {
    const { tellTest } = window as unknown as { tellTest: (told: Told) => void };
    for (const name of names) {
      document.addEventListener(name, (event) =>
        tellTest({ type: name, payload: Object.fromEntries(Object.entries(event)) }),
      );
    }
  }, eventNames);
  await page.goto(url);
  return { page, told, complaints };
};

/** Opens the demo's drawer, where it is closed to begin with. */
export const openDrawer = (page: Page): Promise<void> => page.getByRole('button', { name: 'Developer' }).click();

/** Loads the page anew; what was told before is forgotten, and nothing of it comes late. */
export const reopen = async ({ page, told }: VisitedPage): Promise<void> => {
  const url = page.url();
  await page.goto('about:blank');
  told.length = 0;
  await page.goto(url);
};

/** Waits until the page has been told an event, and gives its payload. */
export const waitFor = (visited: VisitedPage, type: string, withinMs?: number): Promise<Told['payload']> =>
  waitUntil(visited, (event) => event.type === type, withinMs);

/** Waits until the page has been told what is looked for, and gives its payload. */
export const waitUntil = async (
  { told }: VisitedPage,
  isWanted: (event: Told) => boolean,
  withinMs = 60_000,
): Promise<Told['payload']> => {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const found = told.find(isWanted);
    if (found) return found.payload;
    if (Date.now() > deadline) throw new Error(`never told, but ${JSON.stringify(told)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

/** Scrolls the element's document to its last page. */
export const scrollToEnd = (page: Page): Promise<void> =>
  page.locator('tu-esign [part=pages]').evaluate((box) => {
    box.scrollTop = box.scrollHeight;
  });

/** Counts the pixels of blue ink on the pages that are drawn; the sample itself has none. */
export const countInkShown = (page: Page): Promise<number> =>
  page.locator('tu-esign [part=pages] canvas').evaluateAll((canvases) => {
    let pixels = 0;
    for (const canvas of canvases as HTMLCanvasElement[]) {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      for (let at = 0; at < data.length; at += 4) if (data[at + 2]! - data[at + 1]! > 20) pixels++;
    }
    return pixels;
  });
