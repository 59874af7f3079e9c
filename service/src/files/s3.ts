import { createHash } from 'node:crypto';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Problem } from '#problem.ts';
import type { FileStore, StoredFile } from './file-store.ts';
import type { S3Location } from './s3-location.ts';

/** Longest time for connecting, and for one whole request, in milliseconds. */
const limits = { connectMs: 3_000, requestMs: 20_000 };

/**
 * Files in S3-compatible storage. Credentials come by AWS's standard chain: environment, file, role. A write is
 * one PUT with the checksum of the whole, so that an object is there as it was sent or not at all.
 * @throws Problem storage-unavailable where the storage refuses, is not reached or does not answer in time
 */
export const createS3Store = (location: S3Location): FileStore => {
  const { bucket: Bucket, prefix, serverSideEncryption: ServerSideEncryption } = location;
  const client = createClient(location);
  const read = (key: string): Promise<Uint8Array | undefined> =>
    inS3(async () => {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: prefix + key }), bounded());
        return await Body?.transformToByteArray();
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    });
  return {
    async write(key, content) {
      const ChecksumSHA256 = createHash('sha256').update(content).digest('base64');
      const input = { Bucket, Key: prefix + key, Body: content, ChecksumSHA256 };
      const encryption = ServerSideEncryption && { ServerSideEncryption };
      await inS3(() => client.send(new PutObjectCommand({ ...input, ...encryption }), bounded()));
    },
    read,
    find: (key) => inS3(() => find({ client, Bucket, prefix }, key)),
    list: () => list({ client, Bucket, prefix }),
    async delete(key) {
      await inS3(() => client.send(new DeleteObjectCommand({ Bucket, Key: prefix + key }), bounded()));
    },
    async probe() {
      // That this file does not exist is only said where the bucket exists and may be read.
      await read('probe');
    },
  };
};

interface Place {
  client: S3Client;
  Bucket: string;
  prefix: string;
}

const find = async ({ client, Bucket, prefix }: Place, key: string): Promise<StoredFile | undefined> => {
  try {
    const { LastModified } = await client.send(new HeadObjectCommand({ Bucket, Key: prefix + key }), bounded());
    return { key, writtenAt: LastModified?.getTime() ?? Infinity };
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
};

async function* list({ client, Bucket, prefix }: Place): AsyncGenerator<StoredFile> {
  let ContinuationToken: string | undefined;
  do {
    const command = new ListObjectsV2Command({
      Bucket,
      Prefix: prefix,
      ...(ContinuationToken && { ContinuationToken }),
    });
    const { Contents = [], NextContinuationToken } = await inS3(() => client.send(command, bounded()));
    for (const { Key = '', LastModified } of Contents)
      // Of what has no time it is not known that it is old.
      yield { key: Key.slice(prefix.length), writtenAt: LastModified?.getTime() ?? Infinity };
    ContinuationToken = NextContinuationToken;
  } while (ContinuationToken);
}

/** Calls the SDK. Whatever it throws, an answer of the storage or none, is storage that cannot be had now. */
const inS3 = async <T>(call: () => Promise<T>): Promise<T> => {
  try {
    return await call();
  } catch (cause) {
    throw new Problem('storage-unavailable', undefined, { cause });
  }
};

const bounded = () => ({ abortSignal: AbortSignal.timeout(limits.requestMs) });

const createClient = ({ region, endpoint, pathStyle }: S3Location): S3Client =>
  new S3Client({
    ...(region && { region }),
    ...(endpoint && { endpoint }),
    forcePathStyle: pathStyle,
    // No repeats here: what failed is tried again by the scheduler.
    maxAttempts: 1,
    requestHandler: { connectionTimeout: limits.connectMs, requestTimeout: limits.requestMs },
  });
