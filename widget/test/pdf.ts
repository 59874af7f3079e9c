import { createHash } from 'node:crypto';
import { brotliCompressSync } from 'node:zlib';

const a4 = '/MediaBox [0 0 595 842]';

export interface PdfWish {
  pages?: number;
  /** Adds Japanese set in a font that the PDF does not carry. */
  cjk?: boolean;
  /** What each page has besides, in turn: another size, a rotation. A4 upright without. */
  shapes?: string[];
  /** Stands on each page, after its number. */
  text?: string;
  /** Lines of text below the heading. */
  lines?: number;
  /** Compresses the pages by Brotli, under this name. */
  brotli?: string;
  /** Where a signature field is, in points from the lower left corner of its page. */
  signature?: { page: number; rectangle: [number, number, number, number] };
}

/** A small real PDF with Helvetica text. */
export function createPdf(wish: PdfWish = {}): Buffer {
  const { pages = 2, cjk = false, shapes = [a4], text: more = '', lines = 0, brotli, signature } = wish;
  const objects: string[] = [];
  const add = (body: string) => objects.push(body);
  const kids = Array.from({ length: pages }, (_, index) => `${6 + index * 2} 0 R`).join(' ');
  const field = `${6 + pages * 2} 0 R`;
  add(
    `<< /Type /Catalog /Pages 2 0 R /Lang (en) ${signature ? `/AcroForm << /Fields [${field}] /SigFlags 3 >>` : ''} >>`,
  );
  add(`<< /Type /Pages /Kids [${kids}] /Count ${pages} >>`);
  add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
  // Neither font nor encoding is in the file: a reader needs the character map 90ms-RKSJ-H.
  add('<< /Type /Font /Subtype /Type0 /BaseFont /Mincho /Encoding /90ms-RKSJ-H /DescendantFonts [5 0 R] >>');
  add(
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Mincho /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> /FontDescriptor << /Type /FontDescriptor /FontName /Mincho /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >> >>',
  );
  for (let page = 1; page <= pages; page += 1) {
    add(
      `<< /Type /Page /Parent 2 0 R ${shapes[(page - 1) % shapes.length]} /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents ${6 + page * 2 - 1} 0 R ${signature?.page === page ? `/Annots [${field}]` : ''} >>`,
    );
    const japanese = cjk ? 'BT /F2 24 Tf 72 600 Td <82a082a282a4> Tj ET' : '';
    const text = `BT /F1 18 Tf 72 770 Td (Agreement, page ${page}${more}) Tj ET ${japanese}${body(lines)}`;
    add(streamOf(text, brotli));
  }
  if (signature) {
    const { page, rectangle } = signature;
    add(
      `<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature1) /F 132 /P ${4 + page * 2} 0 R /Rect [${rectangle.join(' ')}] >>`,
    );
  }
  return assemble(objects);
}

function streamOf(text: string, brotli: string | undefined): string {
  const bytes = brotli ? brotliCompressSync(Buffer.from(text, 'latin1')).toString('latin1') : text;
  return `<< ${brotli ? `/Filter ${brotli} ` : ''}/Length ${bytes.length} >>\nstream\n${bytes}\nendstream`;
}

function body(lines: number): string {
  const line = '(The parties agree to what is written here, each in good faith, and to nothing that is not.) Tj';
  return lines > 0 ? `BT /F1 11 Tf 15 TL 72 740 Td ${`${line} T* `.repeat(lines)}ET` : '';
}

function assemble(objects: string[]): Buffer {
  let text = '%PDF-1.7\n';
  const offsets = objects.map((body, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return at;
  });
  const rows = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  const end = `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(text + end, 'latin1');
}

export const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
