/** @fileoverview The live page: what is drawn goes to the network, and what it makes of it comes back. */
(function () {
  'use strict';

  const KEPT = 400;

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
    let event = 0;
    let last = null;
    let pin = null;

    function say(line) {
      by('status').textContent = line;
    }

    const pad = fmviz.pad((when) => {
      sources.stop();
      input.kind = 'drawing';
      changed(when);
    });
    by('pad').append(pad.element);
    const sources = fmviz.sources({
      say: say,
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

    function parameters() {
      const view = layers.view();
      return {
        rows: view.rows,
        maps: view.maps,
        map: fmviz.state.map,
        off: Array.from(fmviz.state.off).join(','),
        scale: fmviz.state.scale === 'map' ? 'map' : null,
      };
    }

    // The input goes along where the server hasn't got it yet.
    function withInput(asked) {
      if (input.number !== null) {
        return [{picture: input.number, ...asked}, null];
      }
      return input.kind === 'drawing'
        ? [{kind: 'drawing', height: pad.side, width: pad.side, ...asked}, pad.bytes()]
        : [{kind: 'file', ...asked}, input.body];
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
      while (isWanted) {
        isWanted = false;
        await once();
      }
      isBusy = false;
    }

    async function once() {
      const when = event;
      const asked = parameters();
      const [query, body] = withInput(asked);
      const wasSent = performance.now();
      try {
        const found = await fmviz.ask('answer', query, body);
        if (event === when) {
          input.number = found.facts.picture;
        }
        last = found;
        const then = await pinned(asked);
        const wasAnswered = performance.now();
        show(found, then);
        measure(body === null ? 0 : when, wasSent, wasAnswered);
        say('');
      } catch (e) {
        failed(e);
      }
    }

    // A picture that is none leaves the one before it where it was.
    function failed(e) {
      if (e.status === 413 || e.status === 422) {
        input.number = last === null ? null : last.facts.picture;
        input.kind = last === null ? 'drawing' : input.kind;
        say(e.message);
      } else if (e.status === 410) {
        input.number = null;
        isWanted = true;
      } else if (e.status !== 409) {
        say(e.status ? e.message : 'fmviz no longer answers: start it again, and open the address that it prints.');
      }
    }

    function measure(when, wasSent, wasAnswered) {
      const painted = performance.now();
      requestAnimationFrame((frame) => {
        timings.push({event: when, sent: wasSent, answered: wasAnswered, painted: painted, frame: Math.max(frame, painted)});
        timings.splice(0, timings.length - KEPT);
      });
    }

    // What the network makes of the pinned input, as it is looked at now.
    async function pinned(asked) {
      if (pin === null) {
        return null;
      }
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
        const query = input.kind === 'drawing' ? {kind: 'drawing', height: pad.side, width: pad.side} : {kind: 'file'};
        pin = {number: last.facts.picture, query: query, body: input.kind === 'drawing' ? pad.bytes() : input.body, key: null, answer: null};
      }
      pinning.setAttribute('aria-pressed', String(pin !== null));
      pinning.textContent = pin === null ? 'Pin' : 'Unpin';
      compare.disabled = pin === null;
      look();
    }

    function show(found, then) {
      const other = fmviz.state.compare ? then : null;
      seen.update(found);
      answer.update(found, then, input.kind === 'drawing' && pad.isEmpty());
      layers.update(found, other);
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
    });

    function present() {
      const isOn = document.body.classList.toggle('present');
      by('present').setAttribute('aria-pressed', String(isOn));
      history.replaceState(null, '', location.pathname + (isOn ? '?present' : '') + location.hash);
    }

    const help = fmviz.keys(by('help'), [
      {key: 'd', text: 'to the drawing pad', act: () => pad.element.focus()},
      {key: 'c', text: 'clear the drawing', act: pad.clear},
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
    by('save').addEventListener('click', () => fmviz.save(network.name));
    window.addEventListener('hashchange', () => {
      fmviz.restore(location.hash, network.layers);
      pad.read(fmviz.state.drawing);
      input.number = null;
      fmviz.change({});
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
