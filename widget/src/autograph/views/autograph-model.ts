import type { Autograph } from '../autograph.ts';
import type { WordedModel } from '../../view/model.ts';

/** Going on with another device, as the autograph's views offer it. */
export interface HandOffOffer {
  /** Whether the host has a page there. */
  readonly isOffered: boolean;
  readonly state: 'closed' | 'asking' | 'shown' | 'failed';
  readonly address: string;
  /** The address as dark squares: an SVG path, a unit to the square, and how many units there are to a side. */
  readonly code: { path: string; side: number } | null;
  open(): Promise<void>;
  close(): void;
}

/** What the views of the autograph show, and whom they tell. */
export interface AutographModel extends WordedModel {
  autograph: Autograph;
  act: { handOff: HandOffOffer };
}
