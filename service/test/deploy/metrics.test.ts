import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startRunningService, type RunningService } from '../running-service.ts';

/** The metrics that the dashboard and the alerts ask for are there, and have the labels that they ask by. */

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const read = (name: string): string => readFileSync(pathOf(name), 'utf8');

interface Dashboard {
  panels: { title: string; targets: { expr: string; legendFormat: string }[] }[];
}

const { panels } = JSON.parse(read('../../deploy/scaled/grafana/tu-esign.json')) as Dashboard;
const inDashboard = panels.flatMap(({ title, targets }) =>
  targets.map(({ expr, legendFormat }) => ({ title, expr: `${expr} ${legendFormat}` })),
);
const inAlerts = Array.from(
  read('../../deploy/scaled/alerts.yml').matchAll(/^ +- alert: (.+)\n(?: +#.*\n)*? +expr: (.+)$/gm),
  ([, title, expr]) => ({ title: title!, expr: expr! }),
);

const operatorKey = 'the-operators-key-of-the-tests-alone';
let service: RunningService;
/** By kind, as the service tells of them. */
let kinds: Map<string, string>;
beforeAll(async () => {
  service = await startRunningService({ operatorKey });
  const headers = { authorization: `Bearer ${operatorKey}` };
  const text = await (await fetch(`${service.operatorUrl}/metrics`, { headers })).text();
  kinds = new Map(Array.from(text.matchAll(/^# TYPE (\w+) (\w+)$/gm), ([, name, kind]) => [name!, kind!]));
});
afterAll(() => service.remove());

/** Of each of our own metrics its labels, as the reference has them. */
const reference = new Map(
  Array.from(
    read('../../../docs/reference/metrics.md').matchAll(/^\| `(tu_esign_\w+)` +\| \w+ +\| ([\w, ]*?) *\|/gm),
    (row) => [row[1]!, row[2]!.split(', ').filter(Boolean)],
  ),
);

const metricsOf = (expr: string): string[] => expr.match(/\b(?:tu_esign|process|nodejs)_\w+/g) ?? [];

/** A histogram is asked for by one of three names. */
const baseOf = (name: string): string => {
  const base = name.replace(/_(?:bucket|sum|count)$/, '');
  return kinds.get(base) === 'histogram' ? base : name;
};

/** Those that Prometheus adds, or that a histogram has. */
const added = ['instance', 'job', 'le'];

const labelsOf = (expr: string): string[] => [
  ...Array.from(expr.matchAll(/\bby \(([^)]+)\)/g), ([, names]) => names!.split(', ')).flat(),
  ...Array.from(expr.matchAll(/(\w+)(?:=|!=|=~|!~)"/g), ([, name]) => name!),
  ...Array.from(expr.matchAll(/\{\{(\w+)\}\}/g), ([, name]) => name!),
];

test('there is something to compare', () => {
  expect(inDashboard.length).toBeGreaterThan(10);
  expect(inAlerts.length).toBeGreaterThan(4);
  expect(reference.size).toBeGreaterThan(5);
});

test.each([...inDashboard, ...inAlerts])('what “$title” asks for is there', ({ expr }) => {
  for (const metric of metricsOf(expr).map(baseOf)) {
    expect([...kinds.keys()]).toContain(metric);
    if (!metric.startsWith('tu_esign_')) continue;
    expect([...reference.keys()]).toContain(metric);
    const known = new Set([...reference.get(metric)!, ...added]);
    expect(labelsOf(expr).filter((label) => !known.has(label))).toEqual([]);
  }
});

test('the reference has every metric of ours, and no other', () => {
  const own = [...kinds.keys()].filter((name) => name.startsWith('tu_esign_'));
  expect([...reference.keys()].sort()).toEqual(own.sort());
});
