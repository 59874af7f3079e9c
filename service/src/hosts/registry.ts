import type { NotificationType } from '@tu-esign/contract';
import type { JWTVerifyGetKey } from 'jose';
import type { Host } from './host.ts';
import { createKeySource } from './keys.ts';

/** A host and the source of its keys, which remembers them and is therefore made once. */
export interface RegisteredHost {
  host: Host;
  keys: JWTVerifyGetKey;
}

export interface HostRegistry {
  readonly count: number;
  findByIssuer(issuer: string): RegisteredHost | undefined;
  find(id: string): Host | undefined;
  /** Whether any host lists the origin: a browser's preflight carries no token to tell which. */
  knowsOrigin(origin: string): boolean;
  /** The notification of something that happened, where the host wants it; else none. */
  readonly notificationsFor: (id: string, type: NotificationType) => NotificationType[];
}

export const createHostRegistry = (hosts: readonly Host[]): HostRegistry => {
  const byIssuer = new Map(hosts.map((host) => [host.issuer, { host, keys: createKeySource(host) }]));
  const byId = new Map(hosts.map((host) => [host.id, host]));
  const origins = new Set(hosts.flatMap((host) => host.origins));
  return {
    count: hosts.length,
    findByIssuer: (issuer) => byIssuer.get(issuer),
    find: (id) => byId.get(id),
    knowsOrigin: (origin) => origins.has(origin),
    notificationsFor: (id, type) => byId.get(id)?.webhook?.events.filter((event) => event === type) ?? [],
  };
};
