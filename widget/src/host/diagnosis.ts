import type { AnyProblemType } from './problem-type.ts';

const answerWithin = 4_000;

/** Says on the console what a developer can do about a problem; undefined where the problem says it all. */
export async function diagnose(problem: AnyProblemType, service: URL): Promise<string | undefined> {
  const hint = await hintFor(problem, service);
  // oxlint-disable-next-line no-console -- where developers look first
  if (hint) console.warn(`<tu-esign> ${problem}: ${hint}`);
  return hint;
}

async function hintFor(problem: AnyProblemType, service: URL): Promise<string | undefined> {
  if (problem === 'network') return diagnoseLoss(service);
  return hints[problem]?.replace('ORIGIN', location.origin).replace('SERVICE', service.href);
}

const hints: Partial<Record<AnyProblemType, string>> = {
  'token-source': 'getToken threw or was rejected. It must answer a promise of a JWT.',
  'token-timeout': 'getToken did not answer within 15 seconds.',
  'token-malformed': 'getToken answered something that is no JWT; a page to log in, perhaps, in place of JSON.',
  'token-expired': 'getToken answered a token that is over. It must mint a fresh one at each call.',
  'token-not-yet-valid': 'The clock of your back end is ahead: iat or nbf lies in the future.',
  'token-lifetime': 'exp may be 10 minutes after iat at most.',
  'token-audience': 'aud must be the public address of the service, as in SERVICE, without a slash at its end.',
  'token-algorithm': 'alg must be one that the entry of your host in the hosts file lists.',
  'token-signature': 'The token is signed with a key that is not in the JWKS (or secret) of your host’s entry.',
  'host-unknown': 'iss must be the issuer of an entry in the hosts file.',
  'host-keys-unavailable': 'The service cannot fetch the JWKS of your host’s entry.',
  'scope-insufficient': 'scope must be "signing".',
  'origin-mismatch': 'origin in the token must be ORIGIN, and be listed in `origins` of your host’s entry.',
  'document-not-found': 'Upload the document first: PUT /v1/documents/{digest}; the token names the digest answered.',
  'service-address': 'service-url must be an http(s) address.',
  'service-answer': 'What answers at SERVICE is not the service; look at proxies, and at service-url.',
  'host-silent': 'beforeSign did not answer within 30 seconds.',
};

/** Browsers do not say why a call failed; this finds out what can be known by other means. */
async function diagnoseLoss(service: URL): Promise<string> {
  if (!navigator.onLine) return 'The browser is offline.';
  if (location.protocol === 'https:' && service.protocol === 'http:') {
    return `A page that came by https may not call ${service.origin} by http (mixed content).`;
  }
  const forbidden = violationAt(service);
  const answers = await fetch(new URL('health/live', slashed(service)), {
    mode: 'no-cors',
    credentials: 'omit',
    cache: 'no-store',
    signal: AbortSignal.timeout(answerWithin),
  }).then(
    () => true,
    () => false,
  );
  if (forbidden()) return `This page’s Content-Security-Policy forbids the call: add ${service.origin} to connect-src.`;
  if (answers) {
    return (
      `${service.origin} answers, but ${location.origin} may not read its answers (CORS): list ${location.origin} in ` +
      '`origins` of your host’s entry in the hosts file, and see that no proxy drops the Access-Control headers.'
    );
  }
  return `Nothing answers at ${service.href}: look at service-url, the name’s DNS, its certificate, and the service.`;
}

const slashed = ({ href }: URL): string => href.replace(/\/?$/, '/');

/** Whether the page’s policy forbids what is called from now on. */
function violationAt({ origin }: URL): () => boolean {
  let seen = false;
  const look = ({ blockedURI, effectiveDirective }: SecurityPolicyViolationEvent) => {
    seen ||= effectiveDirective === 'connect-src' && blockedURI.startsWith(origin);
  };
  document.addEventListener('securitypolicyviolation', look);
  return () => {
    document.removeEventListener('securitypolicyviolation', look);
    return seen;
  };
}
