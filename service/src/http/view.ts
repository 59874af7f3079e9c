import type { SigningView } from '@tu-esign/contract';
import type { Signing } from '#signing/signing.ts';
import { toView } from '#signing/view.ts';
import type { Services } from './services.ts';

/** The signing view with fresh links. */
export const viewOf = (signing: Signing, { links, conservation }: Services): SigningView =>
  toView(signing, links, conservation);
