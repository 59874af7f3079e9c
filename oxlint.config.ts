import { defineConfig } from 'oxlint';

/**
 * Which rooms of the service a room may import, besides its own, `telemetry` and `network`. Imports run one way, from
 * the first to the last: see the map of rooms in docs/contribute/house.md. service/test/boundaries.test.ts plants each forbidden
 * import and expects the refusal.
 */
const rooms: Record<string, string[]> = {
  // `tu-esign sandbox` loads it when it is called; no service holds it.
  command: ['sandbox', 'composition', 'hosts', 'pades', 'intake', 'conservation', 'authority', 'signing', 'verifier'],
  composition: [
    ...['http', 'hosts', 'signing', 'autograph', 'jobs', 'scheduling', 'providers', 'pades', 'authority'],
    ...['conservation', 'tu-identidad', 'records', 'files', 'keys', 'notification', 'verifier'],
  ],
  http: ['hosts', 'signing', 'autograph', 'records', 'files'],
  jobs: ['scheduling', 'signing', 'providers', 'conservation', 'records', 'files', 'notification', 'verifier'],
  scheduling: ['records'],
  providers: ['tu-identidad', 'pades', 'authority', 'signing', 'verifier'],
  pades: ['intake', 'appearance', 'page', 'writing', 'asn1', 'signing', 'verifier'],
  intake: ['appearance', 'page', 'writing', 'signing', 'verifier'],
  appearance: ['page', 'writing', 'signing', 'verifier'],
  page: ['verifier'],
  writing: ['verifier'],
  conservation: ['tu-identidad', 'authority', 'asn1', 'signing', 'verifier'],
  authority: ['asn1', 'keys', 'signing', 'verifier'],
  asn1: ['verifier'],
  hosts: ['tu-identidad', 'signing'],
  'tu-identidad': ['signing'],
  notification: ['signing'],
  autograph: ['signing'],
  keys: ['asn1', 'records', 'files'],
  records: ['signing', 'verifier'],
  files: ['signing'],
  signing: ['verifier'],
  telemetry: [],
  network: [],
};

/** What any room may import. */
const open = ['telemetry', 'network'];

/** The verifier's rooms: they know nobody outside. */
const verifierRooms: Record<string, string[]> = {
  verdicts: ['changes', 'long-term', 'pdf', 'cms', 'certificates', 'asn1', 'ports'],
  evidence: ['certificates', 'asn1', 'ports'],
  'long-term': ['pdf', 'certificates', 'asn1', 'ports'],
  changes: ['pdf', 'ports'],
  pdf: ['ports'],
  cms: ['certificates', 'asn1', 'ports'],
  certificates: ['asn1', 'ports'],
  ports: ['asn1'],
  asn1: [],
};

/** The same for the element's rooms; `define.ts` and `index.ts` lie beside them. */
const elementRooms: Record<string, string[]> = {
  element: ['panel', 'companion', 'document', 'autograph', 'view', 'visit', 'words', 'host'],
  panel: ['companion', 'autograph', 'view', 'visit', 'words', 'host'],
  companion: ['document', 'view', 'visit'],
  document: ['view', 'visit', 'words', 'host'],
  autograph: ['view', 'words', 'host'],
  view: ['visit', 'words', 'host'],
  visit: ['host'],
  words: ['host'],
  host: [],
};

const refuse = (...patterns: { regex: string; message: string }[]) => ({
  'no-restricted-imports': ['error', { patterns }] as const,
});

// oxlint's regular expressions have no look-around, so what is forbidden is spelled out.
const spelled = {
  // Tests beside the file may reach the fixtures and small servers of service/test.
  regex: '^\\.\\./(?:[^.]|(?:\\.\\./)+(?:[^t.]|t[^e]))',
  message: 'A relative import stays in its room; spell #room/file.ts.',
};

const room = (name: string, mayImport: string[]) => {
  const closed = [...Object.keys(rooms), 'sandbox'].filter((other) => ![name, ...open, ...mayImport].includes(other));
  const message = `${name} may import ${[...mayImport, ...open].join(', ')}.`;
  return {
    files: [`service/src/${name}/**/*.ts`],
    rules: refuse(
      spelled,
      { regex: `^#(?:(?:${closed.join('|')})/|main\\.ts$)`, message },
      ...(mayImport.includes('verifier') ? [] : [{ regex: '^@tu-esign/verifier/', message }]),
      { regex: '^(?:tu-esign|@tu-esign/demo-host)(?:/|$)', message: 'The service knows no front end.' },
    ),
  };
};

