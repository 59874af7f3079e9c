import type { z } from 'zod';
import type { CscAccess } from '#keys/custody/csc/access.ts';
import { variableOf, type SettingName, type Settings } from './settings.ts';

type Given = z.output<typeof Settings>;

const client = ['cscTokenUrl', 'cscClientId', 'cscClientSecret'] as const;
const all = ['cscUrl', 'cscCredentials', 'cscToken', ...client, 'cscPin'] as const;

const isSafe = (url: string): boolean =>
  url.startsWith('https:') || ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);

/** What is missing, or too much, of a remote signer's settings. */
export const findCscFaults = (settings: Given): string[] => {
  const given = all.filter((name) => settings[name] !== undefined);
  if (given.length === 0) return [];
  const has = (name: SettingName): boolean => settings[name] !== undefined;
  const needed = ['cscUrl' as const, 'cscCredentials' as const, ...(has('cscToken') ? [] : client)];
  const missing = needed.filter((name) => !has(name));
  const tooMuch = has('cscToken') ? client.filter(has) : [];
  const unsafe = (['cscUrl', 'cscTokenUrl'] as const).filter((name) => settings[name] && !isSafe(settings[name]));
  return [
    ...missing.map((name) => `${variableOf(name)}: is needed where the others of the remote signer are set`),
    ...tooMuch.map((name) => `${variableOf(name)}: is of no use beside ${variableOf('cscToken')}`),
    ...unsafe.map((name) => `${variableOf(name)}: is asked with secrets, which need https`),
  ];
};

export const toCscAccess = (settings: Given): CscAccess | undefined => {
  const { cscUrl: url, cscCredentials: credentials, cscToken: token, cscPin: pin } = settings;
  if (!url || !credentials) return undefined;
  const { cscTokenUrl: tokenUrl = '', cscClientId: clientId = '', cscClientSecret: clientSecret = '' } = settings;
  return { url, credentials, pin, authorization: token ? { token } : { tokenUrl, clientId, clientSecret } };
};
