import { normalisableFindings, problems, type DocumentFindingName } from '@tu-esign/contract';
import { format } from 'oxfmt';
import { z } from 'zod';
import { descriptionOf, Settings, variableOf, type SettingName } from '#composition/settings/settings.ts';
import { kinds } from '#intake/kinds.ts';
import { createOpenapi } from '../src/http/openapi.ts';
import { claimTables } from './claims-reference.ts';
import { metricTable } from './metrics-reference.ts';
import { notificationTables } from './notifications-reference.ts';
import { row } from './schema-words.ts';
import service from '../package.json' with { type: 'json' };
import formatting from '../../.oxfmtrc.json' with { type: 'json' };

/** The text of openapi.json. */
export const openapiText = (): string => `${JSON.stringify(createOpenapi(service.version), undefined, 2)}\n`;

/** Pages in docs/reference that hold generated tables, between words that are written by hand. */
export const pagesWithTable = ['configuration', 'problems', 'findings', 'tokens', 'metrics', 'notifications'] as const;

/** Such a page with its table made anew, formatted as the formatter does. */
export const renewPage = async (name: (typeof pagesWithTable)[number], page: string): Promise<string> => {
  return (await format(`${name}.md`, renewTable(page, name, tables[name]()), formatting)).code;
};

const renewTable = (text: string, name: string, table: string): string => {
  const [start, end] = [`<!-- generated: ${name} -->`, `<!-- end of ${name} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/reference/${name}.md has no place for its table`);
  return `${text.slice(0, from + start.length)}\n\n${table}\n\n${text.slice(to)}`;
};

const configurationTable = (): string =>
  [
    row('variable', 'default', 'meaning'),
    row('---', '---', '---'),
    ...(Object.keys(Settings.shape) as SettingName[]).map((name) =>
      row(`\`${variableOf(name)}\``, defaultOf(Settings.shape[name]), descriptionOf(name)),
    ),
  ].join('\n');

const defaultOf = (schema: z.ZodType): string => {
  if (!schema.safeParse(undefined).success) return 'required';
  // As it would be written in the environment, not as the service reads it.
  const hasDefault = schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault;
  const written: unknown = hasDefault ? schema.def.defaultValue : '';
  // The only default that depends on where the checkout lies.
  const shown = JSON.stringify(written)
    .replaceAll('"', '')
    .replace(/^.*(?=\/widget\/)/, '.');
  return shown && `\`${shown}\``;
};

const problemTable = (): string =>
  [
    row('type (`urn:tu-esign:problem:…`)', 'status', 'meaning', 'try again'),
    row('---', '---', '---', '---'),
    ...Object.entries(problems).map(([type, { status, title, retryable }]) =>
      row(`\`${type}\``, String(status), title, retryable ? 'yes' : 'no'),
    ),
  ].join('\n');

const findingTable = (): string =>
  [
    row('finding', 'by default', 'what it is'),
    row('---', '---', '---'),
    ...Object.entries(kinds).map(([name, { handling, meaning }]) =>
      row(
        `\`${name}\``,
        handling !== 'normalise' && normalisableFindings.has(name as DocumentFindingName)
          ? `${handling}, can be normalised`
          : handling,
        meaning,
      ),
    ),
  ].join('\n');

const tables: Record<(typeof pagesWithTable)[number], () => string> = {
  configuration: configurationTable,
  problems: problemTable,
  findings: findingTable,
  tokens: claimTables,
  metrics: metricTable,
  notifications: notificationTables,
};
