import { getAuthority } from '#http/endpoints/get-authority.ts';
import { getDocument } from '#http/endpoints/get-document.ts';
import { getFile } from '#http/endpoints/get-file.ts';
import { getMetrics } from '#http/endpoints/get-metrics.ts';
import { getOpenapi } from '#http/endpoints/get-openapi.ts';
import { getOperatorDeliveries } from '#http/operator/get-operator-deliveries.ts';
import { getOperatorSignings } from '#http/operator/get-operator-signings.ts';
import { getSigningEvents } from '#http/endpoints/get-signing-events.ts';
import { getSigningRequest } from '#http/endpoints/get-signing-request.ts';
import { getSigning } from '#http/endpoints/get-signing.ts';
import { getLive, getReady } from '#http/endpoints/health.ts';
import { postDecline } from '#http/endpoints/post-decline.ts';
import { postResend } from '#http/operator/post-resend.ts';
import { postResolution } from '#http/operator/post-resolution.ts';
import { postSigning } from '#http/endpoints/post-signing.ts';
import { putDocument } from '#http/endpoints/put-document.ts';
import type { Route } from './route.ts';

/** Every endpoint, in the order of a signing's life. */
export const routes: readonly Route[] = [
  putDocument,
  getSigningRequest,
  getDocument,
  postSigning,
  postDecline,
  getSigning,
  getSigningEvents,
  getFile,
  getAuthority,
  getOpenapi,
  getLive,
  getReady,
  getMetrics,
  getOperatorSignings,
  postResolution,
  getOperatorDeliveries,
  postResend,
];
