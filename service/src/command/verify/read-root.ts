import { X509Certificate } from 'node:crypto';
import { readPemBlocks } from '@tu-esign/verifier/asn1/pem.ts';
import { readInput } from '#command/arguments.ts';
import { UsageError } from '#command/errors.ts';

/**
 * Certificates to believe, in PEM, however many there are, or DER.
 * @returns PEM
 * @throws UsageError where it is no certificate, Refused where it cannot be read
 */
export const readRoot = async (path: string): Promise<string> => {
  const content = await readInput(path);
  const blocks = readPemBlocks(content.toString('latin1'));
  try {
    return (blocks.length ? blocks : [content]).map((der) => new X509Certificate(der).toString()).join('');
  } catch (cause) {
    throw new UsageError(`${path} is no certificate`, { cause });
  }
};
