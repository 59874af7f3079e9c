/** What may be written: never names, e-mail, tokens, strokes or bytes. */
export interface LogAttributes {
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
  folder?: string;
  hosts?: number;
  files?: number;
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

/** One JSON line an event; messages are static, so that they can be counted. */
export const createLog = (write: (line: string) => void): Log => {
  const log =
    (level: string) =>
    (message: string, attributes: LogAttributes = {}) =>
      write(JSON.stringify({ at: new Date().toISOString(), level, message, ...attributes }));
  return { info: log('info'), error: log('error') };
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
