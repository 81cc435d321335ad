/** @fileoverview The live page: what is drawn goes to the network, and what it makes of it comes back. */
(function () {
  'use strict';

  const KEPT = 400;

  /** Milliseconds: later, an answer is slow; so long after a try the next one begins. */
  const SLOW = 1000;
  const RETRY = 1000;
  /** So often an idle page asks whether the server is there. */
  const LOOK = 5000;

  const by = (id) => document.getElementById(id);

  async function start() {
    const network = await fmviz.enter(() => fmviz.ask('network', {}));
    const hasExample = Boolean(network.example);
    fmviz.begin(network.layers, hasExample);
    fmviz.restore(location.hash, network.layers);
    by('title').textContent = 'fmviz \u00b7 ' + network.name;
    document.title = network.name + ' \u00b7 fmviz live';
    by('about').textContent = network.input.reading;

    /** What is looked at: the example, a drawing, a file's bytes; or what the server has already. */
    const input = {kind: 'drawing', body: null, number: null, picture: null, what: ''};
    /** What was looked at before a file that may be none. */
    let before = {...input};
    /** When what happened was shown: for who measures. */
    const timings = [];
    fmviz.timings = timings;
    let isBusy = false;
    let isWanted = false;
    let isSecondTry = false;
    let event = 0;
    let newest = null;
    let pin = null;
    /** The input that the answer is of: what is looked at while the page is frozen. */
    let held = null;
    /** What is to be done with the next answer, which is of all maps of unfolded layers; or null. */
    let whole = null;
    const status = fmviz.status(by('status'));

    const pad = fmviz.pad((when) => {
      sources.stop();
      draws();
      changed(when);
    });
    by('pad').append(pad.element, pad.box);
    const sources = fmviz.sources(network.input, {
      say: status.fail,
      picture: async (blob, picture, name) => {
        before = {...input};
        Object.assign(input, {kind: 'file', body: blob, picture: picture, what: name});
        if (fmviz.state.frozen) {
          by('what').textContent = name + ' is looked at when the page is no longer frozen.';
        }
        await changed(performance.now());
      },
    });
    by('sources').append(
      fmviz.el('button', {type: 'button', id: 'clear', onclick: pad.clear}, 'Clear'),
      fmviz.el('button', {type: 'button', id: 'undo', onclick: undo}, 'Undo'),
      ...sources.elements
    );
    const draws = () => {
      if (input.kind !== 'drawing') {
        before = {...input};
      }
      input.kind = 'drawing';
      by('what').textContent = '';
    };
    // What was drawn, or else the picture that was cleared or drawn over.
    function undo() {
      if (!pad.undo() && input.kind === 'drawing' && before.kind !== 'drawing') {
        Object.assign(input, before);
        showPicture();
        changed(performance.now());
      }
    }
    // The pad shows what is looked at, and the address holds no photographs.
    const showPicture = () => {
      pad.show(input.picture || seen.canvas);
      by('what').textContent = input.what;
      if (fmviz.state.drawing !== null) {
        fmviz.change({drawing: null});
      }
    };
    // The drawing that the address has, or the example.
    const begin = () => {
      pad.read(fmviz.state.drawing || '');
      draws();
      if (fmviz.state.drawing === null && before.kind === 'file') {
        Object.assign(input, before);
      } else if (fmviz.state.drawing === null && hasExample) {
        Object.assign(input, {kind: 'example', picture: null, what: network.example + ': draw over it.'});
      }
    };
    begin();

    const seen = fmviz.seen(pad);
    by('seen').append(seen.element);
    const layers = fmviz.layerList({list: by('list'), tools: by('tools'), scroller: by('layers')}, network.layers, () => look());
    const chosen = fmviz.chosen(by('map'), network, seen);
    const freeze = fmviz.el('button', {type: 'button', id: 'freeze', 'aria-pressed': 'false', onclick: () => fmviz.change({frozen: !fmviz.state.frozen})}, 'Freeze');
    const pinning = fmviz.el('button', {type: 'button', id: 'pin', 'aria-pressed': 'false', onclick: togglePin}, 'Pin');
    const compare = fmviz.el('button', {type: 'button', id: 'compare', 'aria-pressed': 'false', disabled: true, onclick: () => fmviz.change({compare: !fmviz.state.compare})}, 'Differences');
    const allOn = fmviz.el('button', {type: 'button', id: 'all-on', hidden: true, onclick: () => fmviz.change({off: new Set()})}, 'All maps on');
    const last = fmviz.lastStep(network);
    by('layers').append(last.element);
    const answer = fmviz.answer(by('answer'), network, [freeze, pinning, compare, allOn]);

    // What is chosen of it.
    function choice() {
      return {
        map: fmviz.state.map,
        off: Array.from(fmviz.state.off).join(','),
        scale: fmviz.state.scale === 'map' ? 'map' : null,
      };
    }

    // What is to be looked at; its number is null where the server hasn't got it yet.
    function looked() {
      if (held !== null && (fmviz.state.frozen || input.number !== null)) {
        return held;
      }
      return input.kind === 'drawing'
        ? {number: null, query: {kind: 'drawing', height: pad.side, width: pad.side}, body: pad.bytes()}
        : {number: null, query: {kind: input.kind}, body: input.kind === 'file' ? input.body : null};
    }

    // The input goes along where the server hasn't got it.
    function withInput(asked, its) {
      return its.number === null ? [{...its.query, ...asked}, its.body] : [{picture: its.number, ...asked}, null];
    }

    // The input is another.
    function changed(when) {
      input.number = null;
      event = when;
      return fmviz.state.frozen ? Promise.resolve() : ask();
    }

    // Something else of it is looked at.
    function look() {
      ask();
    }

    // One request is under way; what came meanwhile goes into the next one.
    async function ask() {
      isWanted = true;
      if (isBusy) {
        return;
      }
      isBusy = true;
      try {
        while (isWanted) {
          isWanted = false;
          await once();
        }
      } finally {
        isBusy = false;
      }
    }

    async function once() {
      const when = event;
      const after = whole;
      const waiting = setTimeout(status.slow, SLOW);
      try {
        const chosenNow = choice();
        let its = looked();
        for (const view of after === null ? [layers.view()] : layers.all()) {
          its = await part({...view, ...chosenNow}, its, when);
        }
        status.answered();
        isSecondTry = false;
        if (after !== null) {
          await last.ask(newest, answer.shown(), chosenNow.off);
          whole = null;
          after();
        }
      } catch (e) {
        failed(e, when);
      } finally {
        clearTimeout(waiting);
      }
    }

    // Asks for some of it, and shows that; the same input with the number that it can be asked for by.
    async function part(asked, its, when) {
      const [query, body] = withInput(asked, its);
      const wasSent = performance.now();
      const found = await fmviz.ask('answer', query, body);
      held = {...its, number: found.facts.picture};
      if (event === when && !fmviz.state.frozen) {
        input.number = found.facts.picture;
      }
      newest = found;
      const then = await pinned(asked);
      const wasAnswered = performance.now();
      show(found, then);
      measure(body === null ? 0 : when, wasSent, wasAnswered);
      return held;
    }

    // A picture that is none leaves the one before it where it was. A view is saved when the server
    // is back, or has time; else the person is told why it is not.
    function failed(e, when) {
      whole = [0, 410, 503].includes(e.status) ? whole : null;
      if (e.status === 413 || e.status === 422) {
        if (event === when) {
          Object.assign(input, before, {number: newest === null ? null : newest.facts.picture});
        }
        status.refused(e.message);
      } else if (e.status === 410) {
        held = held === null ? null : {...held, number: null};
        isWanted = true;
      } else if (e.status === undefined) {
        throw e; // The page's own.
      } else if (e.status === 0) {
        status.gone();
        setTimeout(ask, RETRY);
      } else if (e.status === 403) {
        status.refused('fmviz was started anew: open the address that it printed in this tab, and what is looked at goes on.');
      } else if (e.status !== 409) {
        status.refused(e.message);
        if (e.status === 503 && !isSecondTry) { // It had too much to do.
          isSecondTry = true;
          setTimeout(ask, RETRY);
        }
      }
    }

    function measure(when, wasSent, wasAnswered) {
      const painted = performance.now();
      requestAnimationFrame((frame) => {
        timings.push({event: when, sent: wasSent, answered: wasAnswered, painted: painted, frame: Math.max(frame, painted)});
        timings.splice(0, timings.length - KEPT);
      });
    }

    // What the network makes of the pinned input, as it is looked at now, with the maps that were off then.
    async function pinned(looked) {
      if (pin === null) {
        return null;
      }
      const asked = {...looked, off: pin.off};
      const key = JSON.stringify(asked);
      if (pin.key !== key) {
        try {
          pin.answer = await fmviz.ask('answer', {picture: pin.number, part: 'pinned', ...asked});
        } catch (e) {
          if (e.status !== 410) {
            throw e;
          }
          pin.answer = await fmviz.ask('answer', {...pin.query, part: 'pinned', ...asked}, pin.body);
          pin.number = pin.answer.facts.picture;
        }
        pin.key = key;
      }
      return {...pin.answer, off: pin.off};
    }

    function togglePin() {
      if (pin !== null) {
        pin = null;
        fmviz.change({compare: false});
      } else if (newest !== null) {
        pin = {...held, off: choice().off, key: null, answer: null};
      }
      pinning.setAttribute('aria-pressed', String(pin !== null));
      pinning.textContent = pin === null ? 'Pin' : 'Unpin';
      compare.disabled = pin === null;
      look();
    }

    function show(found, then) {
      const other = fmviz.state.compare ? then : null;
      seen.draw(found);
      if (input.kind !== 'drawing' && !fmviz.state.frozen) {
        showPicture();
      }
      seen.explain(found);
      const isEmpty = input.kind === 'drawing' && pad.isEmpty() && !fmviz.state.frozen;
      answer.update(found, then, isEmpty);
      layers.update(found, other, isEmpty);
      chosen.update(found, other);
      if (last.isInView() && answer.shown().length > 0) {
        last.ask(found, answer.shown(), choice().off);
      }
    }

    fmviz.onchange((names) => {
      freeze.setAttribute('aria-pressed', String(fmviz.state.frozen));
      compare.setAttribute('aria-pressed', String(fmviz.state.compare));
      allOn.hidden = fmviz.state.off.size === 0;
      allOn.textContent = 'All on (' + fmviz.state.off.size + ' off)';
      if (!names.has('drawing') || names.size > 1) {
        look();
      }
      if (names.size === 1 && names.has('map') && fmviz.state.map !== null && window.matchMedia('(max-width: 59.99rem)').matches) {
        by('chosen').scrollIntoView();
      }
    });

    function present() {
      const isOn = document.body.classList.toggle('present');
      by('present').setAttribute('aria-pressed', String(isOn));
      layers.lay();
      history.replaceState(null, '', location.pathname + (isOn ? '?present' : '') + location.hash);
    }

    const help = fmviz.keys(by('help'), [
      {key: 'd', text: 'to the drawing pad', act: () => pad.element.focus()},
      {key: 'c', text: 'clear the drawing', act: pad.clear},
      {key: 'z', shown: 'Ctrl Z', isControl: true, text: 'undo the last stroke, or clearing', act: undo},
      {key: 'l', text: 'next layer', act: () => layers.step(1)},
      {key: 'L', shown: 'Shift L', text: 'previous layer', act: () => layers.step(-1)},
      {key: 'm', text: 'next map', act: () => chosen.next(1)},
      {key: 'M', shown: 'Shift M', text: 'previous map', act: () => chosen.next(-1)},
      {key: 'f', text: 'freeze: draw, and the network waits', act: () => freeze.click()},
      {key: 'o', text: 'switch the map off, or on', act: chosen.toggle},
      {key: 'p', text: 'pin this input, or unpin it', act: togglePin},
      {key: 'x', text: 'show the differences from what is pinned', act: () => compare.click()},
      {key: 'n', text: 'next layer with an anomaly', act: layers.nextBad},
      {key: 'b', text: 'present: larger, without the controls', act: present},
      {key: '?', shown: '?', text: 'these keys', act: () => help()},
    ]);
    by('keys').addEventListener('click', help);
    by('present').addEventListener('click', present);
    by('save').addEventListener('click', () => {
      whole = () => fmviz.save(network.name);
      ask();
    });
    // A server that was started anew, with the token that was put into this tab: where it serves the
    // same network, the page goes on.
    window.addEventListener('fmviz-token', async () => {
      const again = await fmviz.ask('network', {}).catch(() => null);
      if (JSON.stringify(again) !== JSON.stringify(network)) {
        location.reload();
        return;
      }
      input.number = null;
      held = held === null ? null : {...held, number: null};
      ask();
    });
    // An idle page notices too when the server ends.
    setInterval(() => {
      if (!isBusy && !document.hidden && !document.body.classList.contains('gone')) {
        fetch('icon.svg', {cache: 'no-store'}).catch(() => ask());
      }
    }, LOOK);
    window.addEventListener('hashchange', () => {
      const before = fmviz.state.drawing;
      fmviz.restore(location.hash, network.layers);
      if (fmviz.state.drawing !== before) {
        sources.stop();
        begin();
        input.number = null;
        event = performance.now();
      }
      fmviz.tellState();
    });
    if (new URLSearchParams(location.search).has('present')) {
      present();
    }
    allOn.hidden = fmviz.state.off.size === 0;
    if (network.notShown.length > 0) {
      by('about').append(' ' + network.notShown.join(' '));
    }
    changed(0);
  }

  start().catch((e) => {
    const line = e.status === 0 ? 'fmviz does not answer: is it still running? Start it, and open the address that it prints.' : e.message;
    document.getElementById('status').textContent = line;
  });
})();
