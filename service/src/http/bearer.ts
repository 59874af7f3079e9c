import type { DocumentsToken, ProblemType, SigningToken } from '@tu-esign/contract';
import type { Verified } from '#hosts/token.ts';
import { Problem } from '#problem.ts';
import { atPosition, sequenceOf } from '#signing/sequence.ts';
import type { Signing } from '#signing/signing.ts';
import type { Context } from './route.ts';
import type { Services } from './services.ts';

/** Longer than any token of a host; read no further. */
const longestToken = 8_192;

const tokenProblems: ProblemType[] = [
  'token-missing',
  'token-malformed',
  'token-algorithm',
  'token-signature',
  'token-expired',
  'token-not-yet-valid',
  'token-lifetime',
  'token-audience',
  'token-claims',
  'host-unknown',
  'host-keys-unavailable',
  'scope-insufficient',
  'origin-mismatch',
  'rate-limited',
];

/** What a request with a bearer token can be refused for. */
export const bearerProblems: readonly ProblemType[] = tokenProblems;

/** RFC 6750, 2.1; never in the address. */
export const readBearer = (context: Context): string => {
  const [scheme, token] = context.get('authorization').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || !token) throw new Problem('token-missing');
  if (token.length > longestToken) throw new Problem('token-malformed');
  return token;
};

const originOf = (context: Context): string | undefined => context.get('origin') || undefined;

export const requireSigningToken = async (context: Context, services: Services): Promise<Verified<SigningToken>> =>
  limitHost(await services.tokens.verifySigning(readBearer(context), originOf(context)), services);

export const requireDocumentsToken = async (context: Context, services: Services): Promise<Verified<DocumentsToken>> =>
  limitHost(await services.tokens.verifyDocuments(readBearer(context), originOf(context)), services);

/** Only now, for anybody can write a host's name into a token. */
const limitHost = <Token>(verified: Verified<Token>, { intake }: Services): Verified<Token> => {
  intake.limitHost(verified.host.id);
  return verified;
};

/**
 * The signing a token names, if there is one.
 * @throws Problem already-signed where the identifier was used for another document
 */
export const findOwnSigning = async (
  { host, token }: Verified<SigningToken>,
  { store }: Services,
): Promise<Signing | undefined> => {
  const signings = await store.listByIdentifier(host.id, token.identifier);
  const signing = atPosition(signings, sequenceOf(token).position);
  if (signing && signing.request.document.digest !== token.document.digest) {
    throw new Problem('already-signed', 'The identifier was used for another document');
  }
  return signing;
};

/**
 * The signing in the address, if it is the token's.
 * @throws Problem signing-not-found
 */
export const requireOwnSigning = async (context: Context, services: Services): Promise<Signing> => {
  const { host, token } = await requireSigningToken(context, services);
  const signing = await services.store.find(context.params['id'] ?? '');
  const isOwn = signing?.host === host.id && signing.identifier === token.identifier;
  if (!isOwn || !isSamePlace(signing, token)) throw new Problem('signing-not-found');
  return signing;
};

const isSamePlace = ({ request }: Signing, token: SigningToken): boolean =>
  sequenceOf(request).position === sequenceOf(token).position;
