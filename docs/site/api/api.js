/* global SwaggerUIBundle */

/** The demo passes requests on to its service, and mints a token to try them with; elsewhere there is neither. */
const demo = new URL('../service', location.href).href;
const isDemo = await fetch(`${demo}/openapi.json`).then(
  (answer) => answer.ok && (answer.headers.get('content-type') ?? '').includes('json'),
  () => false,
);

const mint = async () => (await (await fetch('/api/server-token', { method: 'POST' })).json()).token;
const server = isDemo ? demo : 'https://sign.example.com';
const description = await (await fetch('../openapi.json')).json();

document.getElementById('about').textContent = isDemo
  ? 'Try it: requests go to the demo’s service, with a token of scope "signings" that lives five minutes.'
  : 'To try it, run the demo: npm run docs, then npm start.';

const ui = SwaggerUIBundle({
  spec: { ...description, servers: [{ url: server }] },
  domNode: document.getElementById('api'),
  // Nobody else is asked whether the description is valid.
  validatorUrl: null,
  supportedSubmitMethods: isDemo ? ['get', 'put', 'post', 'delete'] : [],
  defaultModelsExpandDepth: 0,
  onComplete: async () => {
    if (isDemo) ui.preauthorizeApiKey('hostToken', await mint());
  },
});
