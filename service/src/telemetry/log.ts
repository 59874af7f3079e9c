/** What may be written: never names, e-mail, tokens, strokes or bytes. */
export interface LogAttributes {
  /** As the answer names it. */
  request?: string;
  signing?: string;
  delivery?: string;
  host?: string;
  status?: string | number;
  method?: string;
  /** The pattern of the address, not the address. */
  route?: string;
  problem?: string;
  step?: string;
  attempts?: number;
  durationMs?: number;
  address?: string;
  /** Address and port that are listened on, where `address` is the one that others use. */
  bound?: string;
  /** The same of the operator's endpoints. */
  operator?: string;
  folder?: string;
  hosts?: number;
  files?: number;
  movedMs?: number;
  /** What a file was found to be. */
  found?: 'missing' | 'altered';
  error?: Cause;
}

/** An error without its message, which may quote what a person sent. */
interface Cause extends Named {
  frames: string[];
  cause?: Named;
}

interface Named {
  name: string;
  code?: string;
  /** Type of a Problem. */
  problem?: string;
}

export interface Log {
  info(message: string, attributes?: LogAttributes): void;
  error(message: string, attributes?: LogAttributes): void;
}

/**
 * One JSON line an event; messages are static, so that they can be counted. What storage that is full or away, or a wrong
 * clock, makes fail is told once, and not for each request and each try.
 */
export const createLog = (write: (line: string) => void): Log => {
  const isNew = createRepetitions();
  const log =
    (level: string) =>
    (message: string, attributes: LogAttributes = {}) => {
      const repeated = isNew(message, attributes);
      if (repeated === undefined) return;
      const told = repeated > 0 ? { repeated } : {};
      write(JSON.stringify({ at: new Date().toISOString(), level, message, ...attributes, ...told }));
    };
  return { info: log('info'), error: log('error') };
};

/** For how long what was told is not told again, in milliseconds. */
const toldForMs = 600_000;
const lasting = new Set(['storage-unavailable', 'storage-full', 'clock-wrong']);

/** Undefined for what was told a while ago; else how often it was not told since. */
const createRepetitions = () => {
  const told = new Map<string, { at: number; repeated: number }>();
  return (message: string, { problem, error }: LogAttributes): number | undefined => {
    const type = error?.problem ?? error?.cause?.problem ?? problem;
    if (!error || type === undefined || !lasting.has(type)) return 0;
    const key = `${message} ${type}`;
    const before = told.get(key);
    const now = performance.now();
    if (before && now - before.at < toldForMs) {
      before.repeated += 1;
      return undefined;
    }
    told.set(key, { at: now, repeated: 0 });
    return before?.repeated ?? 0;
  };
};

/** What is logged of an error and its cause: name and code, and where it was thrown, but no message. */
export const toCause = (error: unknown): Cause => {
  if (!(error instanceof Error)) return { name: typeof error, frames: [] };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line));
  const { cause } = error;
  return {
    ...nameOf(error),
    ...(cause instanceof Error && { cause: nameOf(cause) }),
    frames: frames.map((line) => line.trim()),
  };
};

const nameOf = (error: Error): Named => {
  const { code, type } = error as NodeJS.ErrnoException & { type?: string };
  return { name: error.name, ...(code && { code }), ...(error.name === 'Problem' && type && { problem: type }) };
};
