import { defineConfig } from 'oxlint';

/**
 * Which rooms of the service a room may import, besides its own. Imports run one way: see the map of rooms
 * in README.md. service/test/boundaries.test.ts plants each forbidden import and expects the refusal.
 */
const rooms: Record<string, string[]> = {
  http: ['hosts', 'signing', 'autograph', 'storage'],
  hosts: ['tu-identidad', 'signing'],
  signing: [],
  autograph: ['signing'],
  jobs: ['signing', 'providers', 'conservation', 'storage', 'notification'],
  providers: ['tu-identidad', 'pades', 'authority', 'signing'],
  pades: ['asn1', 'signing'],
  authority: ['asn1', 'signing'],
  asn1: [],
  conservation: ['tu-identidad', 'authority', 'asn1', 'signing'],
  'tu-identidad': ['signing'],
  storage: ['signing'],
  notification: ['signing'],
  operator: ['pades', 'conservation', 'authority', 'asn1', 'signing'],
};

/** The same for the element's rooms; what lies beside them (the shell, events, the kit) is everybody's. */
const elementRooms: Record<string, string[]> = {
  autograph: [],
  visit: [],
  words: ['autograph'],
  document: ['visit', 'words'],
  companion: ['document'],
  panel: ['autograph', 'companion', 'visit', 'words'],
};

const refuse = (...patterns: { regex: string; message: string }[]) => ({
  'no-restricted-imports': ['error', { patterns }] as const,
});

// oxlint's regular expressions have no look-around, so what is forbidden is spelled out.
const room = (name: string, mayImport: string[]) => {
  const closed = Object.keys(rooms).filter((other) => other !== name && !mayImport.includes(other));
  return {
    files: [`service/src/${name}/**/*.ts`],
    rules: refuse(
      {
        // Tests beside the file may reach the fixtures and fake servers of service/test.
        regex: '^\\.\\./(?:[^.]|\\.\\./(?:[^t]|t[^e]))',
        message: 'A relative import stays in its room; spell #room/file.ts.',
      },
      {
        regex: `^#(?:(?:${closed.join('|')})/|main\\.ts$|config\\.ts$)`,
        message: `${name} may import ${mayImport.join(', ') || 'no other room'}.`,
      },
      { regex: '^(?:tu-esign|@tu-esign/demo-host)(?:/|$)', message: 'The service knows no front end.' },
    ),
  };
};

const elementPatterns = [
  { regex: '^#|^(?:\\.\\./)+(?:service|demo-host)/', message: 'The element reaches the service by HTTP.' },
  { regex: '^zod(?:/|$)|^@tu-esign/(?:[^c]|.+/)', message: 'The element imports types of the contract only.' },
];

const elementRoom = (name: string, mayImport: string[]) => {
  const closed = Object.keys(elementRooms).filter((other) => other !== name && !mayImport.includes(other));
  const message = `${name} may import ${mayImport.join(', ') || 'no other room'}.`;
  return {
    files: [`widget/src/${name}/**/*.ts`],
    rules: refuse(...elementPatterns, { regex: `^\\.\\./(?:${closed.join('|')})/`, message }),
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
    {
      files: ['service/contract/*.ts'],
      rules: refuse({ regex: '^(?:[^z.]|z[^o]|\\.\\./)', message: 'The contract imports zod only.' }),
    },
    { files: ['widget/src/**/*.ts'], rules: refuse(...elementPatterns) },
    ...Object.entries(elementRooms).map(([name, mayImport]) => elementRoom(name, mayImport)),
    {
      files: ['demo-host/src/**/*.ts'],
      rules: refuse({
        regex: '^#|^@tu-esign/|^(?:\\.\\./)+(?:service|widget)/',
        message: 'The demo host knows the element’s package and HTTP, nothing else.',
      }),
    },
    {
      files: ['service/src/*.ts'],
      rules: refuse({ regex: '^\\.\\./sandbox/', message: 'The sandbox is for development: no service holds it.' }),
    },
    { files: ['*.config.ts', '**/*.config.ts'], rules: { 'import/no-default-export': 'off' } },
    { files: ['**/bench/**', 'demo-host/src/start.ts', '**/scripts/**'], rules: { 'no-console': 'off' } },
  ],
});
