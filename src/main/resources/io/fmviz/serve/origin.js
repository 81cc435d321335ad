/** @fileoverview Where one value comes from, written out: kernel times window, and the sum. */
(function () {
  'use strict';

  /** Larger windows are drawn without their numbers. */
  const WITH_NUMBERS = 5;

  function square(values, size, palette, title, isMarked) {
    const most = Math.max(1e-12, ...values.map(Math.abs));
    const canvas = fmviz.el('canvas', {class: 'square', role: 'img', 'aria-label': title});
    const low = palette === 'coolwarm' ? -most : Math.min(0, ...values);
    const high = palette === 'coolwarm' ? most : Math.max(low + 1e-12, ...values);
    fmviz.drawMap(canvas, fmviz.mapOf(values, size, size, low, high), 0, null, palette);
    const largest = isMarked ? values.indexOf(Math.max(...values)) : -1;
    const short = (value) => (value === 0 ? '0' : fmviz.decimals(value, 2));
    const numbers =
      size > 1 && size <= WITH_NUMBERS
        ? fmviz.el(
            'table',
            {class: 'numbers'},
            Array.from({length: size}, (_, y) =>
              fmviz.el('tr', null, values.slice(y * size, (y + 1) * size).map((value, x) => fmviz.el('td', {class: y * size + x === largest ? 'largest' : null}, short(value))))
            )
          )
        : size === 1
          ? fmviz.el('span', null, fmviz.number(values[0]))
          : null;
    return fmviz.el('figure', {class: 'part'}, canvas, numbers, fmviz.el('figcaption', null, title));
  }

  // A way to the map that a window is of; it stays on the page's side.
  function way(each, title) {
    const open = new Set(fmviz.state.open).add(each.layer);
    return fmviz.el('button', {type: 'button', class: 'way', onclick: () => fmviz.change({map: each.layer + '.' + each.channel, open: open})}, title);
  }

  function term(each, layers, isFirst, isLargest) {
    const isPicture = each.layer === undefined || each.layer === null;
    const from = isPicture ? 'the picture' : layers[each.layer].name;
    const title = from + (isFirst && isPicture ? '' : ', map ' + each.channel);
    const window = square(each.window, each.size, 'viridis', title, isLargest);
    if (!isPicture) {
      window.querySelector('figcaption').replaceChildren(way(each, title));
    }
    return fmviz.el(
      'div',
      {class: 'term'},
      window,
      each.kernel ? [fmviz.el('b', null, '\u00d7'), square(each.kernel, each.size, 'coolwarm', 'kernel', false)] : null,
      each.kernel ? fmviz.el('b', null, '= ' + fmviz.number(each.sum)) : null
    );
  }

  function sum(facts) {
    const parts = facts.terms.map((each) => fmviz.number(each.sum));
    if (facts.others !== undefined) {
      parts.push(fmviz.number(facts.others) + ' (other maps)');
    }
    parts.push(fmviz.number(facts.rest) + ' (bias)');
    return parts.join(' + ').replace(/\+ -/g, '\u2212 ') + ' = ' + fmviz.number(facts.value);
  }

  /**
   * What makes a value, for people.
   * @param {?} facts as the server tells them
   * @param {!Array} layers
   * @return {!Array<?Element>}
   */
  fmviz.origin = function (facts, layers) {
    if (facts.terms.length === 0) {
      return [fmviz.el('p', {class: 'quiet'}, 'How this layer makes a value is not known as a sum.')];
    }
    const isLargest = layers[facts.layer].type.startsWith('MaxPool');
    const hasSum = facts.rest !== undefined;
    return [
      fmviz.el(
        'p',
        null,
        hasSum
          ? sum(facts)
          : (isLargest ? 'the largest of ' : 'made from ') + fmviz.count(facts.terms[0].window.length, 'value') + ' of the layer before'
      ),
      hasSum && facts.others !== undefined
        ? fmviz.el('p', {class: 'quiet'}, 'The ' + facts.terms.length + ' maps that add or take most:')
        : null,
      ...facts.terms.map((each) => term(each, layers, facts.terms.length === 1, isLargest)),
    ];
  };
})();
