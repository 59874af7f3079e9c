import { array, constantFrom, oneof, option, record, string, tuple, uint8Array, type Arbitrary } from 'fast-check';
import { goodParts, typed } from '../signing-form.ts';
import { alter, alterations, type Alteration } from './alterations.ts';

/** A multipart body to be written, and how it is sent. */
export interface OddPost {
  contentType: string;
  boundary: string;
  parts: [head: string, body: Uint8Array][];
  ending: string;
  changes: Alteration[];
  /** What is said of the body's length; chunks are numbered in hexadecimal. */
  length: 'right' | 'less' | 'more' | 'none' | 'chunked' | 'wrong chunks' | 'negative';
}

const { autograph, strokes, consent } = goodParts();
const bodies = oneof(
  constantFrom<Uint8Array>(
    autograph,
    Buffer.from(strokes),
    Buffer.from(consent),
    Buffer.from(JSON.stringify(typed)),
    new Uint8Array(),
  ),
  uint8Array({ maxLength: 200 }),
  constantFrom<Uint8Array>(
    Buffer.from('--other\r\nContent-Disposition: form-data; name="autograph"\r\n\r\nx\r\n--other--'),
    Buffer.from('\r\n--boundary\r\n--boundary--\r\n\r\n'),
    Buffer.alloc(40_000, 'a'),
  ),
);
const names = oneof(
  { weight: 4, arbitrary: constantFrom('autograph', 'strokes', 'making', 'consent') },
  {
    weight: 1,
    arbitrary: constantFrom('', '__proto__', 'constructor', 'a"b', 'a\r\nX-Injected: 1', '../../x', 'é', '\0'),
  },
  { weight: 1, arbitrary: string({ maxLength: 12 }) },
);
const heads = record({
  name: names,
  file: option(constantFrom('a.png', '../../etc/passwd', '', 'C:\\x\\y.png', 'a\0.png', "x'; filename*=UTF-8''%00")),
  more: constantFrom(
    '',
    '',
    '',
    'Content-Type: image/png\r\n',
    'Content-Type: multipart/mixed; boundary=other\r\n',
    'Content-Transfer-Encoding: base64\r\n',
    'Content-Transfer-Encoding: quoted-printable\r\n',
    ': x\r\n',
    'Content-Transfer-Encoding: 7bit\r\n',
    `X: ${'x'.repeat(20_000)}\r\n`,
    'X: 1\r\n'.repeat(500),
    'no colon\r\n',
  ),
}).map(({ name, file, more }) => {
  const named = file === null ? '' : `; filename="${file}"`;
  return `Content-Disposition: form-data; name="${name}"${named}\r\n${more}`;
});

export const oddPosts: Arbitrary<OddPost> = record({
  contentType: constantFrom(
    ...'multipart/form-data; boundary=B|multipart/form-data; boundary="B"|multipart/form-data;boundary=B;x=y'.split(
      '|',
    ),
    ...'multipart/form-data|multipart/mixed; boundary=B|multipart/form-data; boundary=|text/plain'.split('|'),
  ),
  boundary: oneof(
    { weight: 6, arbitrary: constantFrom('boundary') },
    { weight: 1, arbitrary: constantFrom('b', '-'.repeat(70), "'()+_,./:=?", 'x'.repeat(300), '\t', 'ñ', 'b;c', '"') },
  ),
  parts: array(tuple(oneof({ weight: 9, arbitrary: heads }, { weight: 1, arbitrary: constantFrom('', 'x') }), bodies), {
    maxLength: 5,
  }),
  ending: constantFrom('--\r\n', '--\r\n', '--\r\n', '--', '', '\r\n', '--\r\nepilogue', '-'),
  changes: option(alterations, { freq: 3, nil: [] }),
  length: constantFrom('right', 'right', 'right', 'less', 'more', 'none', 'chunked', 'wrong chunks', 'negative'),
});

const bodyOf = ({ boundary, parts, ending, changes }: OddPost): Buffer => {
  const written = parts.flatMap(([head, body]) => [
    Buffer.from(`--${boundary}\r\n${head}\r\n`),
    body,
    Buffer.from('\r\n'),
  ]);
  return alter(Buffer.concat([...written, Buffer.from(`--${boundary}${ending}`)]), changes);
};

const chunked = (body: Buffer, size: string): Buffer =>
  Buffer.concat([Buffer.from(`${size}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')]);

/** The header about the length and the bytes that follow. */
const framed = (body: Buffer, length: OddPost['length']): [string, Buffer] => {
  if (length === 'none') return ['x-none: 1', body];
  if (length === 'chunked') return ['transfer-encoding: chunked', chunked(body, body.length.toString(16))];
  if (length === 'wrong chunks') return ['transfer-encoding: chunked', chunked(body, 'fffffff')];
  const said = { right: body.length, less: body.length >> 1, more: body.length + 100, negative: -1 }[length];
  return [`content-length: ${said}`, body];
};

/** The whole request. */
export const writePost = (post: OddPost, token: string): Buffer => {
  const [length, body] = framed(bodyOf(post), post.length);
  const type = post.contentType.replace('B', post.boundary);
  const head = [
    'POST /v1/signings HTTP/1.1',
    'host: localhost',
    'connection: close',
    `authorization: Bearer ${token}`,
    `content-type: ${type}`,
    length,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]);
};
