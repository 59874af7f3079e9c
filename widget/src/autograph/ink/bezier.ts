type Point = [number, number];

/** A point of a cubic Bézier curve; `at` goes from 0 to 1. */
export function pointAt(curve: readonly number[], at: number): Point {
  const rest = 1 - at;
  const weights = [rest ** 3, 3 * rest ** 2 * at, 3 * rest * at ** 2, at ** 3];
  const sum = (axis: 0 | 1) => weights.reduce((total, weight, index) => total + weight * curve[index * 2 + axis]!, 0);
  return [sum(0), sum(1)];
}
