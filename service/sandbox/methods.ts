import { hash } from 'node:crypto';
import type { z } from 'zod';
import { RefusedPicture } from '#autograph/refused-picture.ts';
import { Problem } from '#problem.ts';
import type { Execution, Ledger, Outputs } from './ledger.ts';
import { createQueues } from './queues.ts';
import { refuse, type Reply } from './reply.ts';
import type { Conserve, Sign } from './sign.ts';
import { Digest, OneOfSeveral, OutputRequest, SingleSignatory, type SignRequest } from './wire.ts';

/** How long after a signature its outputs can be had, in milliseconds. */
export interface Delays {
  document: number;
  certificates: number;
}

export interface MethodsOptions {
  ledger: Ledger;
  sign: Sign;
  conserve: Conserve;
  now: () => Date;
  delays: Delays;
}

/** Answers the body of a request; one that it does not understand it refuses. */
export type Method = (body: unknown) => Promise<Reply>;

const signed: Reply = { status: 200, body: { status: 'success', message: 'Documento firmado correctamente' } };

const reading =
  <T>(schema: z.ZodType<T>, method: (request: T) => Promise<Reply>): Method =>
  async (body) => {
    const { success, data, error } = schema.safeParse(body);
    if (success) return method(data);
    const [issue] = error.issues;
    return refuse(400, `invalid-${issue?.path.join('.') || 'body'}`);
  };

/** The sandbox refuses what the engine refuses, with the engine's code for it. */
const carryOut = async (work: () => Promise<void>): Promise<Reply> => {
  try {
    await work();
    return signed;
  } catch (error) {
    if (error instanceof Problem || error instanceof RefusedPicture) return refuse(400, error.type);
    throw error;
  }
};

/** The methods of the web service, by their address in lower case. */
export const createMethods = ({ ledger, sign, conserve, now, delays }: MethodsOptions): Record<string, Method> => {
  const enqueue = createQueues();
  const keep = async (request: SignRequest, document: Uint8Array): Promise<void> =>
    ledger.write(request.identifier, request.document, await sign(request, document));

  const addSingleSignatory = (request: SignRequest): Promise<Reply> => carryOut(() => keep(request, request.document));

  /** The first signatory's document is signed. The next ones sign what is there, and must have sent that or the first. */
  const addSignatory = async (request: SignRequest): Promise<Reply> => {
    const before = ledger.executionsOf(request.identifier).at(-1);
    if (!before) return addSingleSignatory(request);
    const [sent, known] = [hash('sha256', request.document), [before.document, before.original]];
    if (!known.includes(sent)) return refuse(400, 'other-document');
    return carryOut(async () => keep(request, await ledger.read(before, 'document')));
  };

  const isReady = ({ at }: Execution, delayMs: number): boolean => now().getTime() - Date.parse(at) >= delayMs;

  const give =
    (output: keyof Outputs, field: string, delayMs: number) =>
    async ({ identifier }: OutputRequest): Promise<Reply> => {
      const last = ledger.executionsOf(identifier).findLast((execution) => isReady(execution, delayMs));
      if (last) return { status: 200, body: { [field]: (await ledger.read(last, output)).toString('base64') } };
      return ledger.executionsOf(identifier).length ? { status: 204 } : refuse(404, 'not-found');
    };

  const signing = (schema: z.ZodType<SignRequest>, method: (request: SignRequest) => Promise<Reply>): Method =>
    reading(schema, (request) => enqueue(request.identifier, () => method(request)));
  return {
    '/api/esign/addsinglesignatory': signing(SingleSignatory, addSingleSignatory),
    '/api/esign/addsignatory': signing(OneOfSeveral, addSignatory),
    '/api/esign/getdocument': reading(OutputRequest, give('document', 'image', delays.document)),
    // Unknown of the real service: address and fields of these three.
    '/api/esign/getkeycertificate': reading(OutputRequest, give('keyCertificate', 'certificate', delays.certificates)),
    '/api/esign/getconservationcertificate': reading(
      OutputRequest,
      give('conservationCertificate', 'certificate', delays.certificates),
    ),
    '/api/esign/conservedigest': reading(Digest, async ({ digest }) => {
      const certificate = Buffer.from(await conserve(digest)).toString('base64');
      return { status: 200, body: { certificate } };
    }),
  };
};
