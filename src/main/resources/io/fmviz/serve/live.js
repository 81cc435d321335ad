/** @fileoverview The live page: what is drawn goes to the network, and what it makes of it comes back. */
(function () {
  'use strict';

  const KEPT = 400;

  /** Milliseconds: later, an answer is slow; so long after a try the next one begins. */
  const SLOW = 1000;
  const RETRY = 1000;

  const by = (id) => document.getElementById(id);

  async function start() {
    const network = await fmviz.enter(() => fmviz.ask('network', {}));
    fmviz.restore(location.hash, network.layers);
    by('title').textContent = 'fmviz \u00b7 ' + network.name;
    document.title = network.name + ' \u00b7 fmviz live';
    by('about').textContent = network.input.reading;

    /** What is looked at: a drawing, a file's bytes; or what the server has already. */
    const input = {kind: 'drawing', body: null, number: null};
    /** When what happened was shown: for who measures. */
    const timings = [];
    fmviz.timings = timings;
    let isBusy = false;
    let isWanted = false;
    let isSecondTry = false;
    let event = 0;
    let last = null;
    let pin = null;
    /** The input that the answer is of: what is looked at while the page is frozen. */
    let held = null;
    /** What is to be done with the next answer, which is of all maps of unfolded layers; or null. */
    let whole = null;
    const status = fmviz.status(by('status'));

    const pad = fmviz.pad((when) => {
      sources.stop();
      input.kind = 'drawing';
      changed(when);
    });
    by('pad').append(pad.element);
    const sources = fmviz.sources(network.input, {
      say: status.fail,
      picture: async (blob) => {
        input.kind = 'file';
        input.body = blob;
        await changed(performance.now());
      },
    });
    by('sources').append(
      fmviz.el('button', {type: 'button', id: 'clear', onclick: pad.clear}, 'Clear'),
      fmviz.el('button', {type: 'button', id: 'undo', onclick: pad.undo}, 'Undo'),
      ...sources.elements
    );
    pad.read(fmviz.state.drawing);

    const seen = fmviz.seen();
    by('seen').append(seen.element);
    const layers = fmviz.layerList({list: by('list'), tools: by('tools'), scroller: by('layers')}, network.layers, () => look());
    const chosen = fmviz.chosen(by('map'), network, seen);
    const freeze = fmviz.el('button', {type: 'button', id: 'freeze', 'aria-pressed': 'false', onclick: () => fmviz.change({frozen: !fmviz.state.frozen})}, 'Freeze');
    const pinning = fmviz.el('button', {type: 'button', id: 'pin', 'aria-pressed': 'false', onclick: togglePin}, 'Pin');
    const compare = fmviz.el('button', {type: 'button', id: 'compare', 'aria-pressed': 'false', disabled: true, onclick: () => fmviz.change({compare: !fmviz.state.compare})}, 'Differences');
    const allOn = fmviz.el('button', {type: 'button', id: 'all-on', hidden: true, onclick: () => fmviz.change({off: new Set()})}, 'All maps on');
    const answer = fmviz.answer(by('answer'), network, [freeze, pinning, compare, allOn]);

    function parameters(isWhole) {
      const view = isWhole ? layers.all() : layers.view();
      return {
        rows: view.rows,
        maps: view.maps,
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
        : {number: null, query: {kind: 'file'}, body: input.body};
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
      whole = null;
      const asked = parameters(after !== null);
      const its = looked();
      const [query, body] = withInput(asked, its);
      const wasSent = performance.now();
      const waiting = setTimeout(status.slow, SLOW);
      try {
        const found = await fmviz.ask('answer', query, body);
        held = {...its, number: found.facts.picture};
        if (event === when && !fmviz.state.frozen) {
          input.number = found.facts.picture;
        }
        last = found;
        const then = await pinned(asked);
        const wasAnswered = performance.now();
        show(found, then);
        measure(body === null ? 0 : when, wasSent, wasAnswered);
        status.answered();
        isSecondTry = false;
        if (after !== null) {
          await after();
        }
      } catch (e) {
        failed(e);
      } finally {
        clearTimeout(waiting);
      }
    }

    // A picture that is none leaves the one before it where it was.
    function failed(e) {
      if (e.status === 413 || e.status === 422) {
        input.number = last === null ? null : last.facts.picture;
        input.kind = last === null ? 'drawing' : input.kind;
        status.fail(e.message);
      } else if (e.status === 410) {
        held = held === null ? null : {...held, number: null};
        isWanted = true;
      } else if (e.status === undefined) {
        throw e; // The page's own.
      } else if (e.status === 0) {
        status.gone();
        setTimeout(ask, RETRY);
      } else if (e.status === 403) {
        status.fail('fmviz was started anew: open the address that it printed in this tab, and what is drawn goes on.');
      } else if (e.status !== 409) {
        status.fail(e.message);
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
      return pin.answer;
    }

    function togglePin() {
      if (pin !== null) {
        pin = null;
        fmviz.change({compare: false});
      } else if (last !== null) {
        pin = {...held, off: parameters(false).off, key: null, answer: null};
      }
      pinning.setAttribute('aria-pressed', String(pin !== null));
      pinning.textContent = pin === null ? 'Pin' : 'Unpin';
      compare.disabled = pin === null;
      look();
    }

    function show(found, then) {
      const other = fmviz.state.compare ? then : null;
      seen.update(found);
      const isEmpty = input.kind === 'drawing' && pad.isEmpty() && !fmviz.state.frozen;
      answer.update(found, then, isEmpty);
      layers.update(found, other, isEmpty);
      chosen.update(found, other);
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
      history.replaceState(null, '', location.pathname + (isOn ? '?present' : '') + location.hash);
    }

    const help = fmviz.keys(by('help'), [
      {key: 'd', text: 'to the drawing pad', act: () => pad.element.focus()},
      {key: 'c', text: 'clear the drawing', act: pad.clear},
      {key: 'z', shown: 'Ctrl Z', isControl: true, text: 'undo the last stroke, or clearing', act: pad.undo},
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
    window.addEventListener('hashchange', () => {
      const before = fmviz.state.drawing;
      fmviz.restore(location.hash, network.layers);
      if (fmviz.state.drawing !== before) {
        sources.stop();
        pad.read(fmviz.state.drawing);
        input.kind = 'drawing';
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

  start().catch((e) => (document.getElementById('status').textContent = e.message));
})();
