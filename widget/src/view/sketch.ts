/** An autograph as far as it is made: what the signed document will show of it, to be painted at any size. */
export interface Sketch {
  /** Of its ink with the clear rim that the service leaves around it, in units of the sketch's own. */
  width: number;
  height: number;
  /** Paints it, its upper left corner at the origin. */
  paint: (context: CanvasRenderingContext2D) => void;
}

/** What has been made so far for each kind of place. */
export interface Sketches {
  signature: Sketch | null;
  initials: Sketch | null;
}
