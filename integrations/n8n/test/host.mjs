/** What n8n gives its nodes, as far as these ask for it; its documentation says how each behaves. */

/** Expressions in credentials know only what is said of the credentials themselves. */
function filledIn(text, credentials) {
  return text.replace(/^=/, '').replace(/\{\{\$credentials\.(\w+)\}\}/g, (_, name) => credentials[name]);
}

export function hostOf({
  credential,
  credentials,
  parameters,
  input = [{ json: {} }],
  url = '',
  body = {},
  kept = {},
}) {
  const node = {
    getCredentials: async (name) => (name === credential.name ? credentials : Promise.reject(new Error(name))),
    /** Parameters that are not shown are not there: without another value that is an error. */
    getNodeParameter(name, index, otherwise) {
      const value = parameters[name] ?? (typeof index === 'number' ? otherwise : index);
      if (value === undefined) throw new Error(`Could not get parameter ${name}`);
      return value;
    },
    getNodeWebhookUrl: () => url,
    getWorkflowStaticData: () => kept,
    getBodyData: () => body,
    getInputData: () => input,
    continueOnFail: () => false,
    helpers: {
      returnJsonArray: (items) => [items].flat().map((json) => ({ json })),
      /** Fails as axios does, with the answer beside the error. */
      async httpRequestWithAuthentication(name, { method, url: address, body: sent, qs = {} }) {
        if (this !== node) throw new Error('It is called without its node.');
        const { headers } = credential.authenticate.properties;
        const signed = Object.entries(headers).map(([header, value]) => [header, filledIn(value, credentials)]);
        const asked = new URL(address);
        for (const [key, value] of Object.entries(qs)) asked.searchParams.set(key, value);
        const answer = await fetch(asked, {
          method,
          headers: { ...Object.fromEntries(signed), ...(sent ? { 'content-type': 'application/json' } : {}) },
          body: sent ? JSON.stringify(sent) : undefined,
        });
        const text = await answer.text();
        const data = text === '' ? '' : JSON.parse(text);
        if (answer.ok) return data;
        throw Object.assign(new Error(`Request failed with status code ${answer.status}`), { response: { data } });
      },
    },
  };
  return node;
}
