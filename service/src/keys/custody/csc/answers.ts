import { z } from 'zod';

const base64 = z.base64().min(1);

/** What is read of answers (CSC API 2.0, 11.5, 11.6 and 11.10; RFC 6749, 5.1); the rest is theirs. */
export const TokenAnswer = z.object({
  access_token: z.string().min(1),
  token_type: z.string().regex(/^bearer$/i),
  /** Seconds. */
  expires_in: z.int().positive().default(60),
});

export const CredentialAnswer = z.object({
  key: z.object({ status: z.literal('enabled'), algo: z.array(z.string()).min(1) }),
  cert: z.object({ certificates: z.array(base64).min(1) }),
  auth: z.object({ mode: z.string() }),
});
export type Credential = z.infer<typeof CredentialAnswer>;

export const AuthorizeAnswer = z.object({ SAD: z.string().min(1) });

/** One hash is signed, and one signature comes. */
export const SignHashAnswer = z.object({ signatures: z.tuple([base64]) });
