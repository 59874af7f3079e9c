import { Router } from '@koa/router';
import type { Context } from 'koa';
import { readBody, readJson } from '../backend/body.ts';
import type { Mint } from '../backend/token.ts';
import type { Upload } from '../backend/upload.ts';
import { uploadWithField } from './sample-with-field.ts';
import type { Agreements } from './agreements.ts';
import { readAsks } from './asks.ts';
import type { Contracts } from './contracts.ts';
import type { Notifications } from './notifications.ts';
import { listStates } from './process-states.ts';
import { readSignatory, type Signatory, type Visits } from './visits.ts';

export interface PanelOptions {
  mint: Mint;
  upload: Upload;
  visits: Visits;
  notifications: Notifications;
  agreements: Agreements;
  contracts: Contracts;
}

/** More than the service takes by default, so that the refusal shown is the service's. */
const mostPdfBytes = 64 * 1024 * 1024;

/** Who signs unless the panel says otherwise: a real host knows who is logged in. */
const sample: Signatory = {
  givenName: 'Ana',
  paternalSurname: 'Ejemplo',
  maternalSurname: 'Muestra',
  email: 'ana.ejemplo@example.com',
  rfc: 'EEMA850312QX6',
};

/** Who signs after, where three do. */
const others: readonly Signatory[] = [
  { givenName: 'Bruno', paternalSurname: 'Muestra', email: 'bruno.muestra@example.com' },
  { givenName: 'Carla', paternalSurname: 'Prueba', maternalSurname: 'Ejemplo', email: 'carla.prueba@example.com' },
];

/** What a developer may do in this demo, and nobody may in a real host: choose who signs what. */
export const createPanelRoutes = (options: PanelOptions): Router => {
  const { mint, upload, visits, notifications, agreements, contracts } = options;
  const router = new Router({ prefix: '/api' });

  router.get('/notifications', async (context) => {
    context.body = await notifications.list();
  });

  const requireVisit = async (context: Context) =>
    (await visits.find(context['params'].id)) ?? context.throw(404, 'there is no such visit');

  router.get('/visits/:id', async (context) => {
    context.body = await requireVisit(context);
  });

  router.get('/visits/:id/signatories', async (context) => {
    context.body = await listStates(await requireVisit(context), visits, notifications);
  });

  router.get('/visits/:id/notifications', async (context) => {
    const { identifier } = await requireVisit(context);
    context.body = (await notifications.list()).filter(({ body }) => identifierOf(body) === identifier);
  });

  router.get('/visits/:id/contract', async (context) => {
    context.body = { complete: contracts.isComplete((await requireVisit(context)).identifier) };
  });

  // To try the HTTP API with, in the documentation.
  router.post('/server-token', async (context) => {
    context.body = { token: await mint({ scope: 'signings' }) };
  });

  router.post('/visits', async (context) => {
    const asked = await readJson(context);
    const asks = readAsks(asked['asks']);
    const isOfSample = asked['digest'] === undefined;
    const agreement =
      asks.place === 'field' && isOfSample
        ? await uploadWithField(upload)
        : (agreements.find(asked['digest']) ?? context.throw(404, 'there is no such agreement'));
    const signatory = asked['signatory'] === undefined ? sample : readSignatory(asked['signatory']);
    context.status = 201;
    const first = signatory ?? context.throw(400, 'a name is missing');
    const signatories = [first, ...(asked['signatories'] === 3 ? others : [])];
    const [visit] = await visits.create(agreement, signatories, asks);
    context.body = visit;
  });

  router.post('/agreements', async (context) => {
    const { status, body } = await upload(await readBody(context, 'application/pdf', mostPdfBytes));
    context.status = status;
    context.body =
      status === 201 || status === 200 ? agreements.add({ digest: body.digest, name: nameOf(context) }) : body;
  });

  return router;
};

const identifierOf = (body: unknown): unknown => Object(Object(body).data).identifier;

const nameOf = ({ query }: Context): string => String(query['name'] ?? '').slice(0, 200) || 'documento.pdf';
