import { DocumentsToken, SigningsToken, SigningToken, type ProblemType } from '@tu-esign/contract';
import { decodeJwt, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey, type JWTVerifyOptions } from 'jose';
import type { z } from 'zod';
import { Problem } from '#problem.ts';
import { readClaims } from './claims.ts';
import type { Host } from './host.ts';
import type { HostRegistry, RegisteredHost } from './registry.ts';

const longestLifeSeconds = 600;
/** Clocks of host and service may differ by this much. */
const toleranceSeconds = 30;

export interface Verified<Claims> {
  host: Host;
  token: Claims;
}

export interface TokenVerifier {
  /** A token for a signatory's visit, presented by a page of this origin (undefined: not by a page). */
  verifySigning(jwt: string, origin: string | undefined): Promise<Verified<SigningToken>>;
  /** A token for an upload, server to server. */
  verifyDocuments(jwt: string, origin: string | undefined): Promise<Verified<DocumentsToken>>;
  /** A token that asks for signings, server to server. */
  verifySignings(jwt: string, origin: string | undefined): Promise<Verified<SigningsToken>>;
  /** Either a token for a signatory's visit or one that asks for signings, as its scope says. */
  verifyReader(jwt: string, origin: string | undefined): Promise<Verified<SigningToken | SigningsToken>>;
}

export interface TokenVerifierOptions {
  registry: HostRegistry;
  /** What `aud` must hold: the service's public address. */
  audience: string;
  now: () => Date;
}

/**
 * Verifies hosts' tokens by RFC 8725: algorithm from the host's list (3.1), explicit type (3.11), issuer and
 * audience (3.8, 3.9), claims by schema; nothing in the header chooses a key but `kid`.
 * @throws Problem token-*, host-*, scope-insufficient, origin-mismatch
 */
export const createTokenVerifier = ({ registry, audience, now }: TokenVerifierOptions): TokenVerifier => {
  const verify = async (jwt: string): Promise<Signed> => {
    const registered = findHost(registry, jwt);
    const payload = await verifySignature(jwt, registered, { audience, currentDate: now() });
    checkTimes(payload, now());
    return { host: registered.host, payload };
  };
  return {
    verifySigning: async (jwt, origin) => toVisit(await verify(jwt), origin),
    verifyDocuments: async (jwt, origin) => toServer(await verify(jwt), DocumentsToken, origin),
    verifySignings: async (jwt, origin) => toServer(await verify(jwt), SigningsToken, origin),
    async verifyReader(jwt, origin) {
      const signed = await verify(jwt);
      const isServer = signed.payload['scope'] === 'signings';
      return isServer ? toServer(signed, SigningsToken, origin) : toVisit(signed, origin);
    },
  };
};

/** A host's claims, whose signature and times hold. */
interface Signed {
  host: Host;
  payload: JWTPayload;
}

const toVisit = ({ host, payload }: Signed, origin: string | undefined): Verified<SigningToken> => {
  const token = readClaims(payload, SigningToken);
  const allowed = host.origins.includes(token.origin) && (origin === undefined || origin === token.origin);
  if (!allowed) throw new Problem('origin-mismatch');
  return { host, token };
};

/** What is for servers alone: a token of that kind that a page sends has leaked. */
const toServer = <Schema extends z.ZodObject>(
  { host, payload }: Signed,
  schema: Schema,
  origin: string | undefined,
): Verified<z.infer<Schema>> => {
  const token = readClaims(payload, schema);
  if (origin !== undefined) throw new Problem('origin-mismatch');
  return { host, token };
};

const findHost = (registry: HostRegistry, jwt: string): RegisteredHost => {
  const { iss } = decode(jwt);
  if (iss === undefined) throw new Problem('token-claims', 'iss is missing');
  const registered = registry.findByIssuer(iss);
  if (!registered) throw new Problem('host-unknown');
  return registered;
};

const decode = (jwt: string): JWTPayload => {
  try {
    return decodeJwt(jwt);
  } catch (cause) {
    throw new Problem('token-malformed', undefined, { cause });
  }
};

const verifySignature = async (
  jwt: string,
  { host, keys }: RegisteredHost,
  times: { audience: string; currentDate: Date },
): Promise<JWTPayload> => {
  const options: JWTVerifyOptions = {
    ...times,
    algorithms: host.verification.algorithms,
    typ: 'JWT',
    clockTolerance: toleranceSeconds,
    requiredClaims: ['aud', 'iat', 'exp', 'jti', 'scope'],
  };
  try {
    return await verifyByAny(jwt, keys, options);
  } catch (cause) {
    throw toProblem(cause);
  }
};

/** Keys that a token without `kid` is tried with: whoever has more names them. */
const mostKeys = 8;

/** Where the token does not say which of several keys it is, each of them is tried. */
const verifyByAny = async (jwt: string, keys: JWTVerifyGetKey, options: JWTVerifyOptions): Promise<JWTPayload> => {
  try {
    return (await jwtVerify(jwt, keys, options)).payload;
  } catch (cause) {
    if (!(cause instanceof errors.JWKSMultipleMatchingKeys)) throw cause;
    return verifyByEach(jwt, cause, options);
  }
};

const verifyByEach = async (
  jwt: string,
  keys: AsyncIterable<CryptoKey>,
  options: JWTVerifyOptions,
): Promise<JWTPayload> => {
  let tried = 0;
  for await (const key of keys) {
    if (tried === mostKeys) break;
    tried += 1;
    try {
      return (await jwtVerify(jwt, key, options)).payload;
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
    }
  }
  throw new errors.JWSSignatureVerificationFailed();
};

const byClass: [new (...args: never[]) => Error, ProblemType][] = [
  [errors.JWTExpired, 'token-expired'],
  [errors.JOSEAlgNotAllowed, 'token-algorithm'],
  [errors.JWSSignatureVerificationFailed, 'token-signature'],
  [errors.JWKSNoMatchingKey, 'token-signature'],
  [errors.JWSInvalid, 'token-malformed'],
  [errors.JWTInvalid, 'token-malformed'],
  [errors.JOSENotSupported, 'token-malformed'],
];

/** jose's closed set of errors as ours; what is left went wrong on the way to the host's keys. */
const toProblem = (cause: unknown): Problem => {
  if (cause instanceof errors.JWTClaimValidationFailed) return toClaimProblem(cause);
  const known = byClass.find(([kind]) => cause instanceof kind);
  return new Problem(known?.[1] ?? 'host-keys-unavailable', undefined, { cause });
};

const toClaimProblem = (cause: errors.JWTClaimValidationFailed): Problem => {
  if (cause.claim === 'aud' && cause.reason === 'check_failed') return new Problem('token-audience');
  if (cause.claim === 'nbf') return new Problem('token-not-yet-valid');
  if (cause.claim === 'typ') return new Problem('token-malformed', 'typ must be JWT');
  return new Problem('token-claims', `${cause.claim} is missing or wrong`);
};

const checkTimes = ({ iat, exp }: JWTPayload, now: Date): void => {
  if (iat! > now.getTime() / 1000 + toleranceSeconds) throw new Problem('token-not-yet-valid');
  if (exp! - iat! > longestLifeSeconds) throw new Problem('token-lifetime');
};
