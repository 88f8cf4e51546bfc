// Asks the server for the rows of a live block and for what can be chosen about them.

export class PreviewSource {
  #url;
  #rows = new Map();

  constructor(url) {
    this.#url = new URL(url, document.baseURI);
  }

  // The HTML of the rows. Kept while the page is open: moving a block must not ask again.
  rows({ code, columns, filter }) {
    const address = this.#address({ code, columns, filter });
    if (!this.#rows.has(address)) {
      const answer = read(address, "text/html").then((response) => response.text());
      answer.catch(() => this.#rows.delete(address));
      this.#rows.set(address, answer);
    }
    return this.#rows.get(address);
  }

  // {columns: [{name, label}], filters: [{name, label, choices: [[value, label]]}]}
  async options(code) {
    const response = await read(this.#address({ code, options: "1" }), "application/json");
    return response.json();
  }

  #address(parameters) {
    const address = new URL(this.#url);
    for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
    return address.href;
  }
}

async function read(address, type) {
  const response = await fetch(address, { headers: { Accept: type }, credentials: "same-origin" });
  if (!response.ok || response.redirected) {
    throw new Error(`${address} answered ${response.status}`);
  }
  return response;
}
