import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readApi } from './manifest.ts';
import { wrapForAngular } from './wrappers/angular.ts';
import { wrapForJsx } from './wrappers/jsx.ts';
import { wrapForReact } from './wrappers/react.ts';
import { wrapForVue } from './wrappers/vue.ts';
import type { Wrap } from './wrappers/wrapper.ts';

const wrappers: Record<string, Wrap> = {
  react: wrapForReact,
  jsx: wrapForJsx,
  vue: wrapForVue,
  angular: wrapForAngular,
};

/** Writes a module for each framework, from what custom-elements.json says of the element. */
export async function writeWrappers(dist: string): Promise<void> {
  const api = await readApi();
  for (const [name, wrap] of Object.entries(wrappers)) {
    const { js, types } = wrap(api);
    await writeFile(join(dist, `${name}.js`), js);
    await writeFile(join(dist, `${name}.d.ts`), types);
  }
}
