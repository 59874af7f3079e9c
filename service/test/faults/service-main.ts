/** The service as src/main.ts starts it, with the counting provider under all the names that hosts give. */
import { readConfig } from '#composition/settings/config.ts';
import { runService } from '#command/running/run-service.ts';
import { createCountedProvider } from './counted-provider.ts';

const address = process.env['TU_ESIGN_TEST_PROVIDER']!;
const names = new Set(readConfig(process.env).hosts.map(({ provider }) => provider));
names.delete('embedded');
await runService({ providers: Array.from(names, (name) => createCountedProvider(name, address)) });
