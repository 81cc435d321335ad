/** @fileoverview All layers: which are shown, which are in view, where something is wrong. */
(function () {
  'use strict';

  /** Of one question, when all are asked for. */
  const MOST_ROWS = 200;
  const MOST_MAPS = 2048;

  function ranges(numbers) {
    const parts = [];
    for (const number of numbers) {
      const last = parts[parts.length - 1];
      if (last && last[1] === number - 1) {
        last[1] = number;
      } else {
        parts.push([number, number]);
      }
    }
    return parts.map((part) => part.join('-')).join(',');
  }

  function select(name, options, changed) {
    const field = fmviz.el('select', null, options.map((option) => fmviz.el('option', {value: option[0]}, option[1])));
    field.addEventListener('change', () => changed(field.value));
    return {element: fmviz.el('label', null, name, field), field: field};
  }

  /**
   * The layers.
   * @param {{list: !Element, tools: !Element, scroller: !Element}} places
   * @param {!Array} layers
   * @param {function()} viewed is told when other rows are in view
   * @return {{view: function(): {rows: string, maps: string}, all: function(): !Array<{rows: string,
   *     maps: string}>, lay: function(), update: function(?, ?, boolean), nextBad: function(), step: function(number)}}
   */
  fmviz.layerList = function (places, layers, viewed) {
    const rows = layers.map((layer, number) => fmviz.layerRow(layer, number, layers));
    const tree = fmviz.tree(layers, rows.map((row) => row.element));
    const none = fmviz.el('p', {class: 'quiet', hidden: true}, 'No layer has such a name or path.');
    places.list.append(...tree.elements, none);
    let lastBad = -1;

    const observer = new IntersectionObserver(
      (entries) => {
        entries.forEach((entry) => (rows[Number(entry.target.getAttribute('data-layer'))].isInView = entry.isIntersecting));
        viewed();
      },
      {rootMargin: '80px'}
    );
    rows.forEach((row) => observer.observe(row.element));
    new ResizeObserver(() => {
      rows.forEach((row) => row.show());
      viewed();
    }).observe(places.list);
    let isWaiting = false;
    document.addEventListener(
      'scroll',
      () => {
        if (!isWaiting) {
          isWaiting = true;
          requestAnimationFrame(() => {
            isWaiting = false;
            viewed();
          });
        }
      },
      {capture: true, passive: true}
    );

    const filter = fmviz.el('input', {type: 'search', placeholder: 'Conv*', size: 10, id: 'filter', 'aria-describedby': 'filter-hint'});
    filter.addEventListener('input', () => fmviz.change({filter: filter.value}));
    const colors = select(
      'Colours',
      [['viridis', 'viridis'], ['magma', 'magma'], ['gray', 'grey']],
      (value) => fmviz.change({colors: value})
    );
    const scale = select(
      'Scale',
      [['layer', 'per layer'], ['map', 'per map']],
      (value) => fmviz.change({scale: value})
    );
    const bad = fmviz.el('button', {type: 'button', id: 'bad', disabled: true, onclick: nextBad, title: 'The next layer with NaN, or with most maps dead'}, 'Next anomaly');
    const hint = fmviz.el('p', {class: 'quiet hint', id: 'filter-hint'}, 'Names, types and paths, with * for any part: Conv*, layer1.*, *.conv2; several with commas.');
    places.tools.append(fmviz.el('label', null, 'Filter', filter), hint, colors.element, scale.element, bad);

    function show() {
      const matches = fmviz.matcher(fmviz.state.filter);
      rows.forEach((row) => {
        row.element.hidden = !matches([row.layer.name, row.layer.path, row.layer.type]);
        row.show();
      });
      tree.branches.forEach((branch) => (branch.element.hidden = branch.layers.every((n) => rows[n].element.hidden)));
      none.hidden = rows.some((row) => !row.element.hidden);
      if (filter.value !== fmviz.state.filter) {
        filter.value = fmviz.state.filter;
      }
      colors.field.value = fmviz.state.colors;
      scale.field.value = fmviz.state.scale;
    }

    fmviz.onchange((names) => {
      if (['open', 'map', 'filter', 'colors', 'scale'].some((name) => names.has(name))) {
        show();
      }
    });

    function goTo(row) {
      for (let at = row.element.parentElement; at && at !== places.list; at = at.parentElement) {
        if (at.tagName === 'DETAILS') {
          at.open = true;
        }
      }
      row.element.scrollIntoView({block: 'center'});
      row.element.querySelector('.fold').focus();
    }

    /**
     * Brings a layer into sight.
     * @param {number} number
     */
    fmviz.goToLayer = (number) => goTo(rows[number]);

    function nextBad() {
      const order = rows.map((_, i) => rows[(lastBad + 1 + i) % rows.length]);
      const found = order.find((row) => row.isBad && !row.element.hidden);
      if (found) {
        lastBad = found.number;
        goTo(found);
      }
    }

    function view() {
      const box = places.scroller.getBoundingClientRect();
      const top = Math.max(0, box.top) - 80;
      const bottom = Math.min(window.innerHeight, box.bottom) + 80;
      const seen = rows.filter((row) => row.isInView && !row.element.hidden);
      return {
        rows: ranges(seen.map((row) => row.number)),
        maps: seen.map((row) => row.range(top, bottom)).filter((range) => range !== null).join(','),
      };
    }

    // All of the list, in pieces as large as the server takes them.
    function all() {
      const pieces = [];
      let free = 0;
      for (const row of rows.filter((each) => !each.element.hidden)) {
        const count = row.isOpen() ? row.layer.shape[0] : 0;
        for (let first = 0; first === 0 || first < count; first += MOST_MAPS) {
          const some = Math.min(MOST_MAPS, count - first);
          if (pieces.length === 0 || some > free || pieces[pieces.length - 1].rows.length >= MOST_ROWS) {
            pieces.push({rows: [], maps: []});
            free = MOST_MAPS;
          }
          const piece = pieces[pieces.length - 1];
          piece.rows.push(row.number);
          free -= some;
          if (count > 0) {
            piece.maps.push(row.number + ':' + first + '-' + (first + some - 1));
          }
        }
      }
      return pieces.map((piece) => ({rows: ranges(piece.rows), maps: piece.maps.join(',')}));
    }

    // For an empty pad it is no news that maps are zero.
    function update(answer, then, isEmpty) {
      const facts = new Map(answer.facts.layers.map((each) => [each.layer, each]));
      rows.forEach((row) => facts.has(row.number) && row.update(answer, facts.get(row.number), then, isEmpty));
      answer.facts.maps.forEach((maps) => rows[maps.layer].updateMaps(answer, maps, then));
      tree.branches.forEach((branch) => {
        const count = branch.layers.filter((n) => rows[n].isBad).length;
        branch.note.textContent = count === 0 ? '' : fmviz.count(count, 'anomaly').replace('anomalys', 'anomalies');
      });
      bad.disabled = !rows.some((row) => row.isBad);
    }

    // From one layer's heading to the next.
    function step(by) {
      const folds = rows.filter((row) => row.element.offsetParent !== null);
      const from = folds.findIndex((row) => row.element.contains(document.activeElement));
      const to = folds[Math.max(0, Math.min(folds.length - 1, from < 0 ? 0 : from + by))];
      if (to) {
        goTo(to);
      }
    }

    show();
    return {view: view, all: all, lay: () => rows.forEach((row) => row.show()), update: update, nextBad: nextBad, step: step};
  };
})();
