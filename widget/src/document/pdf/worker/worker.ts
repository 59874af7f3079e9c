// In this order: pdf.js begins to listen as soon as it is there.
import './prepare.ts';
import 'pdfjs-dist/build/pdf.worker.mjs';
