import { getErasure, postErasure } from '#http/back-end/erasures.ts';
import { getAgreement } from '#http/back-end/get-agreement.ts';
import { getSignings } from '#http/back-end/get-signings.ts';
import { postWithdrawal } from '#http/back-end/post-withdrawal.ts';
import { getAuthority } from '#http/endpoints/get-authority.ts';
import { getDocument } from '#http/endpoints/get-document.ts';
import { getFile } from '#http/endpoints/get-file.ts';
import { getOpenapi } from '#http/endpoints/get-openapi.ts';
import { getSigningEvents } from '#http/endpoints/get-signing-events.ts';
import { getSigningRequest } from '#http/endpoints/get-signing-request.ts';
import { getSigning } from '#http/endpoints/get-signing.ts';
import { getLive, getReady } from '#http/endpoints/health.ts';
import { getCertificateList } from '#http/trust/get-certificate-list.ts';
import { getIssuer } from '#http/trust/get-issuer.ts';
import { getStatus, postStatus } from '#http/trust/status.ts';
import { postDecline } from '#http/endpoints/post-decline.ts';
import { postSigning } from '#http/endpoints/post-signing.ts';
import { putDocument } from '#http/endpoints/put-document.ts';
import { getMetrics } from '#http/operator/get-metrics.ts';
import { getOperatorDeliveries } from '#http/operator/get-operator-deliveries.ts';
import { getRenewals } from '#http/operator/get-renewals.ts';
import { getOperatorSignings } from '#http/operator/get-operator-signings.ts';
import { postReload } from '#http/operator/post-reload.ts';
import { postResend } from '#http/operator/post-resend.ts';
import { postRevocation } from '#http/operator/post-revocation.ts';
import { postResolution } from '#http/operator/post-resolution.ts';
import type { Route } from '#http/request/route.ts';

/** In the order of a signing's life; openapi.json names each operation by its name here. */
const endpoints = {
  putDocument,
  getSigningRequest,
  getDocument,
  postSigning,
  postDecline,
  getSigning,
  getSigningEvents,
  getFile,
  getSignings,
  getAgreement,
  postWithdrawal,
  postErasure,
  getErasure,
  getAuthority,
  getIssuer,
  getCertificateList,
  getStatus,
  postStatus,
  getOpenapi,
  getLive,
  getReady,
};

/** At an address of their own. */
const operatorEndpoints = {
  getMetrics,
  getOperatorSignings,
  postResolution,
  postRevocation,
  getRenewals,
  getOperatorDeliveries,
  postResend,
  postReload,
};

type DepsOf<Endpoints extends Record<string, { handle: unknown }>> = Endpoints[keyof Endpoints]['handle'] extends (
  context: never,
  deps: infer Deps,
) => unknown
  ? Deps
  : never;

/** All that any of the endpoints needs: each says so by itself, and sees no more than that. */
export type RouteDeps = DepsOf<typeof endpoints>;
export type OperatorRouteDeps = DepsOf<typeof operatorEndpoints>;

/** Every endpoint of the service, but for the operator's. */
export const routes: Readonly<Record<string, Route<RouteDeps>>> = endpoints;
export const operatorRoutes: Readonly<Record<string, Route<OperatorRouteDeps>>> = operatorEndpoints;
