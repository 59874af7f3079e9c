import type { Api } from './manifest.ts';

/** A table in Markdown; what would end a cell is escaped. */
const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(escape).join(' | ')} |`).join('\n');

const escape = (cell: string): string => cell.replaceAll('|', String.raw`\|`);

const code = (text: string): string => `\`${text}\``;

export const propertyTable = ({ properties }: Api): string =>
  table(
    ['property', 'attribute', 'type', 'meaning'],
    properties.map(({ name, attribute, type, description }) => [
      code(name),
      attribute ? code(attribute) : 'none',
      code(type),
      description,
    ]),
  );

export const eventTable = ({ events }: Api): string =>
  table(
    ['event', 'class', 'carries', 'when'],
    events.map(({ name, type, carries, description }) => [
      code(name),
      code(type),
      carries.map(code).join(', '),
      description,
    ]),
  );

export const partTable = ({ parts }: Api): string =>
  table(
    ['part', 'what it is'],
    parts.map(({ name, description }) => [code(name), description]),
  );

export const cssPropertyTable = ({ cssProperties }: Api): string =>
  table(
    ['custom property', 'meaning'],
    cssProperties.map(({ name, description }) => [code(name), description]),
  );
