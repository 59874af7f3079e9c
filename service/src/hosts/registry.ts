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
  readonly count: () => number;
  findByIssuer(issuer: string): RegisteredHost | undefined;
  find(id: string): Host | undefined;
  /** Whether any host lists the origin: a browser's preflight carries no token to tell which. */
  knowsOrigin(origin: string): boolean;
  /** The notification of something that happened, where the host wants it; else none. */
  readonly notificationsFor: (id: string, ...types: readonly NotificationType[]) => NotificationType[];
  /** Knows these hosts from now on; one whose keys are where they were keeps those that were fetched. */
  replace(hosts: readonly Host[]): void;
}

interface Index {
  byIssuer: Map<string, RegisteredHost>;
  byId: Map<string, Host>;
  origins: Set<string>;
}

const isVerifiedAlike = (one: Host, other: Host): boolean =>
  JSON.stringify(one.verification) === JSON.stringify(other.verification);

const indexHosts = (hosts: readonly Host[], before?: Index): Index => {
  const register = (host: Host): RegisteredHost => {
    const known = before?.byIssuer.get(host.issuer);
    const isKnown = known && isVerifiedAlike(known.host, host);
    return { host, keys: isKnown ? known.keys : createKeySource(host) };
  };
  return {
    byIssuer: new Map(hosts.map((host) => [host.issuer, register(host)])),
    byId: new Map(hosts.map((host) => [host.id, host])),
    origins: new Set(hosts.flatMap((host) => host.origins)),
  };
};

export const createHostRegistry = (hosts: readonly Host[]): HostRegistry => {
  let index = indexHosts(hosts);
  return {
    count: () => index.byId.size,
    findByIssuer: (issuer) => index.byIssuer.get(issuer),
    find: (id) => index.byId.get(id),
    knowsOrigin: (origin) => index.origins.has(origin),
    notificationsFor: (id, ...types) => {
      const wanted = index.byId.get(id)?.webhook?.events ?? [];
      return types.flatMap((type) => wanted.filter((event) => event === type));
    },
    replace(others) {
      index = indexHosts(others, index);
    },
  };
};
