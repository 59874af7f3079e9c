import { deflateSync } from 'node:zlib';

/** Content with images in it, which viewers read alike or not: judged by us, and by them. */

const deflated = (text: string, level = -1): string =>
  deflateSync(Buffer.from(text, 'latin1'), { level }).toString('latin1');
const gray = '/W 8 /H 1 /CS /G /BPC 8';
const text = 'BT /F1 12 Tf 72 72 Td (Pay 1000) Tj ET';
export const image = (data: string, entries = gray): string => `q BI ${entries} ID ${data}\nEI\nQ\n${text}\n`;
export const another = image('87654321').replace('72 72', '72 172');

/** By what they have. */
export const readAlike: readonly [string, string][] = [
  ['none', text],
  ['words that are none', '(BI /W 9 ID x EI) Tj'],
  ['as many bytes as it needs', image('12345678')],
  ['a colour of many numbers behind it', `BI ${gray} ID 12345678\nEI\n.1 .2 .3 .4 .5 scn ${text}`],
  ['two of them', `${image('12345678')}${another}`],
  ['a mask of bits', image('12', '/IM true /W 9 /H 1')],
  ['whole names', image('12345678', '/Width 8 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8')],
  ['three colours', image('123456', '/W 2 /H 1 /CS /RGB /BPC 8')],
  ['four colours', image('12345678', '/W 2 /H 1 /CS /CMYK /BPC 8')],
  ['of few colours', image('12345678', '/W 8 /H 1 /BPC 8 /CS [/I /RGB 1 <000000FFFFFF>]')],
  ['compressed', image(deflated('12345678'), `${gray} /F /Fl`)],
  ['in digits', image('3132333435363738>', `${gray} /F /AHx`)],
  ['in letters', image('0etOA2)[BQ~>', `${gray} /F [/A85]`)],
  ['in digits, which are too few', image('31>', `${gray} /F /AHx`)],
  ['a picture', image('\u00FF\u00D8\u00FF\u00E0\0\u0004EI\u00FF\u00D9', `${gray} /F /DCT`)],
  [
    'a fax that ends itself',
    `${image('x\0\u0010\u0001', '/IM true /W 8 /H 9 /F /CCF /DP << /K -1 /Columns 8 >>')}${another}`,
  ],
  ['fewer bytes than it needs, with nothing behind it', `q BI ${gray} ID 1234\nEI Q`],
  ['the end of one among bytes that are no content', image('1 EI \u0001\u00802')],
  ['nothing behind its end', 'q BI /W 8 /H 1 /CS /G /BPC 8 ID 12345678 EI'],
];

/** By what is odd about an image. */
export const readUnlike: readonly [string, string][] = [
  ['fewer bytes than it needs', `${image('1234')}${another}`],
  ['one row too few', `${image('12345678', '/W 8 /H 2 /CS /G /BPC 8')}${another}`],
  ['an end before that', `q BI /W 90 /H 1 /CS /G /BPC 8 ID 1234 EI Q ${text} ${'x'.repeat(60)}\nEI Q`],
  ['another end that is content', image(`EI ${text} `, `/W ${text.length + 4} /H 1 /CS /G /BPC 8`)],
  ['a height that it says twice', `${image('12345678', '/W 8 /H 1 /H 9 /CS /G /BPC 8')}${another}`],
  ['compressed data with an end in them', image(deflated(`EI ${text} `, 0), `/W 33 /H 1 /CS /G /BPC 8 /F /Fl`)],
  ['compressed data that are cut short', `${image(deflated('x'.repeat(900)).slice(0, 5), `${gray} /F /Fl`)}${another}`],
  ['a fax that goes on', `${image('x', '/IM true /W 8 /H 900 /F /CCF')}${another}`],
  [
    'an older fax',
    `${image(`x${'\0\u0010\u0001'.repeat(3)}`, '/IM true /W 8 /H 9 /F /CCF /DP [<< /Columns 8 >>]')}${another}`,
  ],
  ['a picture without an end', `${image('\u00FF\u00D8', `${gray} /F /DCT`)}${another}`],
  ['a dictionary that is none', image('12345678', `${gray} 7`)],
  ['a list behind its end', `BI ${gray} ID 12345678\nEI\n[1] 0 d ${text} ${another}`],
  ['a long comment behind its end', `BI ${gray} ID 12345678\nEI\n%${'c'.repeat(90)}\n${text} ${another}`],
];
