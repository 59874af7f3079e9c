import { getAuthority } from './get-authority.ts';
import { getDocument } from './get-document.ts';
import { getFile } from './get-file.ts';
import { getMetrics } from './get-metrics.ts';
import { getOpenapi } from './get-openapi.ts';
import { getOperatorDeliveries } from './get-operator-deliveries.ts';
import { getOperatorSignings } from './get-operator-signings.ts';
import { getSigningEvents } from './get-signing-events.ts';
import { getSigningRequest } from './get-signing-request.ts';
import { getSigning } from './get-signing.ts';
import { getLive, getReady } from './health.ts';
import { postDecline } from './post-decline.ts';
import { postResend } from './post-resend.ts';
import { postResolution } from './post-resolution.ts';
import { postSigning } from './post-signing.ts';
import { putDocument } from './put-document.ts';
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
