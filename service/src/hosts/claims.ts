import { DocumentsToken, SigningsToken, SigningToken } from '@tu-esign/contract';
import type { JWTPayload } from 'jose';
import { z } from 'zod';
import { Problem, toFaults } from '#problem.ts';
import { nearest } from './nearest.ts';

/** IANA's registry "JSON Web Token Claims" (RFC 7519, 10.1), as of 2026: names that others may have good reason to send. */
const registered = new Set(
  `iss sub aud exp nbf iat jti name given_name family_name middle_name nickname preferred_username profile picture
  website email email_verified gender birthdate zoneinfo locale phone_number phone_number_verified address updated_at
  azp nonce auth_time at_hash c_hash acr amr sub_jwk cnf sip_from_tag sip_date sip_callid sip_cseq_num sip_via_branch
  orig dest mky events toe txn rph sid vot vtm attest origid act scope client_id may_act jcard at_use_nbr div opt vc vp
  sph ace_profile cnonce exi roles groups entitlements token_introspection eat_nonce ueid sueids oemid hwmodel hwversion
  oemboot dbgstat location eat_profile submods uptime bootcount bootseed dloas swname swversion manifests measurements
  measres intuse cdniv cdnicrit cdniip cdniuc cdniets cdnistt cdnistd sig_val_claims authorization_details
  verified_claims place_of_birth nationalities birth_family_name birth_given_name birth_middle_name salutation title
  msisdn also_known_as htm htu ath atc sub_id rcd rcdi crn msgi _claim_names _claim_sources rdap_allowed_purposes
  rdap_dnt_allowed geohash _sd ... _sd_alg sdnc iss_type status ttl trust_anchors metadata metadata_policy
  trust_marks authority_hints crit jwks constraints`.split(/\s+/),
);

/** A name with an owner, which collides with no other (RFC 7519, 4.2): a URI, a domain's name, an OID or a UUID. */
const isNamespaced = (name: string): boolean => /[:/.]/.test(name) || z.guid().safeParse(name).success;

const tokens: readonly z.ZodObject[] = [SigningToken, DocumentsToken, SigningsToken];
/** Of any token: a claim that another kind has is not mistyped. */
const ours = [...new Set(tokens.flatMap((token) => Object.keys(token.shape)))];

const isMistyped = (name: string): boolean => !ours.includes(name) && !registered.has(name) && !isNamespaced(name);

/** The names that a token's schema has there: at its top, or within a claim. */
const namesAt = (schema: z.ZodObject, [first, ...rest]: readonly PropertyKey[]): readonly string[] => {
  if (rest.length === 0)
    return schema === SigningsToken || schema === DocumentsToken ? ours : Object.keys(schema.shape);
  let inner: unknown = schema.shape[String(first)];
  while (inner instanceof z.ZodOptional) inner = inner.unwrap();
  return inner instanceof z.ZodObject ? namesAt(inner, rest) : [];
};

const adviseFor =
  (schema: z.ZodObject) =>
  (path: readonly PropertyKey[]): string => {
    const meant = nearest(String(path.at(-1)), namesAt(schema, path));
    if (meant) return `is not known: did you mean ${[...path.slice(0, -1), meant].join('.')}?`;
    return path.length > 1
      ? 'is not known'
      : 'is not known: claims of your own have a name with a namespace, as https://bank.example/branch';
  };

/**
 * The claims of a token, as its kind wants them. One that is mistyped is refused: it would be left out in silence.
 * @throws Problem scope-insufficient, token-claims
 */
export const readClaims = <Schema extends z.ZodObject>(payload: JWTPayload, schema: Schema): z.infer<Schema> => {
  const { success, data, error } = schema.safeParse(payload);
  const issues: z.core.$ZodIssue[] = error?.issues ?? [];
  if (issues.some(({ path }) => path[0] === 'scope')) throw new Problem('scope-insufficient');
  const keys = Object.keys(payload).filter(isMistyped);
  const mistyped = keys.length ? [{ code: 'unrecognized_keys', path: [], message: '', keys }] : [];
  if (success && keys.length === 0) return data;
  const errors = toFaults([...mistyped, ...issues], adviseFor(schema));
  throw new Problem('token-claims', errors.map(({ detail }) => detail).join('; '), { errors });
};
