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
  error?: Cause;
}

/** An error without its message, which may quote what a person sent. */
interface Cause {
  name: string;
  code?: string;
  frames: string[];
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

/** What may be told of an error: its name, its code, and where it was thrown. */
export const toCause = (error: unknown): Cause => {
  if (!(error instanceof Error)) return { name: typeof error, frames: [] };
  const { code } = error as NodeJS.ErrnoException;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line));
  return { name: error.name, ...(code && { code }), frames: frames.map((line) => line.trim()) };
};
