import { format } from 'oxfmt';
import formatting from '../../.oxfmtrc.json' with { type: 'json' };
import type { Api } from './manifest.ts';
import { cssPropertyTable, eventTable, partTable, propertyTable } from './tables.ts';

/** The text of API.md. */
export const apiPage = (api: Api): Promise<string> =>
  tidy(
    'API.md',
    `# \`<${api.tag}>\`

${api.description}

<!-- Generated from custom-elements.json by npm run generate. -->

## Properties and attributes

${propertyTable(api)}

## Events

All bubble, leave the shadow root, and are typed: \`import type { ${api.events[0]!.type} } from '${api.tag}'\`.

${eventTable(api)}

## Parts

For \`${api.tag}::part(…)\`.

${partTable(api)}

## Custom properties

${cssPropertyTable(api)}
`,
  );

/** README.md with the element's tables made anew. */
export const renewReadme = (readme: string, api: Api): Promise<string> => {
  const [start, end] = ['<!-- generated: element -->', '<!-- end of element -->'];
  const [from, to] = [readme.indexOf(start) + start.length, readme.indexOf(end)];
  if (from < start.length || to < from) throw new Error('README.md has no place for the element');
  const tables = `${propertyTable(api)}\n\n${eventTable(api)}`;
  return tidy('README.md', `${readme.slice(0, from)}\n\n${tables}\n\n${readme.slice(to)}`);
};

const tidy = async (name: string, text: string): Promise<string> => (await format(name, text, formatting)).code;
