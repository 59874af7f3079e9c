// The service's door. Plain JavaScript, since a Node that is too old refuses the first file in TypeScript that it is
// given, before a line of it could say why.
const oldest = 26;
const { node } = process.versions;

if (Number.parseInt(node, 10) < oldest) {
  process.stderr.write(
    `The service needs Node ${oldest} and was started with Node ${node}: run \`npm ci\` once and start it by \`npm run service\`, which takes the Node that the project brings.\n`,
  );
  process.exitCode = 1;
} else {
  await import('./src/main.ts');
}
