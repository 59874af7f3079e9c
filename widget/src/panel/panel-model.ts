import type { AutographModel, HandOffOffer } from '../autograph/views/autograph-model.ts';

/** What the panel's views show, and whom they tell what the signatory wants: state goes down, requests go up. */
export interface PanelModel extends AutographModel {
  act: Actions;
}

/** What the signatory can ask for in the panel. */
export interface Actions {
  consent: (given: boolean) => void;
  sign: () => void;
  askDecline: () => void;
  cancelDecline: () => void;
  decline: (reason: string) => void;
  retry: () => void;
  /** Prints the signed document. */
  print: () => void;
  /** Opens a file behind an expiring link, with a fresh one where it is nearly over. */
  open: (event: Event) => void;
  /** The way to another device. */
  handOff: HandOffOffer;
}
