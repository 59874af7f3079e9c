/** What the service measures: names, labels and words, for Prometheus and for docs/reference/metrics.md. */
export const described = {
  signings: {
    kind: 'gauge',
    name: 'tu_esign_signings',
    help: 'Signings that are not finished, by status; one in review waits for a person',
    labelNames: ['status'],
  },
  age: {
    kind: 'gauge',
    name: 'tu_esign_oldest_unfinished_seconds',
    help: 'Age of the oldest signing that is not finished',
    labelNames: [],
  },
  due: {
    kind: 'gauge',
    name: 'tu_esign_due',
    help: 'Signings and deliveries that a worker could take now',
    labelNames: ['queue'],
  },
  disk: {
    kind: 'gauge',
    name: 'tu_esign_disk_free_bytes',
    help: 'Room on the disk of records and files, where they are on one of this machine',
    labelNames: [],
  },
  answer: {
    kind: 'gauge',
    name: 'tu_esign_records_up',
    help: 'Whether the records answered the scrape: 1, or 0',
    labelNames: [],
  },
  damaged: {
    kind: 'counter',
    name: 'tu_esign_damaged_files_total',
    help: 'Files that were asked for and are missing or altered',
    labelNames: ['found'],
  },
  steps: {
    kind: 'histogram',
    name: 'tu_esign_step_seconds',
    help: 'Steps of signings, by the status they start from and how they ended (done, failed)',
    labelNames: ['step', 'outcome'],
  },
  calls: {
    kind: 'counter',
    name: 'tu_esign_provider_calls_total',
    help: 'Calls to providers to sign, by what they told: signed, refused, not-signed, or unknown, where the answer is lost',
    labelNames: ['provider', 'outcome'],
  },
  requests: {
    kind: 'histogram',
    name: 'tu_esign_http_request_seconds',
    help: 'Requests, by the pattern of their address, from their headers to the answer',
    labelNames: ['method', 'route', 'status'],
  },
} as const;
