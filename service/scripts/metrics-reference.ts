import { described } from '#telemetry/described-metrics.ts';
import { row } from './schema-words.ts';

/** Every metric of ours, as it is registered. */
export const metricTable = (): string =>
  [
    row('metric', 'kind', 'labels', 'meaning'),
    row('---', '---', '---', '---'),
    ...Object.values(described).map(({ name, kind, help, labelNames }) =>
      row(`\`${name}\``, kind, labelNames.join(', '), `${help}.`),
    ),
    row('`process_…`, `nodejs_…`', '', '', 'The process, as prom-client tells of it.'),
  ].join('\n');
