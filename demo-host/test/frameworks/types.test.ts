import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { pageFolder, runTool } from './tools.ts';

/** A name for a mistake, what is written, and what is written instead. */
type Mistake = [name: string, right: string, wrong: string];

interface Framework {
  page: string;
  file: string;
  compiler: string;
  mistakes: Mistake[];
}

const frameworks: Framework[] = [
  {
    page: 'react',
    file: 'contract.tsx',
    compiler: 'tsc',
    mistakes: [
      ['property', 'serviceUrl={', 'serviceUrls={'],
      ['token', 'getToken={getToken}', 'getToken="a-token"'],
      ['theme', 'locale={locale}', 'theme="blue"'],
      ['event', 'onSigned={', 'onSined={'],
      ['event-of-another-class', 'onSigned={', 'onError={'],
      ['what-an-event-carries', 'signed.identifier', 'signed.identifiers'],
    ],
  },
  {
    page: 'vue',
    file: 'contract.vue',
    compiler: 'vue-tsc',
    mistakes: [
      ['property', ':service-url=', ':service-urls='],
      ['token', ':get-token="getToken"', 'get-token="a-token"'],
      ['theme', ':locale', 'theme="blue"'],
      ['event', '@signed=', '@sined='],
      ['event-of-another-class', '@signed=', '@error='],
      ['what-an-event-carries', 'signed.identifier', 'signed.identifiers'],
    ],
  },
  {
    page: 'angular',
    file: 'contract.ts',
    compiler: 'ngc',
    mistakes: [
      ['property', '[serviceUrl]=', '[serviceUrls]='],
      ['token', '[getToken]="getToken()"', 'getToken="a-token"'],
      ['theme', '[locale]="locale()"', 'theme="blue"'],
      ['event', '(signed)=', '(sined)='],
      ['event-of-another-class', '(signed)=', '(error)='],
      ['what-an-event-carries', 'signed.identifier', 'signed.identifiers'],
    ],
  },
];

/** The bare tag in React's JSX, and what must not be written in it. */
const bareTag = `import 'tu-esign/jsx';
import type { TuEsignSignedEvent } from 'tu-esign';

export const bare = (tell: (event: TuEsignSignedEvent) => void) => (
  <tu-esign service-url="https://sign.example.com" theme="dark" ontu-esign-signed={tell} />
);
`;
const bareMistakes: Mistake[] = [
  ['bare-theme', 'theme="dark"', 'theme="blue"'],
  ['bare-property', 'theme=', 'themes='],
  ['bare-property-that-would-be-lost', 'theme="dark"', 'getToken={async () => ""}'],
  ['bare-event-of-another-class', 'ontu-esign-signed', 'ontu-esign-error'],
];

/** Writes the files beside the page's own, and gives what the page's compiler says of each. */
const compile = async ({ page, compiler }: Framework, files: Map<string, string>): Promise<Map<string, string>> => {
  const planted = await mkdtemp(join(pageFolder(page), 'planted-'));
  onTestFinished(() => rm(planted, { recursive: true }));
  const compilerOptions = { noEmit: true, skipLibCheck: false };
  const settings = { extends: '../tsconfig.json', compilerOptions, include: ['*'] };
  await writeFile(join(planted, 'tsconfig.json'), JSON.stringify(settings));
  for (const [name, text] of files) await writeFile(join(planted, name), text);
  const { said } = await runTool(page, compiler, '-p', `${basename(planted)}/tsconfig.json`);
  const errors = stripVTControlCharacters(said)
    .split('\n')
    .filter((line) => /error (?:TS|NG)/.test(line));
  return new Map(Array.from(files.keys(), (name) => [name, errors.filter((line) => isOf(line, name)).join('\n')]));
};

/** Compilers begin with the file, alone or in its folder, and with a position. */
const isOf = (line: string, name: string): boolean => line.split(/[(:]/, 1)[0]!.split('/').at(-1) === name;

const plant = (text: string, [name, right, wrong]: Mistake): [string, string] => {
  if (!text.includes(right)) throw new Error(`nothing to plant ${name} in`);
  return [name, text.replace(right, wrong)];
};

test.each(frameworks)('pain 10: wrong names do not compile, by $compiler', async (framework) => {
  const { page, file, mistakes } = framework;
  const right = await readFile(join(pageFolder(page), 'src', file), 'utf8');
  const ending = file.slice(file.indexOf('.'));
  const planted = mistakes.map((mistake) => plant(right, mistake));
  if (page === 'react') planted.push(['bare', bareTag], ...bareMistakes.map((mistake) => plant(bareTag, mistake)));
  const files = new Map(
    [['right', right] as [string, string], ...planted].map(([name, text]) => [name + ending, text]),
  );

  const said = await compile(framework, files);
  for (const [name, complaint] of said) {
    if (name === `right${ending}` || name === `bare${ending}`) expect(complaint).toBe('');
    else expect(complaint, name).not.toBe('');
  }
});
