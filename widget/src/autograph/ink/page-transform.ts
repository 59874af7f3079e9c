interface Point {
  x: number;
  y: number;
}

/** Who lays an element out: the slot that it is in, its parent, or the host of its shadow tree. */
const outerOf = (element: Element): Element | null => {
  const outer = element.assignedSlot ?? element.parentNode;
  return outer instanceof ShadowRoot ? outer.host : outer instanceof Element ? outer : null;
};

/** What an element's own style turns, scales and skews (CSS Transforms 2, 3); what it moves is not asked. */
const ownOf = (element: Element): DOMMatrix => {
  const { rotate, scale, transform } = getComputedStyle(element);
  const matrix = new DOMMatrix();
  // Of what is turned in space, the part that is seen from the front.
  if (rotate !== 'none') matrix.multiplySelf(new DOMMatrix(`rotate(${rotate.split(' ').at(-1)})`));
  if (scale !== 'none') matrix.multiplySelf(new DOMMatrix(`scale(${scale.split(' ').slice(0, 2).join()})`));
  return transform === 'none' ? matrix : matrix.multiplySelf(new DOMMatrix(transform));
};

const allAround = (element: Element): DOMMatrix => {
  let matrix = new DOMMatrix();
  for (let at: Element | null = element; at; at = outerOf(at)) matrix = ownOf(at).multiply(matrix);
  return matrix;
};

/** Where a point of an element's box comes to, from where its first corner comes to. */
const turn = ({ a, b, c, d }: DOMMatrix, { x, y }: Point): Point => ({ x: a * x + c * y, y: b * x + d * y });

const extent = (numbers: number[]): { least: number; length: number } => {
  const least = Math.min(...numbers);
  return { least, length: Math.max(...numbers) - least };
};

/**
 * From the window's coordinates to those of an element's own box, which the host's page may turn, scale and skew: the
 * upright box around it, which is all that the browser tells, has its size where nothing is turned alone.
 */
export const toElement = (element: HTMLElement, { x, y }: Point): Point => {
  const box = element.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = element;
  const matrix = allAround(element);
  const corners = [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: 0, y: height },
    { x: width, y: height },
  ].map((corner) => turn(matrix, corner));
  const [across, down] = [extent(corners.map((one) => one.x)), extent(corners.map((one) => one.y))];
  // What scales without being a transform, as zoom does.
  const [zoomX, zoomY] = [box.width / across.length, box.height / down.length];
  const at = { x: (x - box.left) / zoomX + across.least, y: (y - box.top) / zoomY + down.least };
  const { a, b, c, d } = matrix;
  const area = a * d - b * c;
  return { x: (d * at.x - c * at.y) / area, y: (a * at.y - b * at.x) / area };
};
