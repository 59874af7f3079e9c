import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { operatorRoutes, routes } from './routes.ts';

type Members = Record<string, unknown>;
interface Operation {
  operationId: string;
  parameters?: { in: string; name: string; schema: Members }[];
  responses: Record<string, { headers?: Members; content?: Members }>;
  requestBody?: { content: Record<string, { encoding?: Record<string, Members> }> };
}

const read = (path: string): Members => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as Members;
const document = read('../../contract/openapi.json');
const schemas = (document['components'] as { schemas: Record<string, Members> }).schemas;
const operations = Object.values(document['paths'] as Record<string, Record<string, Operation>>).flatMap((path) =>
  Object.values(path),
);
const find = (id: string): Operation => operations.find(({ operationId }) => operationId === id)!;

/** Every object within a schema, references followed. */
const objectsIn = (schema: unknown, seen = new Set<unknown>()): Members[] => {
  if (typeof schema !== 'object' || schema === null || seen.has(schema)) return [];
  seen.add(schema);
  const { $ref } = schema as { $ref?: string };
  const inner = $ref ? [schemas[$ref.split('/').at(-1)!]] : Object.values(schema);
  return [schema as Members, ...inner.flatMap((one) => objectsIn(one, seen))];
};

test('the version is the package’s', () => {
  const { version } = read('../../package.json');
  expect(document['info']).toMatchObject({ version });
});

test('every operation has a name of its own', () => {
  const names = [...Object.keys(routes), ...Object.keys(operatorRoutes)].sort();
  expect(operations.map(({ operationId }) => operationId).sort()).toEqual(names);
});

test('what is answered and told is open, and what is sent is closed', () => {
  const told = [...operations.map(({ responses }) => responses), document['webhooks']];
  expect(told.flatMap((one) => objectsIn(one)).filter((one) => one['additionalProperties'] === false)).toEqual([]);
  for (const id of ['postWithdrawal', 'postErasure', 'postDecline', 'postSigning']) {
    const closed = objectsIn(find(id).requestBody).filter((one) => one['additionalProperties'] === false);
    expect(closed.length).toBeGreaterThan(0);
  }
});

test('enumerations say that they grow', () => {
  for (const name of ['SigningStatus', 'NotificationType', 'SequenceState', 'EndReason'])
    expect(schemas[name]!['description']).toContain('More values may come.');
});

test('parameters of addresses have a type', () => {
  const inPath = (id: string) => find(id).parameters!.find((one) => one.in === 'path')!.schema;
  expect(inPath('putDocument')).toEqual({ $ref: '#/components/schemas/Digest' });
  expect(inPath('getSigning')).toMatchObject({ type: 'string', format: 'uuid' });
  const file = find('getFile').parameters!.find(({ name }) => name === 'file')!.schema;
  expect(file).toEqual({ $ref: '#/components/schemas/FileName' });
});

test('Location and Retry-After are told where they come', () => {
  for (const status of ['200', '202'])
    expect(find('postSigning').responses[status]!.headers).toHaveProperty('location');
  for (const status of ['200', '201'])
    expect(find('putDocument').responses[status]!.headers).toHaveProperty('location');
  expect(find('postErasure').responses['202']!.headers).toHaveProperty('location');
  const unlimited = operations.filter(({ responses }) => !responses['429']).map(({ operationId }) => operationId);
  expect(unlimited.sort()).toEqual(['getLive', 'getReady']);
  for (const status of ['429', '503'])
    expect(find('postSigning').responses[status]!.headers).toHaveProperty('retry-after');
});

test('objects in forms are JSON', () => {
  const { encoding } = find('postSigning').requestBody!.content['multipart/form-data']!;
  const json = { contentType: 'application/json' };
  const objects = ['strokes', 'making', 'initialsStrokes', 'initialsMaking', 'consent', 'viewed'];
  expect(encoding).toEqual(Object.fromEntries(objects.map((name) => [name, json])));
});
