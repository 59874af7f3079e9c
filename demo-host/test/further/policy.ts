import type { HostPage } from '../walk/host-page.ts';
import type { SharedDemo } from '../walk/shared.ts';
import { consentAndSign, drawWithMouse, words } from '../walk/signatory.ts';
import { waitFor } from '../walk/visit.ts';

/** What a page has to allow, and nothing besides. */
export const policyOf = (
  { service: { url } }: SharedDemo,
  { wasm = " 'wasm-unsafe-eval'", worker = 'blob:' } = {},
): string =>
  [
    "default-src 'none'",
    `script-src ${url}${wasm}`,
    `worker-src ${worker}`,
    `connect-src ${url}`,
    `font-src ${url}`,
    "require-trusted-types-for 'script'",
    'trusted-types lit-html tu-esign',
  ].join('; ');

/** All of a signing, whatever the page's policy is. */
export const signAll = async (host: HostPage): Promise<void> => {
  await waitFor(host, 'tu-esign-ready');
  await drawWithMouse(host.page, words['es-MX']);
  await consentAndSign(host.page, words['es-MX']);
  await waitFor(host, 'tu-esign-signed');
  await host.page.getByRole('heading', { name: words['es-MX'].done }).waitFor();
};
