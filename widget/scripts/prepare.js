/**
 * npm's prepare. Whoever installs without what development needs (`npm ci --omit=dev`) means to run the service, and cannot
 * build later: so the element is built now. Everybody else builds with `npm run build`. Plain JavaScript, since it runs in
 * whatever Node there is where the project's own could not be installed.
 */
const omitted = (process.env.npm_config_omit ?? '').split(/\s+/);

if (omitted.includes('dev') || process.env.NODE_ENV === 'production') {
  process.chdir(new URL('..', import.meta.url).pathname);
  const { buildCdn } = await import('./build-cdn.ts');
  await buildCdn();
}
