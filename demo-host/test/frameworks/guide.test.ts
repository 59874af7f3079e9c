import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

const read = (path: string) => readFile(new URL(`../../../${path}`, import.meta.url), 'utf8');

test.each(['react/src/contract.tsx', 'vue/src/contract.vue', 'angular/src/contract.ts'])(
  'what the guide shows is what the page is made of: %s',
  async (file) => {
    const language = file.slice(file.lastIndexOf('.') + 1);
    const source = await read(`demo-host/frameworks/${file}`);
    expect(await read('docs/guides/frameworks.md')).toContain(`\`\`\`${language}\n${source}\`\`\`\n`);
  },
);
