/** How many cases each part of the fuzzing runs in full. What is cheap to ask is asked most. */
const full = {
  'links: altered queries': 25_000,
  'tokens: altered bytes': 12_000,
  'tokens: altered headers': 8_000,
  'tokens: altered claims': 5_000,
  'bodies: strokes': 6_000,
  'bodies: consent and decline': 14_000,
  'bodies: policy, and how an autograph was made': 6_000,
  'autographs: altered bytes': 8_000,
  'autographs: odd chunks': 8_000,
  'time-stamps: altered bytes': 5_000,
  'encodings: DER': 12_000,
  'encodings: PEM': 6_000,
  'documents: altered bytes': 250,
  'documents: altered tokens': 600,
  'documents: odd structures': 1_000,
  'documents: signed, and read by qpdf': 60,
  'posts: odd multipart': 1_000,
  'addresses: any route': 6_000,
} as const;

export type Part = keyof typeof full;

export const parts = Object.keys(full) as Part[];

const asked = process.env['TU_ESIGN_FUZZ'] ?? 'part';

/** Whether only a part of it runs: what every change has to pass. */
export const isPart = asked === 'part';

const times: Record<string, number> = { part: 0.02, full: 1, long: 10 };

/** How many cases of a part run now, or would in another extent. */
export const casesOf = (part: Part, extent = asked): number => Math.ceil(full[part] * times[extent]!);
