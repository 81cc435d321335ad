/** @fileoverview What the page asks the server, and how its answers are taken apart. */
(function () {
  'use strict';

  const PAGE = Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16)).join('');

  /** What the server said instead of an answer, or that it said nothing. */
  class Refused extends Error {
    /**
     * @param {number} status of HTTP's; 0 where nothing came
     * @param {string} line for people
     */
    constructor(status, line) {
      super(line);
      this.status = status;
    }
  }

  function address(path, parameters) {
    const parts = Object.entries(parameters)
      .filter((pair) => pair[1] !== null && pair[1] !== '')
      .map((pair) => pair[0] + '=' + pair[1]);
    return 'api/' + path + '?' + ['page=' + PAGE, ...parts].join('&');
  }

  // Four bytes for the length of the facts, the facts, and arrays behind them.
  function unpacked(buffer) {
    const length = new DataView(buffer).getUint32(0, true);
    const facts = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
    const start = 4 + length;
    return {
      facts: facts,
      bytes: (at, count) => new Uint8Array(buffer, start + at, count),
      floats: (at, count) => new Float32Array(buffer, start + at, count),
      maps: (block) => fmviz.mapsOf(new Uint8Array(buffer, start + block.at), block.count, block.height, block.width),
    };
  }

  /**
   * Asks.
   * @param {string} path behind /api/
   * @param {!Object} parameters plain values
   * @param {?(!Uint8Array|!Blob)=} body a picture's bytes
   * @return {!Promise<?>} the facts, or facts with arrays where the answer has such
   */
  fmviz.ask = async function (path, parameters, body) {
    const reply = await fetch(address(path, parameters), {
      method: 'POST',
      headers: {'X-Fmviz': fmviz.token()},
      body: body || null,
    }).catch((e) => {
      throw new Refused(0, e.message);
    });
    if (!reply.ok) {
      throw new Refused(reply.status, (await reply.text()).trim());
    }
    const isFacts = reply.headers.get('Content-Type').startsWith('application/json');
    return isFacts ? reply.json() : unpacked(await reply.arrayBuffer());
  };
})();
