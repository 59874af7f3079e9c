/**
 * Runs a PKCS #11 driver in a process of its own: a driver that crashes or hangs takes nobody's signing along. The first
 * message says which driver, token and PIN; each after it is a question that is answered under its id.
 */
import type { Handle, PKCS11, Template } from 'pkcs11js';

/** What the process is told first. */
export interface TokenAccess {
  /** Path of the driver, a shared library. */
  module: string;
  /** Label of the token. */
  token: string;
  pin: string;
}

/** Ids are hexadecimal digits; digests, points and signatures Base64. */
export type TokenQuestion =
  | { do: 'create'; id: string; label: string; curve: 'P-256' | 'P-384' }
  | { do: 'find'; id: string }
  | { do: 'sign'; id: string; digest: string };

/** A point of the curve (0x04, x, y), or a signature (r, s; as long as the curve's numbers). */
export type TokenAnswer = { of: number; value: string } | { of: number; error: string };

/** DER of the curves' object identifiers, secp256r1 and secp384r1. */
const curves = {
  'P-256': Buffer.from('06082a8648ce3d030107', 'hex'),
  'P-384': Buffer.from('06052b81040022', 'hex'),
};
/** Octets of a point of either. */
const pointLengths = new Set([65, 97]);

const loadDriver = async () => {
  try {
    return (await import('pkcs11js')).default;
  } catch (cause) {
    throw new Error('the package pkcs11js is not installed beside the service: npm install pkcs11js', { cause });
  }
};

type Driver = Awaited<ReturnType<typeof loadDriver>>;

interface Session {
  driver: Driver;
  library: PKCS11;
  session: Handle;
  /** Keys that have signed, by id: to look for one is to ask the driver three times. */
  signing: Map<string, Handle>;
}

const open = async ({ module, token, pin }: TokenAccess): Promise<Session> => {
  const driver = await loadDriver();
  const library = new driver.PKCS11();
  library.load(module);
  library.C_Initialize();
  const slot = library.C_GetSlotList(true).find((one) => library.C_GetTokenInfo(one).label.trimEnd() === token);
  if (!slot) throw new Error(`there is no token '${token}' with this driver`);
  const session = library.C_OpenSession(slot, driver.CKF_SERIAL_SESSION | driver.CKF_RW_SESSION);
  library.C_Login(session, driver.CKU_USER, pin);
  return { driver, library, session, signing: new Map() };
};

const find = ({ driver, library, session }: Session, keyClass: number, id: string): Handle => {
  const template: Template = [
    { type: driver.CKA_CLASS, value: keyClass },
    { type: driver.CKA_ID, value: Buffer.from(id, 'hex') },
  ];
  library.C_FindObjectsInit(session, template);
  const [found] = library.C_FindObjects(session, 1);
  library.C_FindObjectsFinal(session);
  if (!found) throw new Error(`the token has no key with the id ${id}`);
  return found;
};

/** CKA_EC_POINT is an OCTET STRING with the point in it; some drivers give the point alone. */
const readPoint = ({ driver, library, session }: Session, key: Handle): string => {
  const [point] = library.C_GetAttributeValue(session, key, [{ type: driver.CKA_EC_POINT }]);
  const { value } = point!;
  return (pointLengths.has(value.length) ? value : value.subarray(2)).toString('base64');
};

type Created = Extract<TokenQuestion, { do: 'create' }>;

/** The private half is never to be had outside of the token. */
const create = (session: Session, { id, label, curve }: Omit<Created, 'do'>): string => {
  const { driver, library } = session;
  const common: Template = [
    { type: driver.CKA_TOKEN, value: true },
    { type: driver.CKA_ID, value: Buffer.from(id, 'hex') },
    { type: driver.CKA_LABEL, value: label },
  ];
  const { publicKey } = library.C_GenerateKeyPair(
    session.session,
    { mechanism: driver.CKM_EC_KEY_PAIR_GEN },
    [...common, { type: driver.CKA_VERIFY, value: true }, { type: driver.CKA_EC_PARAMS, value: curves[curve] }],
    [
      ...common,
      { type: driver.CKA_PRIVATE, value: true },
      { type: driver.CKA_SENSITIVE, value: true },
      { type: driver.CKA_EXTRACTABLE, value: false },
      { type: driver.CKA_SIGN, value: true },
    ],
  );
  return readPoint(session, publicKey);
};

const sign = (session: Session, { id, digest }: { id: string; digest: string }): string => {
  const { driver, library, signing } = session;
  const key = signing.get(id) ?? find(session, driver.CKO_PRIVATE_KEY, id);
  signing.set(id, key);
  library.C_SignInit(session.session, { mechanism: driver.CKM_ECDSA }, key);
  const bytes = Buffer.from(digest, 'base64');
  // The curve's numbers are as long as the digest.
  return library.C_Sign(session.session, bytes, Buffer.alloc(2 * bytes.length)).toString('base64');
};

const answer = (session: Session, question: TokenQuestion): string => {
  if (question.do === 'create') return create(session, question);
  if (question.do === 'sign') return sign(session, question);
  find(session, session.driver.CKO_PRIVATE_KEY, question.id);
  return readPoint(session, find(session, session.driver.CKO_PUBLIC_KEY, question.id));
};

let session: Promise<Session> | undefined;

process.on('message', async ({ of, ...asked }: { of: number } & ({ open: TokenAccess } | TokenQuestion)) => {
  try {
    if ('open' in asked) {
      session = open(asked.open);
      await session;
      process.send!({ of, value: '' });
    } else {
      process.send!({ of, value: answer(await session!, asked) });
    }
  } catch (error) {
    process.send!({ of, error: (error as Error).message });
  }
});
process.on('disconnect', () => process.exit());
