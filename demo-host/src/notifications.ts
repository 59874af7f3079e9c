import { appendFile, readFile } from 'node:fs/promises';

/** What arrived at /notifications, and when (RFC 3339). */
interface Arrival {
  at: string;
  body: unknown;
}

/** Keeps what arrives, one JSON line each. */
export interface Notifications {
  keep(body: unknown): Promise<void>;
  /** The latest, oldest first. */
  list(): Promise<Arrival[]>;
}

const shown = 50;

export const openNotifications = (path: string): Notifications => ({
  async keep(body) {
    const arrival: Arrival = { at: new Date().toISOString(), body };
    await appendFile(path, `${JSON.stringify(arrival)}\n`, { mode: 0o600 });
  },
  async list() {
    const text = await readFile(path, 'utf8').catch(() => '');
    const lines = text.trim().split('\n').slice(-shown);
    return lines.filter(Boolean).map((line) => JSON.parse(line) as Arrival);
  },
});