const verifierRoom = (name: string, mayImport: string[]) => {
  const closed = Object.keys(verifierRooms).filter((other) => other !== name && !mayImport.includes(other));
  return {
    files: [`service/verifier/${name}/**/*.ts`],
    rules: refuse(
      spelled,
      {
        regex: `^#(?:${closed.join('|') || '$'})/`,
        message: `${name} may import ${mayImport.join(', ') || 'no other room'}.`,
      },
      { regex: '^@tu-esign/(?:[^c]|.+/)', message: 'The verifier knows the contract’s types and nobody else.' },
    ),
  };
};

/** What only Node has: the verifier runs in browsers as well, and asks its ports. */
const nodeGlobals = ['Buffer', 'process', 'global', 'setImmediate'].map((name) => ({
  name,
  message: 'The verifier runs in browsers as well: what only Node has is asked of the ports.',
}));

const elementPatterns = [
  { regex: '^#|^(?:\\.\\./)+(?:service|demo-host)/', message: 'The element reaches the service by HTTP.' },
  { regex: '^zod(?:/|$)|^@tu-esign/(?:[^c]|.+/)', message: 'The element imports types of the contract only.' },
];

const elementRoom = (name: string, mayImport: string[]) => {
  const closed = Object.keys(elementRooms).filter((other) => other !== name && !mayImport.includes(other));
  const message = `${name} may import ${mayImport.join(', ') || 'no other room'}.`;
  return {
    files: [`widget/src/${name}/**/*.ts`],
    rules: refuse(...elementPatterns, { regex: `^(?:\\.\\./)+(?:${closed.join('|')})/`, message }),
  };
};

export default defineConfig({
  plugins: ['typescript', 'unicorn', 'oxc', 'import'],
  categories: { correctness: 'error', suspicious: 'error', perf: 'error' },
  rules: {
    'no-console': 'error',
    'import/no-cycle': 'error',
    'import/no-default-export': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/consistent-type-imports': 'error',
    'typescript/no-unsafe-type-assertion': 'off',
    'typescript/no-non-null-assertion': 'off',
    'no-await-in-loop': 'off',
    'no-underscore-dangle': 'off',
    'no-shadow': 'off',
    'import/no-unassigned-import': 'off',
    'unicorn/no-array-sort': 'off',
    'unicorn/no-array-reverse': 'off',
    'unicorn/require-module-specifiers': 'off',
  },
  overrides: [
    ...Object.entries(rooms).map(([name, mayImport]) => room(name, mayImport)),
    ...Object.entries(verifierRooms).map(([name, mayImport]) => verifierRoom(name, mayImport)),
    {
      files: ['service/verifier/**/*.ts'],
      rules: { 'import/no-nodejs-modules': 'error', 'no-restricted-globals': ['error', ...nodeGlobals] },
    },
    {
      files: ['service/verifier/ports/node.ts'],
      rules: { 'import/no-nodejs-modules': 'off', 'no-restricted-globals': 'off' },
    },
    {
      files: ['service/contract/*.ts'],
      rules: refuse({ regex: '^(?:[^z.]|z[^o]|\\.\\./)', message: 'The contract imports zod only.' }),
    },
    { files: ['widget/src/**/*.ts'], rules: refuse(...elementPatterns) },
    ...Object.entries(elementRooms).map(([name, mayImport]) => elementRoom(name, mayImport)),
    {
      files: ['demo-host/{backend,page,panel,demo}/**/*.ts'],
      rules: refuse({
        regex: '^#|^@tu-esign/|^(?:\\.\\./)+(?:service|widget)/',
        message: 'The demo host knows the element’s package and HTTP, nothing else.',
      }),
    },
    {
      files: ['service/src/*.ts'],
      rules: refuse({
        regex: '^(?:\\.\\.|#)/?sandbox/',
        message: 'The sandbox is for development: no service holds it.',
      }),
    },
    { files: ['*.config.ts', '**/*.config.ts'], rules: { 'import/no-default-export': 'off' } },
    { files: ['**/bench/**', 'demo-host/demo/start.ts', '**/scripts/**'], rules: { 'no-console': 'off' } },
  ],
});
