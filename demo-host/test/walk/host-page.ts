import type { Browser, Page, Route } from 'playwright-core';
import type { SharedDemo } from './shared.ts';
import type { Told } from './visit.ts';

export interface HostPageOptions {
  demo: SharedDemo;
  /** Content-Security-Policy. */
  policy?: string;
  /** What brings the element; one script tag where absent. */
  head?: string;
  /** Scripts whose address has this in it get a line more on their way. */
  alter?: string;
}

/** A host's page that holds nothing but the element, and all that came of it. */
export interface HostPage {
  page: Page;
  told: Told[];
  complaints: string[];
  /** What the browser reported of the page's policy. */
  violations: string[];
  requests: URL[];
}

const post = async <T>(url: string, body: unknown): Promise<T> => {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return (await answer.json()) as T;
};

export const scriptTag = ({ service }: SharedDemo, attributes = ''): string =>
  `<script type="module" src="${service.url}/element/tu-esign.js" ${attributes}></script>`;

/** Opens a page at the host's origin, with headers of its own; its tokens are the demo's. */
export const openHostPage = async (browser: Browser, options: HostPageOptions): Promise<HostPage> => {
  const { demo, policy, head, alter } = options;
  // A page that a test hands the browser has no address of its own to be judged by.
  const context = await browser.newContext({ permissions: ['local-network-access'] });
  const page = await context.newPage();
  const { id } = await post<{ id: string }>(`${demo.url}/api/visits`, {});
  const found: HostPage = { page, told: [], complaints: [], violations: [], requests: [] };
  page.on('pageerror', (error) => found.complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && found.complaints.push(message.text()));
  context.on('request', (request) => found.requests.push(new URL(request.url())));
  await page.exposeFunction('violated', (violation: string) => found.violations.push(violation));
  await page.exposeFunction('tellTest', (event: Told) => found.told.push(event));
  await page.exposeFunction(
    'mint',
    async () => (await post<{ token: string }>(`${demo.url}/api/token`, { visit: id })).token,
  );
  await page.addInitScript(listen);
  const body = `<!doctype html><html lang="es"><title>Host</title>${head ?? scriptTag(demo)}<tu-esign locale="es-MX"></tu-esign>`;
  const headers = { 'content-type': 'text/html', ...(policy && { 'content-security-policy': policy }) };
  await page.route(`${demo.url}/host-page`, (route) => route.fulfill({ body, headers }));
  if (alter) await page.route((url) => url.pathname.includes(alter), addLine);
  await page.goto(`${demo.url}/host-page`);
  await page.evaluate(() => {
    const { mint } = window as unknown as Told['payload'] & { mint: () => Promise<string> };
    document.querySelector('tu-esign')!.getToken = mint;
  });
  return found;
};

const addLine = async (route: Route): Promise<void> => {
  const response = await route.fetch();
  await route.fulfill({ response, body: `${await response.text()}\n` });
};

/** Runs in the page, before anything else. */
const listen = () => {
  const host = window as unknown as {
    violated: (violation: string) => void;
    tellTest: (told: Told) => void;
    before: string[];
  };
  host.before = Object.getOwnPropertyNames(window);
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
    host.violated(`${effectiveDirective}: ${blockedURI}`),
  );
  for (const type of ['tu-esign-ready', 'tu-esign-progress', 'tu-esign-signed', 'tu-esign-error'])
    document.addEventListener(type, (event) =>
      host.tellTest({ type, payload: Object.fromEntries(Object.entries(event)) }),
    );
};
