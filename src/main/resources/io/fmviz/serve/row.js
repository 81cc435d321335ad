/** @fileoverview One layer: a row, and its maps when it is unfolded. */
(function () {
  'use strict';

  const DEAD = 1;
  const NO_NUMBERS = 2;
  const OFF = 4;

  /** Maps are shown about this large. */
  const WANTED = 44;
  const LEAST = 24;

  /**
   * The longest side of a map as it is fetched.
   * @const
   */
  fmviz.LONGEST_SIDE = 64;

  function shrunk(side, other) {
    const step = Math.ceil(Math.max(side, other) / fmviz.LONGEST_SIDE);
    return Math.ceil(side / step);
  }

  function factor(width) {
    return width === 1 ? LEAST : Math.max(1, Math.round(WANTED / width));
  }

  function label(number, state) {
    const words = ['map ' + number];
    if (state & DEAD) {
      words.push('dead');
    }
    if (state & NO_NUMBERS) {
      words.push('has non-finite values');
    }
    if (state & OFF) {
      words.push('off');
    }
    return words.join(', ');
  }

  /**
   * A layer's row.
   * @param {{name: string, path: string, shape: !Array<number>, note: (?string|undefined)}} layer
   * @param {number} number
   * @return {?} the row: its element, whether it is in view, and what it shows
   */
  fmviz.layerRow = function (layer, number) {
    const count = layer.shape[0];
    const high = shrunk(layer.shape[1], layer.shape[2]);
    const wide = shrunk(layer.shape[2], layer.shape[1]);
    const zoom = factor(wide);
    const dead = fmviz.el('span', {class: 'badge dead-badge', hidden: true});
    const broken = fmviz.el('span', {class: 'badge bad', hidden: true}, 'NaN');
    const bars = fmviz.el('canvas', {class: 'bars', role: 'img', 'aria-label': 'histogram of ' + layer.name});
    const mean = fmviz.el('canvas', {class: 'mean', role: 'img', 'aria-label': 'mean of the maps of ' + layer.name});
    const grid = fmviz.el('canvas', {class: 'grid', 'aria-hidden': 'true'});
    const cells = fmviz.el('div', {class: 'cells', role: 'group', 'aria-label': 'maps of ' + layer.name});
    const caption = fmviz.el('p', {class: 'quiet'});
    const box = fmviz.el('div', {class: 'gridbox'}, grid, cells);
    const maps = fmviz.el('div', {class: 'unfolded', hidden: true, id: 'maps-' + number}, box, caption);
    const fold = fmviz.el(
      'button',
      {
        type: 'button',
        class: 'fold',
        'aria-expanded': 'false',
        'aria-controls': 'maps-' + number,
        onclick: () => fmviz.change({open: fmviz.toggled(fmviz.state.open, number)}),
      },
      fmviz.el('span', {class: 'name'}, layer.name),
      fmviz.el('span', {class: 'path quiet'}, layer.path)
    );
    const element = fmviz.el(
      'div',
      {class: 'row', 'data-layer': number},
      fmviz.el(
        'div',
        {class: 'head'},
        fold,
        fmviz.el('span', {class: 'shape quiet'}, layer.shape.join(' \u00d7 ')),
        fmviz.el('span', {class: 'badges'}, dead, broken),
        bars,
        mean
      ),
      maps
    );
    const row = {element: element, number: number, layer: layer, isInView: false, isBad: false};
    let columns = 1;
    let buttons = [];
    let states = [];

    // As many columns as there is room for; the buttons lie over the picture.
    function lay() {
      const room = element.clientWidth - 16;
      columns = Math.max(1, Math.min(count, Math.floor((room + zoom) / ((wide + 1) * zoom))));
      const rows = Math.ceil(count / columns);
      grid.style.width = (columns * (wide + 1) - 1) * zoom + 'px';
      grid.style.height = (rows * (high + 1) - 1) * zoom + 'px';
      cells.style.gridTemplateColumns = 'repeat(' + columns + ',' + (wide + 1) * zoom + 'px)';
      cells.style.gridAutoRows = (high + 1) * zoom + 'px';
      if (buttons.length === 0) {
        buttons = Array.from({length: count}, (_, i) => button(i));
        cells.append(...buttons);
        fmviz.roving(cells);
        mark();
      }
    }

    function button(i) {
      const made = fmviz.el('button', {type: 'button', class: 'map', title: label(i, 0), 'aria-label': label(i, 0)});
      made.addEventListener('click', () => fmviz.change({map: number + '.' + i}));
      return made;
    }

    function mark() {
      buttons.forEach((each, i) => {
        const isChosen = fmviz.state.map === number + '.' + i;
        if (isChosen !== (each.getAttribute('aria-current') === 'true')) {
          isChosen ? each.setAttribute('aria-current', 'true') : each.removeAttribute('aria-current');
        }
      });
    }

    function setState(i, state) {
      if (states[i] !== state) {
        states[i] = state;
        buttons[i].className = 'map' + (state & OFF ? ' off' : state & DEAD ? ' dead' : '') + (state & NO_NUMBERS ? ' broken' : '');
        buttons[i].setAttribute('aria-label', label(i, state));
        buttons[i].title = label(i, state);
      }
    }

    // Folds or unfolds, and marks the chosen map.
    row.show = function () {
      const isOpen = fmviz.state.open.has(number);
      if (maps.hidden === isOpen) {
        maps.hidden = !isOpen;
        fold.setAttribute('aria-expanded', String(isOpen));
      }
      if (isOpen) {
        lay();
      }
      mark();
    };

    // Which of its maps are seen between two heights of the window, as `3:0-31`; null for none.
    row.range = function (top, bottom) {
      if (maps.hidden) {
        return null;
      }
      const begin = grid.getBoundingClientRect().top;
      const step = (high + 1) * zoom;
      const first = Math.max(0, Math.floor((top - begin) / step)) * columns;
      const last = Math.min(count, (Math.floor((bottom - begin) / step) + 1) * columns) - 1;
      return first <= last && first < count ? number + ':' + first + '-' + last : null;
    };

    // Takes what is new of it.
    row.update = function (answer, facts, then) {
      dead.hidden = facts.dead === 0;
      dead.textContent = facts.dead + ' dead';
      dead.title = fmviz.count(facts.dead, 'map') + ' of ' + count + ' zero for this input';
      broken.hidden = !facts.notNumbers;
      broken.title = fmviz.count(facts.notNumbers || 0, 'non-finite value');
      row.isBad = Boolean(facts.notNumbers) || facts.dead > count / 2;
      if (facts.mean) {
        fmviz.paintBars(bars, answer.bytes(facts.histogram, 24));
        paintMean(answer, facts.mean, then);
      }
    };

    function part(answer, mean) {
      return {bytes: answer.bytes(mean.at, mean.height * mean.width), low: mean.low, high: mean.high};
    }

    function paintMean(answer, facts, then) {
      const before = then && then.facts.layers[number];
      const both = before && before.mean ? fmviz.difference(part(answer, facts), part(then, before.mean)) : null;
      const bytes = both ? both.bytes : part(answer, facts).bytes;
      fmviz.paint(mean, bytes, facts.height, facts.width, both ? 'coolwarm' : fmviz.state.colors);
    }

    // Takes its maps, and draws them, or what is different in them from those that were pinned.
    row.updateMaps = function (answer, facts, then) {
      if (maps.hidden || buttons.length === 0) {
        return;
      }
      const values = fmviz.mapBlock(answer, facts);
      const before = then && then.facts.maps.find((m) => m.layer === number && m.first === facts.first && m.count === facts.count);
      const shown = before ? fmviz.blockDifference(values, fmviz.mapBlock(then, before)) : values.bytes;
      fmviz.paintGrid(
        grid,
        {bytes: shown, count: facts.count, first: facts.first, height: facts.height, width: facts.width, all: count},
        columns,
        before ? 'coolwarm' : fmviz.state.colors
      );
      answer.bytes(facts.states, facts.count).forEach((state, i) => setState(facts.first + i, before ? state & ~DEAD : state));
      caption.textContent =
        fmviz.count(count, 'map') +
        (before
          ? '; blue is less than pinned, red is more'
          : facts.ranges === undefined
            ? '; colours go from ' + fmviz.number(values.lows(0)) + ' to ' + fmviz.number(values.highs(0)) + ' in all of them'
            : '; colours go from each map\u2019s lowest value to its highest');
    };

    return row;
  };

  /**
   * Some maps' bytes, and between what they lie.
   * @param {?} answer
   * @param {?} facts
   * @return {{bytes: !Uint8Array, size: number, lows: function(number): number, highs:
   *     function(number): number}}
   */
  fmviz.mapBlock = function (answer, facts) {
    const size = facts.height * facts.width;
    const layer = answer.facts.layers.find((each) => each.layer === facts.layer);
    const ranges = facts.ranges === undefined ? null : answer.floats(facts.ranges, 2 * facts.count);
    return {
      bytes: answer.bytes(facts.at, facts.count * size),
      size: size,
      lows: (i) => (ranges ? ranges[2 * i] : layer.low),
      highs: (i) => (ranges ? ranges[2 * i + 1] : layer.high),
    };
  };

  /**
   * What is different in some maps, as bytes: on one scale, or each on its own.
   * @param {?} now
   * @param {?} then
   * @return {!Uint8Array}
   */
  fmviz.blockDifference = function (now, then) {
    const count = now.bytes.length / now.size;
    const isOne = count > 1 && now.lows(0) === now.lows(count - 1) && now.highs(0) === now.highs(count - 1);
    const step = isOne ? now.bytes.length : now.size;
    const all = new Uint8Array(now.bytes.length);
    for (let i = 0; i * step < all.length; i++) {
      const part = (block) => ({bytes: block.bytes.subarray(i * step, (i + 1) * step), low: block.lows(i), high: block.highs(i)});
      all.set(fmviz.difference(part(now), part(then)).bytes, i * step);
    }
    return all;
  };
})();
