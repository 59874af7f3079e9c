import { degrees, PDFDocument, StandardFonts } from '@cantoo/pdf-lib';

/** An agreement of some pages, one of them turned, with words to sign beside on the last and numbers at the foot. */
export const createAgreement = async (count: number): Promise<Buffer> => {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (let number = 1; number <= count; number += 1) {
    const page = pdf.addPage([595, 842]);
    page.drawText(`Contrato, página ${number}`, { x: 60, y: 760, size: 12, font });
    page.drawText(`Página ${number} de ${count}`, { x: 500, y: 30, size: 9, font });
    if (number === 2) page.setRotation(degrees(90));
    if (number === count)
      page.drawText('El Prestador                         El Cliente', { x: 60, y: 400, size: 10, font });
  }
  return Buffer.from(await pdf.save({ useObjectStreams: false }));
};
