/** What is JSON. */
type Json = unknown;
type Members = Record<string, Json>;

const isMembers = (value: Json): value is Members => typeof value === 'object' && value !== null;

const prefix = '#/components/schemas/';

/** Names of the schemas that a part of the document refers to, and of those that these refer to. */
const namesIn = (part: Json, schemas: Members, found = new Set<string>()): Set<string> => {
  if (!isMembers(part)) return found;
  const { $ref } = part;
  if (typeof $ref === 'string' && $ref.startsWith(prefix) && !found.has($ref.slice(prefix.length))) {
    found.add($ref.slice(prefix.length));
    namesIn(schemas[$ref.slice(prefix.length)], schemas, found);
  }
  for (const inner of Object.values(part)) namesIn(inner, schemas, found);
  return found;
};

const grows = 'More values may come.';

/** Allows members that are not known yet, and says of enumerations that they grow. */
const open = (schema: Json): void => {
  if (!isMembers(schema)) return;
  if (schema['additionalProperties'] === false) delete schema['additionalProperties'];
  if (Array.isArray(schema['enum'])) schema['description'] = [schema['description'], grows].filter(Boolean).join(' ');
  for (const inner of Object.values(schema)) open(inner);
};

/**
 * Opens what the service says, so that clients which validate by this description let a later release say more. What it is
 * sent stays closed; what is part of both is as it is sent.
 */
export const openResponses = (document: object): object => {
  const { paths, webhooks, components } = document as { paths: Members; webhooks: Members; components: Members };
  const schemas = components['schemas'] as Members;
  const operations = Object.values(paths).flatMap((path) => Object.values(path as Members)) as Members[];
  const bodies = operations.map(({ requestBody }) => requestBody);
  const sent = namesIn(bodies, schemas);
  for (const { responses } of operations) open(responses);
  open(webhooks);
  for (const [name, schema] of Object.entries(schemas)) if (!sent.has(name)) open(schema);
  return document;
};
