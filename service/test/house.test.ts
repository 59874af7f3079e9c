import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { findCircles } from '../scripts/house/circles.ts';
import { drawMap } from '../scripts/house/draw.ts';
import { readImports } from '../scripts/house/imports.ts';
import { floorsOf, roomGraph, sizes } from '../scripts/house/rooms.ts';
import { subjects } from '../scripts/house/subjects.ts';
import { createFolder } from './tools.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const imports = readImports(root);
const rooms = roomGraph(imports);

/** About fourteen files make a room; where there are more, it is parted by subject. */
const mostInRoom = 15;
/** Beside the rooms lies what every one of them may know. */
const mostBeside = 5;

test('all code is looked at', () => {
  expect(imports.size).toBeGreaterThan(400);
  expect(imports.get('service/src/main.ts')).toEqual(['service/src/command/running/run-service.ts']);
});

test('no file imports itself in a circle, types included', () => {
  expect(findCircles(imports)).toEqual([]);
});

test('no rooms import each other in a circle', () => {
  expect(findCircles(rooms)).toEqual([]);
});

test('no room is crowded, and little lies beside the rooms', () => {
  const houses = new Set(['service/src', 'widget/src']);
  const crowded = [...sizes(imports)].filter(([folder, files]) =>
    houses.has(folder) ? files > mostBeside : files > mostInRoom,
  );
  expect(crowded).toEqual([]);
});

test('each room has a subject, and each subject a room', () => {
  const named = Object.keys(subjects).sort();
  expect([...rooms.keys()].filter((room) => !room.startsWith('demo-host/')).sort()).toEqual(named);
});

test('the map in docs/house.svg is drawn from the imports', () => {
  expect(readFileSync(join(root, 'docs/house.svg'), 'utf8')).toBe(drawMap(rooms));
});

const plant = (files: Record<string, string>): string => {
  const { path: folder, remove } = createFolder();
  onTestFinished(remove);
  for (const house of ['service/verifier', 'service/contract', 'widget/src', 'demo-host'])
    mkdirSync(join(folder, house), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
};

test('a circle of types alone is found, over three files and by every way to spell an import', () => {
  const planted = plant({
    'service/src/jobs/one.ts': "import type { Two } from '#records/two.ts';",
    'service/src/records/two.ts': "import { type Three } from './three.ts';",
    'service/src/records/three.ts': "export const three = () => import('../jobs/one.ts');",
    'service/src/records/apart.ts': "import { two } from './two.ts';",
  });
  const circle = ['service/src/jobs/one.ts', 'service/src/records/three.ts', 'service/src/records/two.ts'];
  expect(findCircles(readImports(planted))).toEqual([circle]);
  expect(findCircles(roomGraph(readImports(planted)))).toEqual([['service/src/jobs', 'service/src/records']]);
});

test('a room lies on the floor above the highest it imports', () => {
  const planted = plant({
    'service/src/http/one.ts': "import '#signing/two.ts';\nimport '@tu-esign/verifier/pdf/three.ts';",
    'service/src/signing/two.ts': "import '@tu-esign/verifier/pdf/three.ts';",
    'service/verifier/pdf/three.ts': '',
  });
  expect(Object.fromEntries(floorsOf(roomGraph(readImports(planted))))).toEqual({
    'service/verifier/pdf': 0,
    'service/src/signing': 1,
    'service/src/http': 2,
  });
});
