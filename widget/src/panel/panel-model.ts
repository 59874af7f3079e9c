import type { AutographModel, HandOffOffer } from '../autograph/views/autograph-model.ts';

/** What the panel's views show, and whom they tell what the signatory wants: state goes down, requests go up. */
export interface PanelModel extends AutographModel {
  act: Actions;
}

/** What the signatory can ask for in the panel. */
export interface Actions {
  consent: (given: boolean) => void;
  /** Answers one of the host's consents. */
  accept: (id: string, given: boolean) => void;
  sign: () => void;
  askDecline: () => void;
  cancelDecline: () => void;
  decline: (reason: string) => void;
  retry: () => void;
  /** Prints the signed document. */
  print: () => void;
  /** Opens a file behind an expiring link; if that is about to expire, fetches a fresh one first. */
  open: (event: Event) => void;
  /** Going on with another device. */
  handOff: HandOffOffer;
  /** What the panel is on a phone. */
  sheet: { readonly isOpen: boolean; close(): void };
  /** Leads to the pad, on a phone and elsewhere. */
  openPad: () => void;
}
