import { access } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Config } from '#composition/settings/config.ts';
import { checkHosts } from './check-hosts.ts';
import { checkStorage } from './check-storage.ts';
import type { Say, SetupFinding } from './finding.ts';

/** Looks at all that a start needs, and that hosts must have. */
export const checkSetup = async (config: Config, say: Say): Promise<SetupFinding[]> => [
  { part: 'settings', found: 'good', said: `all can be read; ${config.hosts.length} hosts` },
  ...checkNames(config),
  await checkElement(config),
  ...(await checkStorage(config, say)),
  ...(await checkHosts(config.hosts)),
];

const wrong = (said: string): SetupFinding => ({ part: 'host', found: 'wrong', said });

/** Whom hosts name must be there. */
const checkNames = ({ hosts, providers, authorities }: Config): SetupFinding[] => {
  const signers = new Set(['embedded', ...providers.map(({ name }) => name)]);
  const conservers = new Set([...signers, ...authorities.map(({ name }) => name)]);
  return hosts.flatMap(({ id, provider, conservation }) => [
    ...(signers.has(provider) ? [] : [wrong(`${id}: there is no provider ${provider}`)]),
    ...(conservation && !conservers.has(conservation) ? [wrong(`${id}: there is no authority ${conservation}`)] : []),
  ]);
};

const checkElement = async ({ elementFolder }: Config): Promise<SetupFinding> => {
  if (elementFolder === undefined) return { part: 'element', found: 'unsure', said: 'pages load it from elsewhere' };
  return access(join(elementFolder, 'tu-esign.js')).then(
    () => ({ part: 'element', found: 'good', said: elementFolder }),
    () => ({ part: 'element', found: 'wrong', said: `there is none in ${elementFolder}: set TU_ESIGN_ELEMENT` }),
  );
};

/** Whether the service could listen there. Where one runs already, something listens. */
export const checkPort = async ({ port, address }: Config, say: Say): Promise<SetupFinding> => {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, address, resolve));
    return { part: 'port', found: 'good', said: `${address}:${port} is free` };
  } catch (error) {
    return { part: 'port', found: 'wrong', said: say(error) };
  } finally {
    server.close();
  }
};
