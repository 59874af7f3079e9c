/** The worker's script in pdf.js's folder; a build puts in its name, which tells its content. */
export const workerFile = 'pdf.worker.mjs';
