import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);
const readStyles = (specifier: string): Promise<string> => readFile(resolve(specifier), 'utf8');

/** Style sheets of pages the element has to be at home in. They are for development: loaded when asked for. */
const resets: Record<string, () => Promise<string>> = {
  bootstrap: () => readStyles('bootstrap/dist/css/bootstrap.min.css'),
  tailwind: async () => {
    const { compile } = await import('tailwindcss');
    const content = await readStyles('tailwindcss/index.css');
    const loadStylesheet = async (id: string, base: string) => ({ path: id, base, content });
    return (await compile('@import "tailwindcss";', { loadStylesheet })).build([]);
  },
  // A page whose text is like none other.
  odd: () => readFile(new URL('odd.css', import.meta.url), 'utf8'),
};

const address = /^\/gallery\/in\/(\w+)\.css$/;

/** The style sheet at an address of the gallery, if there is one. */
export const findReset = async (path: string): Promise<string | undefined> => {
  const name = address.exec(path)?.[1];
  return name && Object.hasOwn(resets, name) ? resets[name]!() : undefined;
};
