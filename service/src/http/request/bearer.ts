import type { AskingHost, DocumentsToken, ProblemType, SigningsToken, SigningToken } from '@tu-esign/contract';
import type { Host } from '#hosts/host.ts';
import type { TokenVerifier, Verified } from '#hosts/token.ts';
import type { Admission } from '#http/limits/admission.ts';
import { Problem } from '#problem.ts';
import type { Context } from './route.ts';

export interface BearerDeps {
  tokens: TokenVerifier;
  admission: Pick<Admission, 'limitHost'>;
}

/** What a request with a bearer token can be refused for. */
export const bearerProblems: readonly ProblemType[] = [
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

/** Longer than any token of a host: one that is longer is refused unread. */
const longestToken = 8_192;

/**
 * The token in the header `authorization` (RFC 6750, 2.1). One in the address is not looked for.
 * @throws Problem token-missing, token-malformed
 */
export const readBearer = (context: Context): string => {
  const [scheme, token] = context.get('authorization').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || !token) throw new Problem('token-missing');
  if (token.length > longestToken) throw new Problem('token-malformed');
  return token;
};

const originOf = (context: Context): string | undefined => context.get('origin') || undefined;

export const requireSigningToken = async (context: Context, deps: BearerDeps): Promise<Verified<SigningToken>> => {
  const verified = await deps.tokens.verifySigning(readBearer(context), originOf(context));
  context.state['host'] = toAskingHost(verified.host);
  return limitHost(verified, deps);
};

/** As the signatory is shown it. */
export const toAskingHost = ({ name, contact }: Host): AskingHost => ({ name, ...(contact && { contact }) });

/** Who asks; undefined until the token of a visit was verified whole, as a page can write any name into one. */
export const askingHostOf = ({ state }: Pick<Context, 'state'>): AskingHost | undefined => state['host'];

export const requireDocumentsToken = async (context: Context, deps: BearerDeps): Promise<Verified<DocumentsToken>> =>
  limitHost(await deps.tokens.verifyDocuments(readBearer(context), originOf(context)), deps);

export const requireSigningsToken = async (context: Context, deps: BearerDeps): Promise<Verified<SigningsToken>> =>
  limitHost(await deps.tokens.verifySignings(readBearer(context), originOf(context)), deps);

/** What the signatory's page and the host's back end may both read. */
export const requireReader = async (
  context: Context,
  deps: BearerDeps,
): Promise<Verified<SigningToken | SigningsToken>> =>
  limitHost(await deps.tokens.verifyReader(readBearer(context), originOf(context)), deps);

/** Requests of a host are counted once its token is verified: anybody can write a host's name into one. */
const limitHost = <Token>(verified: Verified<Token>, { admission }: BearerDeps): Verified<Token> => {
  admission.limitHost(verified.host.id);
  return verified;
};
