/**
 * @fileoverview The last step as a picture: a row for each class, a column for each map, coloured by
 * what the map adds to the class's logit: its mean times a weight.
 */
(function () {
  'use strict';

  /** The maps of a sum that are told one by one. */
  const TOLD = 6;

  /** Of float32's sums, as a share of the logit. */
  const ROUNDING = 1e-4;

  /** On the screen, in pixels. */
  const LINE = 20;

  /**
   * The picture.
   * @param {{layers: !Array, classNames: !Array<string>, last: (?number|undefined), classes: number}} network
   * @return {{element: !Element, isInView: function(): boolean, ask: function(?, !Array<number>,
   *     string)}} ask draws it for an answer, some of its classes, and the maps that are off
   */
  fmviz.lastStep = function (network) {
    const hasOne = Number.isInteger(network.last);
    const layer = Number(network.last);
    const canvas = fmviz.el('canvas', {class: 'last pixels', tabindex: 0, role: 'img', 'aria-label': 'What each map adds to each class; arrows move over it'});
    const spot = fmviz.el('div', {class: 'spot', hidden: true});
    const names = fmviz.el('div', {class: 'last-names', 'aria-hidden': 'true'});
    const told = fmviz.el('div', {class: 'origin', 'aria-live': 'polite'});
    const scale = fmviz.el('div', {class: 'scale'});
    const element = fmviz.el(
      'section',
      {id: 'last', hidden: network.classes === 0},
      fmviz.el('h3', null, 'The last step'),
      hasOne
        ? [
            fmviz.el('p', {class: 'quiet'}, 'The mean of each map of ' + network.layers[layer].name + ' times a weight, a row for each class: the sum of a row and a bias is the class\u2019s logit.'),
            fmviz.el('div', {class: 'last-box'}, names, fmviz.el('div', {class: 'framed'}, canvas, spot)),
            scale,
            told,
          ]
        : fmviz.el('p', {class: 'quiet'}, 'This network doesn\u2019t end with a mean of maps and one linear layer: there is no such picture of it.')
    );
    let now = null;
    let at = {row: 0, map: null};
    let isBusy = false;
    let next = null;

    const called = (label) => network.classNames[label] || 'class ' + label;

    async function ask(answer, classes, off) {
      next = {picture: answer.facts.picture, classes: classes.join(','), off: off};
      if (isBusy || !hasOne || classes.length === 0) {
        return;
      }
      isBusy = true;
      while (next !== null) {
        const question = next;
        next = null;
        try {
          take(await fmviz.ask('last', question));
        } catch (e) {
          // A newer question, or a picture that is gone: the next answer brings it again.
        }
      }
      isBusy = false;
    }

    function take(found) {
      const count = network.layers[found.facts.layer].shape[0];
      const means = found.floats(found.facts.means, count);
      const rows = found.facts.classes.map((each) => {
        const weights = found.floats(each.weights, count);
        return {...each, weights: weights, adds: Array.from(means, (mean, k) => mean * weights[k])};
      });
      now = {count: count, means: means, rows: rows};
      at = {row: Math.min(at.row, rows.length - 1), map: at.map};
      draw();
      tell();
    }

    function draw() {
      const adds = now.rows.flatMap((row) => row.adds);
      const most = adds.reduce((a, b) => Math.max(a, Math.abs(b) || 0), 1e-12);
      fmviz.drawMap(canvas, fmviz.mapOf(adds, now.rows.length, now.count, -most, most), 0, null, 'coolwarm');
      canvas.style.height = LINE * now.rows.length + 'px';
      names.replaceChildren(...now.rows.map((row) => fmviz.el('span', {title: called(row.label)}, network.classNames[row.label] || String(row.label))));
      scale.replaceChildren(fmviz.legend({low: -most, high: most}, 'coolwarm'));
    }

    // The sum of the class that is pointed at, and the map.
    function tell() {
      const row = now.rows[at.row];
      const order = row.adds.map((_, k) => k).sort((a, b) => Math.abs(row.adds[b]) - Math.abs(row.adds[a]));
      const shown = order.slice(0, TOLD);
      const others = order.slice(TOLD).reduce((sum, k) => sum + row.adds[k], 0);
      const all = row.adds.reduce((a, b) => a + b, 0);
      const logit = row.logit === undefined || row.logit === null ? all + row.bias : row.logit;
      const way = (k) => fmviz.wayTo(layer + '.' + k, null, 'map ' + k, 'map ' + k + ' of ' + network.layers[layer].name);
      told.replaceChildren(
        fmviz.el(
          'p',
          null,
          fmviz.el('b', null, called(row.label) + ': '),
          shown.map((k) => [fmviz.number(row.adds[k]) + ' (', way(k), ') + ']),
          order.length > TOLD ? fmviz.number(others) + ' (' + fmviz.count(order.length - TOLD, 'other map') + ') + ' : null,
          fmviz.number(row.bias) + ' (bias)' + unexplained(logit - all - row.bias, logit) + ' = ' + fmviz.number(logit)
        )
      );
      if (at.map !== null) {
        told.append(fmviz.el('p', null, way(at.map), ': its mean ' + fmviz.number(now.means[at.map]) + ' times ' + fmviz.number(row.weights[at.map]) + ' is ' + fmviz.number(row.adds[at.map]) + ' for ' + called(row.label) + '.'));
        fmviz.frame(spot, {left: at.map / now.count, top: at.row / now.rows.length, width: 1 / now.count, height: 1 / now.rows.length});
      }
    }

    // What is more than rounding: what lies behind the maps was changed.
    function unexplained(rest, logit) {
      return Math.abs(rest) <= ROUNDING * Math.max(1, Math.abs(logit)) ? '' : ' + ' + fmviz.number(rest) + ' (of maps that are off behind these)';
    }

    function point(row, map) {
      if (now !== null) {
        at = {row: Math.max(0, Math.min(now.rows.length - 1, row)), map: Math.max(0, Math.min(now.count - 1, map))};
        tell();
      }
    }

    const pointAt = (event) => {
      const box = canvas.getBoundingClientRect();
      point(Math.floor(((event.clientY - box.top) / box.height) * now.rows.length), Math.floor(((event.clientX - box.left) / box.width) * now.count));
    };
    canvas.addEventListener('pointermove', (event) => now !== null && pointAt(event));
    canvas.addEventListener('click', (event) => now !== null && pointAt(event));
    canvas.addEventListener('keydown', (event) => {
      const steps = {ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0]};
      if (event.key in steps) {
        point(at.row + steps[event.key][0], (at.map === null ? 0 : at.map) + steps[event.key][1]);
        event.preventDefault();
      }
    });

    return {
      element: element,
      isInView: () => {
        const box = element.getBoundingClientRect();
        return hasOne && box.height > 0 && box.top < window.innerHeight && box.bottom > 0;
      },
      ask: ask,
    };
  };
})();
