/** Sets this process's wall clock so much forward, or back: all that asks for the time of day is told another. */
export const shiftClock = (ms: number): number => {
  const RealDate = Object.getPrototypeOf(ShiftedDate) as DateConstructor;
  ShiftedDate.now = () => RealDate.now() + ms;
  globalThis.Date = ShiftedDate as DateConstructor;
  return ms;
};

class ShiftedDate extends Date {
  constructor(...parameters: [] | [number]) {
    super(parameters.length === 0 ? ShiftedDate.now() : parameters[0]);
  }
}
