/**
 * @fileoverview What lets this page in: the token behind the # of the address that fmviz printed.
 * It leaves the address, and stays where pages of other origins can't read it. Tabs that are in
 * give it to those of the same page that are not.
 */
(function () {
  'use strict';

  const TOKEN = /(?:^|[?#&])token=([0-9a-f]{32})(?=[&#]|$)/;
  const PATIENCE = 200;
  const STALE = 'This token lets nobody in: perhaps fmviz was started anew, and printed another address.';

  // Behind a proxy, servers are told apart by their paths.
  const NAME = 'fmviz ' + location.pathname;

  const channel = new BroadcastChannel(NAME);
  const heard = new Set();
  let token = '';
  let isIn = false;

  // An empty message asks for the token.
  channel.addEventListener('message', (event) => {
    const said = /** @type {?} */ (event).data;
    if (said !== '') {
      heard.add(said);
    } else if (isIn) {
      channel.postMessage(token);
    }
  });

  /**
   * What is sent with each request.
   * @return {string}
   */
  fmviz.token = () => token;

  function found(text) {
    const parts = TOKEN.exec(text.trim());
    return parts === null ? null : parts[1];
  }

  // The address without it: it is in no bookmark, and on no picture of the screen.
  function taken() {
    const mine = found(location.hash) || found(location.search);
    if (mine !== null) {
      const without = (text, sign) => {
        const rest = text.slice(1).split('&').filter((part) => part !== '' && !part.startsWith('token='));
        return rest.length === 0 ? '' : sign + rest.join('&');
      };
      history.replaceState(null, '', location.pathname + without(location.search, '?') + without(location.hash, '#'));
    }
    return mine;
  }

  async function others() {
    channel.postMessage('');
    await new Promise((resolve) => setTimeout(resolve, PATIENCE));
    return Array.from(heard);
  }

  // Waits until a person pastes the address.
  function pasted(line) {
    const field = /** @type {!HTMLInputElement} */ (document.getElementById('address'));
    const told = document.getElementById('door-status');
    document.body.classList.add('shut');
    told.textContent = line;
    field.focus();
    return new Promise((resolve) => {
      const take = () => {
        const mine = found(field.value);
        if (mine === null) {
          told.textContent = field.value.trim() === '' ? line : 'There is no token in it: it ends with #token= and 32 letters and digits.';
        } else {
          field.value = '';
          resolve(mine);
        }
      };
      field.oninput = take;
      field.onchange = take;
    });
  }

  /**
   * Asks the first question, with one token after the other until one lets in.
   * @param {function(): !Promise<?>} question
   * @return {!Promise<?>} its answer
   */
  fmviz.enter = async function (question) {
    const own = [taken(), window.sessionStorage.getItem(NAME)].filter((each) => each !== null);
    let answer = await first(own, question);
    let line = own.length === 0 ? '' : STALE;
    answer = answer || (await first(await others(), question));
    while (answer === null) {
      answer = await first([await pasted(line)], question);
      line = STALE;
    }
    isIn = true;
    window.sessionStorage.setItem(NAME, token);
    document.body.classList.remove('shut');
    return answer;
  };

  // What the first of some tokens that lets in brings; null if none does.
  async function first(tokens, question) {
    for (const each of tokens) {
      token = each;
      try {
        return await question();
      } catch (e) {
        if (e.status !== 403) {
          throw e;
        }
      }
    }
    return null;
  }

  // The address that is printed, put into a tab that has the page: nothing is loaded by that.
  window.addEventListener('hashchange', (event) => {
    const mine = taken();
    if (mine !== null) {
      if (location.hash === '') { // What was drawn goes on with a server that was started anew.
        history.replaceState(null, '', location.pathname + location.search + new URL(event.oldURL).hash);
      }
      window.sessionStorage.setItem(NAME, mine);
      if (!isIn) {
        location.reload();
      } else {
        token = mine;
        window.dispatchEvent(new Event('fmviz-token'));
      }
    }
  });
})();
