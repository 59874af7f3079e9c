import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFolder, run } from './tools.ts';

/** A key and a certificate that nobody has signed but itself, for a name. */
export const createTlsPair = (name: string): { key: string; cert: string } => {
  const folder = createFolder();
  const [key, cert] = ['key.pem', 'cert.pem'].map((file) => join(folder.path, file)) as [string, string];
  const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`];
  const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1'];
  run('openssl', ...made, ...subject, '-keyout', key, '-out', cert);
  const pair = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  folder.remove();
  return pair;
};
