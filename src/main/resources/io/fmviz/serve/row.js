/** @fileoverview One layer: a row, and its maps when it is unfolded. */
(function () {
  'use strict';

  const FORMAT = fmviz.answerFormat;

  /** Maps are shown about this large; to a class, so many in the window's width. */
  const WANTED = 44;
  const PRESENTED = 16;
  const LEAST = 24;

  function factor(width) {
    const isPresent = document.body.classList.contains('present');
    const wanted = isPresent ? Math.max(WANTED, window.innerWidth / PRESENTED) : WANTED;
    return width === 1 ? (LEAST * wanted) / WANTED : Math.max(1, Math.round(wanted / width));
  }

  function label(number, state) {
    const words = ['map ' + number];
    if (state & FORMAT.dead) {
      words.push('dead');
    }
    if (state & FORMAT.nonFinite) {
      words.push('has non-finite values');
    }
    if (state & FORMAT.off) {
      words.push('off');
    }
    return words.join(', ');
  }

  // What the colours of maps stand for.
  function meaning(maps, isOwnScale) {
    if (isOwnScale) {
      return '; colours go from each map\u2019s lowest value to its highest';
    }
    return Number.isFinite(maps.low[0])
      ? '; colours go from ' + fmviz.number(maps.low[0]) + ' to ' + fmviz.number(maps.high[0]) + ' in all of them'
      : '; no value is finite';
  }

  // The same of differences from what is pinned.
  function changed(maps, all, isOwnScale) {
    const ends = isOwnScale ? '' : ', by up to ' + fmviz.number(maps.high[0]) + (maps.count < all ? ' in those that are in view' : ' in all of them');
    return '; blue is less than pinned, red is more' + ends;
  }

  // What a layer reads, with a way there.
  function reads(layer, layers) {
    const way = (from) =>
      fmviz.el('button', {type: 'button', class: 'way', onclick: () => fmviz.goToLayer(from)}, layers[from].name);
    return layer.reads.length === 0
      ? null
      : fmviz.el('p', {class: 'quiet reads'}, 'Reads ', layer.reads.map((from, i) => [i === 0 ? null : ', ', way(from)]), '.');
  }

  /**
   * A layer's row.
   * @param {{name: string, type: string, path: string, shape: !Array<number>, sent:
   *     !Array<number>, reads: !Array<number>, note: (?string|undefined)}} layer
   * @param {number} number
   * @param {!Array<{name: string}>} layers all of them
   * @return {?} the row: its element, whether it is in view, and what it shows
   */
  fmviz.layerRow = function (layer, number, layers) {
    const count = layer.shape[0];
    const high = layer.sent[0];
    const wide = layer.sent[1];
    const dead = fmviz.el('span', {class: 'badge dead-badge', hidden: true});
    const broken = fmviz.el('span', {class: 'badge bad', hidden: true}, 'NaN');
    const bars = fmviz.el('canvas', {class: 'bars', role: 'img', 'aria-label': 'histogram of ' + layer.name});
    const mean = fmviz.el('canvas', {class: 'mean', role: 'img', 'aria-label': 'mean of the maps of ' + layer.name});
    const grid = fmviz.el('canvas', {class: 'grid', 'aria-hidden': 'true'});
    const cells = fmviz.el('div', {class: 'cells', role: 'group', 'aria-label': 'maps of ' + layer.name});
    const caption = fmviz.el('p', {class: 'quiet'});
    const box = fmviz.el('div', {class: 'gridbox'}, grid, cells);
    const maps = fmviz.el('div', {class: 'unfolded', hidden: true, id: 'maps-' + number}, fmviz.el('p', {class: 'quiet reads'}, fmviz.kindOf(layer.type)), reads(layer, layers), box, caption);
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
    let zoom = 1;
    let buttons = [];
    let states = [];

    // As many columns as there is room for; the buttons lie over the picture.
    function lay() {
      const room = element.clientWidth - 16;
      zoom = factor(wide);
      columns = Math.max(1, Math.min(count, Math.floor((room + zoom) / ((wide + 1) * zoom))));
      const rows = Math.ceil(count / columns);
      grid.style.width = (columns * (wide + 1) - 1) * zoom + 'px';
      grid.style.height = (rows * (high + 1) - 1) * zoom + 'px';
      cells.style.gridTemplateColumns = 'repeat(' + columns + ',' + wide * zoom + 'px)';
      cells.style.gridAutoRows = high * zoom + 'px';
      cells.style.gap = zoom + 'px';
      if (buttons.length === 0) {
        buttons = Array.from({length: count}, (_, i) => button(i));
        cells.append(...buttons);
        fmviz.roving(cells);
        mark();
      }
    }

    function button(i) {
      const made = fmviz.el('button', {type: 'button', class: 'map', title: label(i, 0), 'aria-label': label(i, 0), 'data-number': i});
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
        buttons[i].className = 'map' + (state & FORMAT.off ? ' off' : state & FORMAT.dead ? ' dead' : '') + (state & FORMAT.nonFinite ? ' broken' : '');
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

    row.isOpen = () => !maps.hidden;

    // Takes what is new of it.
    row.update = function (answer, facts, then, isEmpty) {
      dead.hidden = facts.dead === 0 || isEmpty;
      dead.textContent = facts.dead + ' dead';
      dead.title = fmviz.count(facts.dead, 'map') + ' of ' + count + ' zero for this input';
      broken.hidden = !facts.nonFinite;
      broken.title = fmviz.count(facts.nonFinite || 0, 'non-finite value');
      row.isBad = Boolean(facts.nonFinite) || facts.dead > count / 2;
      if (facts.mean) {
        fmviz.drawBars(bars, answer.bytes(facts.histogram, FORMAT.bars));
        const before = then && then.facts.layers[number];
        drawMean(answer.maps(facts.mean), before && before.mean ? then.maps(before.mean) : null);
      }
    };

    function drawMean(now, before) {
      const shown = before ? fmviz.difference(now, before, true) : now;
      fmviz.drawMap(mean, shown, 0, null, before ? 'coolwarm' : fmviz.state.colors);
    }

    // Takes its maps, and draws them, or what is different in them from those that were pinned.
    row.updateMaps = function (answer, facts, then) {
      if (maps.hidden || buttons.length === 0) {
        return;
      }
      const now = answer.maps(facts.block);
      const isSame = (other) => other.layer === number && other.first === facts.first && other.block.count === facts.block.count;
      const before = then && then.facts.maps.find(isSame);
      const shown = before ? fmviz.difference(now, then.maps(before.block), facts.isOwnScale) : now;
      const place = {first: facts.first, all: count, columns: columns};
      fmviz.drawGrid(grid, shown, place, before ? 'coolwarm' : fmviz.state.colors);
      const states = answer.bytes(facts.states, now.count);
      states.forEach((state, i) => setState(facts.first + i, before ? state & ~FORMAT.dead : state));
      caption.textContent = fmviz.count(count, 'map') + (before ? changed(shown, count, facts.isOwnScale) : meaning(now, facts.isOwnScale));
    };

    return row;
  };
})();
