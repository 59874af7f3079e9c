import type { Place, ProblemType, SigningToken } from '@tu-esign/contract';
import type { Verified } from '#hosts/token.ts';
import { Problem } from '#problem.ts';
import type { DocumentRecord } from '#records/signing-store.ts';
import { asksForPlaces, placesOf, type FindPlaces } from '#signing/request.ts';
import { inputKey, type InputDocument } from '#signing/signing.ts';
import { readKept, type KeptFileDeps } from './kept-file.ts';

export interface PlacesDeps extends KeptFileDeps {
  findPlaces: FindPlaces;
}

/** What a signatory can be refused for whose host wants it signed where it cannot be. */
export const placeProblems: readonly ProblemType[] = [
  'placement-unsupported',
  'placement-invalid',
  'anchor-not-found',
  'field-not-found',
  'field-not-empty',
  'document-locked',
  'document-damaged',
  'document-too-complex',
  'file-damaged',
];

/** What a token's signatory is shown. */
interface Shown {
  agreement: Pick<DocumentRecord, 'signatures' | 'signaturePlace'>;
  input: InputDocument;
}

/** Where that will be signed; nothing where the provider places it in a way of its own. */
export type PlacesOf = (verified: Verified<SigningToken>, shown: Shown) => Promise<readonly Place[]>;

const mostKept = 500;

/** What the upload has found already: of an agreement that nobody has signed, where the host asks for nothing. */
const foundAtUpload = (token: SigningToken, { agreement, input }: Shown): readonly Place[] | undefined => {
  const { signatures, signaturePlace } = agreement;
  if (asksForPlaces(token) || input.signingId !== null || signatures > 0) return undefined;
  // An older release laid out its stamp in another way, and did not say where in it the ink goes.
  return signaturePlace && 'ink' in signaturePlace ? [signaturePlace] : undefined;
};

/**
 * Looks for places once for each document and wish, since a visit asks for them several times.
 * @throws Problem as `placeProblems`
 */
export const createPlaces = (deps: PlacesDeps): PlacesOf => {
  const known = new Map<string, Promise<readonly Place[]>>();
  const find = async (host: string, token: SigningToken, input: InputDocument): Promise<readonly Place[]> =>
    deps.findPlaces(await readKept(inputKey({ host, input }), { host }, deps), placesOf(token));
  return async ({ host, token }, shown) => {
    if (host.provider !== 'embedded') return asUnsupported(token);
    const uploaded = foundAtUpload(token, shown);
    if (uploaded) return uploaded;
    const { input } = shown;
    const key = JSON.stringify([host.id, input, placesOf(token)]);
    const found = known.get(key) ?? find(host.id, token, input);
    known.delete(key);
    known.set(key, found);
    found.catch(() => known.delete(key));
    if (known.size > mostKept) known.delete(known.keys().next().value!);
    return found;
  };
};

const asUnsupported = async (token: SigningToken): Promise<readonly Place[]> => {
  if (asksForPlaces(token)) throw new Problem('placement-unsupported');
  return [];
};
