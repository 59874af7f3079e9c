import { format } from 'oxfmt';
import formatting from '../../.oxfmtrc.json' with { type: 'json' };
import type { Api } from './manifest.ts';
import { cssPropertyTable, eventTable, partTable, propertyTable } from './tables.ts';

/** The text of docs/reference/element.md. */
export const apiPage = (api: Api): Promise<string> =>
  tidy(
    'element.md',
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

const tidy = async (name: string, text: string): Promise<string> => (await format(name, text, formatting)).code;
