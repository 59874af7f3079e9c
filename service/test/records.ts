import { generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import type { SigningToken } from '@tu-esign/contract';
import { acceptSigning, type Post, type Visit } from '../src/signing/accept.ts';
import { digestOf } from '../src/signing/digest.ts';
import type { InputDocument } from '../src/signing/signing.ts';
import { createSigner } from '#asn1/signer.ts';
import { createSeal } from '../src/signing/evidence.ts';
import type { RecordsDeps } from '#records/deps.ts';
import type { DocumentRecord, NewSigning, SigningStore } from '#records/signing-store.ts';
import { drawAutograph } from './autograph.ts';
import { consentTo } from './signing-form.ts';
import { bank, origin, signatory } from './tokens.ts';

/** Claims of a token that was verified. */
export const createClaims = (changes: Partial<SigningToken> = {}): SigningToken => ({
  iss: 'https://bank.example',
  aud: 'https://sign.example',
  iat: 1_795_000_000,
  exp: 1_795_000_300,
  jti: randomUUID(),
  scope: 'signing',
  origin,
  identifier: 'CREDITO-1',
  document: { digest: digestOf('agreement'), name: 'Contrato.pdf' },
  signatory,
  ...changes,
});

/** What the element posts, after parsing. */
export const createPost = (changes: Partial<Post> = {}): Post => {
  const autograph = drawAutograph();
  return {
    png: autograph.png,
    autograph,
    made: { method: 'draw', json: '{}' },
    consent: consentTo(bank.name),
    ...changes,
  };
};

/** A visit of a signatory who signs the agreement itself. */
export const visitOf = (token: SigningToken): Visit => ({
  host: bank.id,
  hostName: bank.name,
  token,
  input: { digest: token.document.digest, signingId: null },
});

/** A signing as it is inserted; of somebody who is not the first, with what the signatory before has left. */
export const createRecord = (changes: Partial<SigningToken> = {}, input?: InputDocument): NewSigning => {
  const post = createPost();
  const { png: placed, width, height } = post.autograph;
  const autograph = { png: post.png, placed, width, height, made: post.made.json };
  const visit = visitOf(createClaims(changes));
  return { ...acceptSigning({ ...visit, ...(input && { input }) }, post, Date.now()), autograph };
};

/** The agreement that a signing is of, as an upload leaves it. */
export const documentOf = ({ signing }: NewSigning): DocumentRecord => {
  const { digest } = signing.request.document;
  return {
    host: signing.host,
    digest,
    uploadedDigest: digest,
    bytes: 9,
    pages: 1,
    signatures: 0,
    signaturePlace: null,
    findings: [],
  };
};

/** Inserts a signing, and before it the agreement it is of. */
export const insertRecord = async (store: SigningStore, record: NewSigning): ReturnType<SigningStore['insert']> => {
  await store.insertDocument(documentOf(record));
  return store.insert(record);
};

/** What records are opened with, and the key that their seals verify with. */
export const createRecordsDeps = (): RecordsDeps & { sealKey: KeyObject } => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { now: () => new Date(), seal: createSeal(createSigner(privateKey)), sealKey: publicKey };
};
