import { ProblemDetails } from '@tu-esign/contract';
import type { z } from 'zod';
import { textOf, type Arguments } from '#command/arguments.ts';
import { Refused, UsageError } from '#command/errors.ts';
import { readSettings } from '#command/settings.ts';
import type { CommandContext } from '#command/terminal.ts';

/** The operator's endpoints of a running service. */
export interface ServiceClient {
  /** @throws Refused with the service's own words */
  get<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.infer<Schema>>;
  /** @throws Refused with the service's own words */
  post<Schema extends z.ZodType>(path: string, schema: Schema, body?: FormData | object): Promise<z.infer<Schema>>;
}

export interface ServiceClientOptions {
  /** Where the service is reached, without a trailing slash. */
  url: string;
  /** The operator's key. */
  key: string;
}

/** A signed document may be large, and is verified before the answer. */
const timeoutMs = 120_000;

export const createServiceClient = ({ url, key }: ServiceClientOptions): ServiceClient => {
  const ask = async <Schema extends z.ZodType>(path: string, schema: Schema, request: RequestInit) => {
    const headers = { ...(request.headers as Record<string, string> | undefined), authorization: `Bearer ${key}` };
    // No redirects: the operator's key is for the service alone.
    const bounds = { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) } as const;
    const response = await fetch(url + path, { ...request, ...bounds, headers }).catch((cause) => {
      throw new Refused(`The service does not answer at ${url}`, { cause });
    });
    const body: unknown = await response.json().catch(() => undefined);
    if (!response.ok) throw new Refused(describe(response.status, body));
    return schema.parse(body);
  };
  return {
    get: (path, schema) => ask(path, schema, {}),
    post: (path, schema, body) => ask(path, schema, { method: 'POST', ...toBody(body) }),
  };
};

/** A form, or an object as JSON. */
const toBody = (body: FormData | object | undefined): Pick<RequestInit, 'body' | 'headers'> => {
  if (body === undefined) return {};
  if (body instanceof FormData) return { body };
  return { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
};

const describe = (status: number, body: unknown): string => {
  const { data } = ProblemDetails.safeParse(body);
  if (!data) return `The service answers ${status}`;
  return data.detail ? `${data.title}: ${data.detail}` : data.title;
};

/**
 * The service that a command is about, by option or settings.
 * @throws UsageError where there is no key
 */
export const connect = (args: Arguments, context: CommandContext): ServiceClient => {
  const { TU_ESIGN_OPERATOR_KEY: key, TU_ESIGN_OPERATOR_ADDRESS: address = '127.0.0.1:8081' } = readSettings(
    args,
    context,
  );
  if (!key) throw new UsageError('Set TU_ESIGN_OPERATOR_KEY to the key that the service has');
  const url = textOf(args, 'service') ?? `http://${address}`;
  return createServiceClient({ url: url.replace(/\/+$/, ''), key });
};
