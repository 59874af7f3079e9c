/** The part of JSON Schema that the reference pages tell of. */
export interface Schema {
  type?: string;
  description?: string;
  default?: unknown;
  const?: unknown;
  enum?: unknown[];
  $ref?: string;
  $defs?: Record<string, Schema>;
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
}

export const code = (value: unknown): string => {
  if (value === undefined) return '';
  // A list of all there is would be the longest line of the page.
  if (Array.isArray(value) && value.length > 4) return 'all';
  return `\`${JSON.stringify(value)}\``;
};

/** What a value is, in a reader's words. */
export const typeOf = (schema: Schema): string => {
  const { type, anyOf, items, const: only, enum: oneOf } = schema;
  if (only !== undefined) return code(only);
  if (oneOf) return oneOf.map(code).join(', ');
  if (anyOf) return [...new Set(anyOf.map(typeOf))].join(' or ');
  if (type === 'array') return `list of ${items?.enum || items?.const ? typeOf(items) : `${typeOf(items ?? {})}s`}`;
  return (
    {
      string: 'text',
      integer: 'whole number',
      number: 'number',
      boolean: 'true or false',
      object: 'object',
      null: '`null`',
    }[type ?? ''] ?? 'text'
  );
};

export const row = (...cells: string[]): string => `| ${cells.join(' | ')} |`;

export interface Member {
  /** Where it is: `signatory.email`, `findings[].page`. */
  path: string;
  schema: Schema;
  required: boolean;
}

const inner = (schema: Schema): Schema[] => schema.anyOf ?? [schema];

/** Every member of an object and of the objects in it, one by one, whatever is named elsewhere put in its place. */
export const membersOf = (schema: Schema, definitions: Record<string, Schema>, path = ''): Member[] => {
  const resolve = ({ $ref, ...own }: Schema): Schema =>
    $ref ? { ...resolve(definitions[$ref.replace('#/$defs/', '')]!), ...own } : own;
  const members = ({ properties = {}, required = [] }: Schema): Member[] =>
    Object.entries(properties).flatMap(([name, member]) => {
      const own = { path: path + name, schema: resolveAll(member), required: required.includes(name) };
      return [own].concat(within(own.schema, own.path));
    });
  const resolveAll = (member: Schema): Schema => {
    const { anyOf, items, ...rest } = resolve(member);
    return { ...rest, ...(anyOf && { anyOf: anyOf.map(resolveAll) }), ...(items && { items: resolveAll(items) }) };
  };
  const within = (member: Schema, at: string): Member[] => {
    const forms = inner(member);
    const all = forms.flatMap((one) =>
      one.items
        ? inner(one.items).flatMap((item) => membersOf(item, definitions, `${at}[].`))
        : membersOf(one, definitions, `${at}.`),
    );
    // A member that several forms have is told once.
    const once = all.filter((one, index) => all.findIndex((other) => other.path === one.path) === index);
    // What one form needs, another has not.
    return forms.length > 1 ? once.map((one) => ({ ...one, required: false })) : once;
  };
  return members(resolve(schema));
};
