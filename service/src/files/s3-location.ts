import { z } from 'zod';

/** A place in S3-compatible storage. Who may use it is not part of it: credentials come from the environment. */
export interface S3Location {
  bucket: string;
  /** Before every key; empty, or ends in a slash. */
  prefix: string;
  region?: string | undefined;
  /** Absent for AWS itself. */
  endpoint?: string | undefined;
  /** Whether the bucket is part of the path (most servers that are not AWS) and not of the host name. */
  pathStyle: boolean;
  serverSideEncryption?: 'AES256' | 'aws:kms' | 'aws:kms:dsse' | undefined;
}

// Strict: a secret in the address is refused, so that it does not stay in logs and lists of processes.
const Query = z.strictObject({
  region: z.string().min(1).optional(),
  endpoint: z.url({ protocol: /^https?$/ }).optional(),
  pathStyle: z.enum(['true', 'false']).default('false'),
  serverSideEncryption: z.enum(['AES256', 'aws:kms', 'aws:kms:dsse']).optional(),
});

/**
 * Reads `s3://bucket/prefix?region=…&endpoint=…&pathStyle=true`; undefined where it is not such an address.
 * The query holds nothing secret.
 */
export const parseS3Location = (address: string): S3Location | undefined => {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 's3:' || !url.hostname || url.username || url.password) return undefined;
  const { success, data } = Query.safeParse(Object.fromEntries(url.searchParams));
  if (!success) return undefined;
  const prefix = decodeURIComponent(url.pathname).replace(/^\/+|\/+$/g, '');
  return { bucket: url.hostname, prefix: prefix && `${prefix}/`, ...data, pathStyle: data.pathStyle === 'true' };
};
