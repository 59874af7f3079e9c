import type { OperatorReload } from '@tu-esign/contract';
import { Problem } from '#problem.ts';
import type { HostRegistry } from '#hosts/registry.ts';
import { describeChanges } from './describe-changes.ts';
import { ConfigError } from './settings/config-error.ts';
import type { Config } from './settings/config.ts';
import type { Signers } from './signers.ts';

/** Takes what the hosts file says now, or only says what that would change. */
export type Reload = (intent: 'apply' | 'tell') => OperatorReload;

export interface ReloadDeps {
  config: Config;
  /** The configuration as it is written now. @throws ConfigError */
  readonly readConfig: () => Config;
  registry: HostRegistry;
  signers: Pick<Signers, 'replace'>;
}

/**
 * The hosts file, read anew: whatever is wrong with it leaves the old one in force.
 * @throws Problem configuration-wrong, with all that is wrong
 */
export const createReload = ({ config, readConfig, registry, signers }: ReloadDeps): Reload => {
  let inForce = config;
  return (intent) => {
    const read = orRefuse(readConfig);
    const changes = describeChanges(inForce, read);
    if (intent === 'apply') {
      // The signers first: they refuse hosts whose provider is not there, and then nothing has changed.
      orRefuse(() => signers.replace(read));
      registry.replace(read.hosts);
      const { hosts, providers, authorities, timeStamps } = read;
      inForce = { ...inForce, hosts, providers, authorities, timeStamps };
    }
    return { applied: intent === 'apply', hosts: read.hosts.length, changes };
  };
};

const orRefuse = <T>(work: () => T): T => {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new Problem('configuration-wrong', error.message, { cause: error });
  }
};
