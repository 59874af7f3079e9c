import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { secretVariables, settingVariables } from '#composition/settings/settings.ts';

/** Dockerfile, compose files and unit name what there is. */

const folder = fileURLToPath(new URL('../../deploy', import.meta.url));
const read = (name: string): string => readFileSync(join(folder, name), 'utf8').replaceAll(/^ *#.*$/gm, '');
const composed = ['compose.yaml', 'compose.scaled.yaml'];

/** Of the proxy before the service, not of the service. */
const others = ['TU_ESIGN_SITE', 'TU_ESIGN_INSTANCES'];

test.each([...composed, 'Dockerfile', 'tu-esign.service', 'scaled/Caddyfile'])(
  '%s names settings that there are',
  (name) => {
    const known = new Set([...settingVariables, ...secretVariables.map((one) => `${one}_FILE`), ...others]);
    const named = read(name).match(/TU_ESIGN_\w+/g) ?? [];
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((one) => !known.has(one))).toEqual([]);
  },
);

test.each(composed)('%s mounts files that there are, or that its beginning makes', (name) => {
  const mounted = Array.from(read(name).matchAll(/(\.\/[\w./-]+)(?=[:\s}])/g), ([, path]) => path!);
  const made = new Set(['./tu-esign', './secrets']);
  const missing = mounted.filter((path) => !made.has(dirname(path)) && !made.has(path));
  expect(mounted.length).toBeGreaterThan(0);
  expect(missing.filter((path) => !existsSync(join(folder, path)))).toEqual([]);
});

test.each(composed)('each secret, volume and network of %s is declared', (name) => {
  const [services, declared] = read(name).split(/^(?=networks:|secrets:)/m, 2) as [string, string];
  const rest = read(name).slice(services.length);
  expect(declared).toBeDefined();
  const lists = Array.from(services.matchAll(/^ +(?:secrets|networks): \[(.+)\]$/gm), ([, names]) =>
    names!.split(', '),
  );
  const volumes = Array.from(services.matchAll(/(?:- |\[')([a-z]+):\//g), ([, volume]) => volume!);
  const undeclared = [...lists.flat(), ...volumes].filter((one) => !new RegExp(`^  ${one}:`, 'm').test(rest));
  expect(undeclared).toEqual([]);
});
