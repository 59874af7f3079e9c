import { degrees, PDFDocument, PDFName, PDFNumber, StandardFonts } from '@cantoo/pdf-lib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOrder, startEmbeddedSigning } from '../embedded-signing.ts';
import { difference, pagesOf, render, textOf } from '../tools.ts';

let signing: Awaited<ReturnType<typeof startEmbeddedSigning>>;
beforeAll(async () => {
  signing = await startEmbeddedSigning();
});
afterAll(() => signing.stop());

type Edges = [number, number, number, number];

interface Shape {
  turned: number;
  /** Left and bottom edge of media and crop box. */
  origin: [number, number];
  userUnit: number;
}

/** A page with a line at its foot and a box around the sheet, cropped by 20 units on all sides. */
const createPage = async ({ turned, origin: [left, bottom], userUnit }: Shape): Promise<Uint8Array> => {
  const pdf = await PDFDocument.create();
  const page = pdf.addPage([600, 800]);
  page.setMediaBox(left, bottom, 600, 800);
  page.setCropBox(left + 20, bottom + 20, 560, 760);
  page.setRotation(degrees(turned));
  page.node.set(PDFName.of('UserUnit'), PDFNumber.of(userUnit));
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  page.drawText('The last line of the agreement', { x: left + 60, y: bottom + 60, size: 12, font });
  return pdf.save();
};

const shapes: Shape[] = [0, 90, 180, 270].flatMap((turned) => [
  { turned, origin: [0, 0], userUnit: 1 },
  { turned, origin: [-300, 150], userUnit: 2 },
]);
const placement = { page: -1, x: 120, y: 90, width: 264, height: 92 };

test.each(shapes)('on a page of shape %o the signature lies upright where the host wants it', async (shape) => {
  const original = await createPage(shape);
  const { document } = await signing.provider.sign(createOrder(original, { placement }));
  const before = render(signing.folder.write('before.pdf', original), 1);
  const after = render(signing.folder.write('after.pdf', document), 1);
  const changed = difference(before, after)!;
  // rendered at 72 dots an inch a pixel is a unit of the page
  const [left, right, top, bottom] = [120, 384, 182, 90].map((points) => points / shape.userUnit) as Edges;
  const within = { left: left - 1, right: right + 1, top: after.height - top - 1, bottom: after.height - bottom + 1 };
  expect(changed.left).toBeGreaterThanOrEqual(within.left);
  expect(changed.right).toBeLessThanOrEqual(within.right);
  expect(changed.top).toBeGreaterThanOrEqual(within.top);
  expect(changed.bottom).toBeLessThanOrEqual(within.bottom);
  expect(changed.right - changed.left).toBeGreaterThan(changed.bottom - changed.top);
  // poppler finds text by the way it reads: upright on the page as shown
  expect(textOf(signing.folder.write('after.pdf', document))).toMatch(/Łucja Đorđa Ejemplo/);
});

test.each(shapes)('on a page of shape %o a free spot is found that covers nothing', async (shape) => {
  const original = await createPage(shape);
  const { document } = await signing.provider.sign(createOrder(original));
  const [before, after] = [signing.folder.write('b.pdf', original), signing.folder.write('a.pdf', document)];
  expect(pagesOf(after)).toBe(1);
  const [was, is] = [render(before, 1), render(after, 1)];
  const changed = difference(was, is)!;
  expect(changed.bottom).toBeGreaterThan(is.height / 2);
  expect(inkWithin(was, changed)).toBe(0);
});

/** Pixels that are not white within a box. */
const inkWithin = (
  { data, width, channels }: ReturnType<typeof render>,
  box: NonNullable<ReturnType<typeof difference>>,
) => {
  let ink = 0;
  for (let y = box.top; y < box.bottom; y += 1)
    for (let x = box.left; x < box.right; x += 1) ink += data[(y * width + x) * channels]! < 255 ? 1 : 0;
  return ink;
};
