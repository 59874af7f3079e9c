import { ask } from '#network/http-client.ts';
import { createConnections } from '#network/public-lookup.ts';
import type { Host } from '#hosts/host.ts';
import type { SetupFinding } from './finding.ts';

const bounds = { timeoutMs: 5_000, mostBytes: 1024 * 1024 };
/** Tokens are taken with clocks so far apart. */
const mostAwayMs = 30_000;

/** Fetches the keys of each host that publishes them, as the service will; their answers' dates tell of the clock. */
export const checkHosts = async (hosts: readonly Host[]): Promise<SetupFinding[]> =>
  (await Promise.all(hosts.map(checkHost))).flat();

const checkHost = async ({ id, verification }: Host): Promise<SetupFinding[]> => {
  if ('secret' in verification) return [{ part: 'host', found: 'good', said: `${id}: a secret` }];
  if ('jwks' in verification) {
    const said = `${id}: ${verification.jwks.keys.length} keys in the hosts file`;
    return [{ part: 'host', found: 'good', said }];
  }
  const { jwksUri, allowPrivate } = verification;
  try {
    const connections = createConnections(allowPrivate);
    const sentAt = Date.now();
    const answer = await ask({ url: jwksUri, headers: { accept: 'application/json' }, ...bounds, connections });
    return [judgeKeys(id, jwksUri, answer), ...judgeDate(id, answer.headers.date, sentAt)];
  } catch (error) {
    return [{ part: 'host', found: 'wrong', said: `${id}: ${jwksUri} does not answer (${codeOf(error)})` }];
  }
};

const codeOf = (error: unknown): string => {
  const { code, message } = Object(error) as { code?: string; message?: string };
  return code === 'TARGET_REFUSED' ? 'it is a private address: "allowPrivate": true lets it' : (code ?? message ?? '');
};

interface KeysAnswer {
  status: number;
  body: Buffer;
}

const judgeKeys = (id: string, url: string, { status, body }: KeysAnswer): SetupFinding => {
  if (status !== 200) return { part: 'host', found: 'wrong', said: `${id}: ${url} answers ${status}` };
  const keys = keysIn(body);
  if (!keys?.length) return { part: 'host', found: 'wrong', said: `${id}: ${url} has no key set` };
  return { part: 'host', found: 'good', said: `${id}: ${keys.length} keys at ${url}` };
};

const keysIn = (body: Buffer): unknown[] | undefined => {
  try {
    const { keys } = Object(JSON.parse(body.toString())) as { keys?: unknown };
    return Array.isArray(keys) ? keys : undefined;
  } catch {
    return undefined;
  }
};

const judgeDate = (id: string, date: string | undefined, sentAt: number): SetupFinding[] => {
  const away = Date.parse(date ?? '') - sentAt;
  if (Number.isNaN(away) || Math.abs(away) < mostAwayMs) return [];
  const said = `this machine’s clock and that of host ${id} are ${Math.round(Math.abs(away) / 1000)} s apart`;
  return [{ part: 'clock', found: 'wrong', said }];
};
