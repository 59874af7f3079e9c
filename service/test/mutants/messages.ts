import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

/** What of a node of Babel's is looked at. */
interface Place {
  type: string;
  parent?: { type: string; callee?: { name?: string } };
}

const isText = ({ type }: { type: string }): boolean => type === 'StringLiteral' || type === 'TemplateLiteral';

/** What an error says is for people: tests hold the code to which error it is, and may change its words. */
const ignorer = {
  shouldIgnore: ({ node, parent }: { node: Place; parent?: Place['parent'] }): string | undefined =>
    isText(node) && parent?.type === 'NewExpression' && /(?:Error|Fault)$/.test(parent.callee?.name ?? '')
      ? 'The words of an error'
      : undefined,
};

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, 'messages', ignorer)];
