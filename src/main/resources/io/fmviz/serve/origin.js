/** @fileoverview Where one value comes from, written out: kernel times window, and the sum. */
(function () {
  'use strict';

  /** Larger windows are drawn without their numbers. */
  const WITH_NUMBERS = 5;

  function square(values, size, palette, title, isMarked, hasNumbers) {
    // What lies beyond the edge is nothing, and null; as NaN may be, which is told by the value.
    const known = values.filter((value) => value !== null);
    const most = Math.max(1e-12, ...known.map(Math.abs));
    const canvas = fmviz.el('canvas', {class: 'square', role: 'img', 'aria-label': title});
    const low = palette === 'coolwarm' ? -most : Math.min(0, ...known);
    const high = palette === 'coolwarm' ? most : Math.max(low + 1e-12, ...known);
    fmviz.drawMap(canvas, fmviz.mapOf(values, size, size, low, high), 0, null, palette);
    const largest = isMarked ? values.indexOf(Math.max(...known)) : -1;
    const short = (value) => (value === null ? '' : value === 0 ? '0' : fmviz.decimals(value, 2));
    const numbers =
      size > 1 && size <= WITH_NUMBERS && hasNumbers
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
    return fmviz.el('figure', {class: 'part', title: title}, canvas, numbers);
  }

  // A way to a map, perhaps to one place of it that is held there; it stays on the page's side.
  /**
   * A button that leads there.
   * @param {string} map
   * @param {?{row: number, column: number}} place
   * @param {string} title
   * @param {string} whole title for who can't see where it stands; may be empty
   * @return {!Element}
   */
  fmviz.wayTo = function (map, place, title, whole) {
    const open = new Set(fmviz.state.open).add(Number(map.split('.')[0]));
    const go = () => {
      fmviz.lead = place && {map: map, ...place};
      fmviz.change({map: map, open: open});
    };
    return fmviz.el('button', {type: 'button', class: 'way', onclick: go, 'aria-label': whole || null, title: whole || null}, title);
  };

  // Of many terms the first has its numbers written out.
  function term(each, network, isOnly, isFirst, isLargest) {
    const isPicture = each.layer === undefined || each.layer === null;
    const colour = network.input.colours[each.channel];
    const title = isPicture
      ? colour || 'the picture' + (isOnly ? '' : ', channel ' + each.channel)
      : 'map ' + each.channel;
    const part = (values, palette, text, isMarked) => square(values, each.size, palette, text, isMarked, isFirst);
    return fmviz.el(
      'div',
      {class: isFirst ? 'term first' : 'term'},
      fmviz.el('p', null, isPicture ? title : fmviz.wayTo(each.layer + '.' + each.channel, null, title, title + ' of ' + network.layers[each.layer].name)),
      part(each.window, 'viridis', title, isLargest),
      each.kernel ? [fmviz.el('b', null, '\u00d7'), part(each.kernel, 'coolwarm', 'kernel', false)] : null,
      each.kernel ? fmviz.el('b', null, '= ' + fmviz.number(each.sum)) : null
    );
  }

  // The way of a value down to the sum that made it.
  function down(facts, network) {
    const from = facts.from;
    const its = network.layers[from.layer].name + ', map ' + from.map + ', row ' + from.row + ', column ' + from.column;
    const text = its + ': ' + fmviz.number(from.value);
    return [
      fmviz.el('p', null, isPooled(facts, network) ? 'the largest is ' : 'made from ', fmviz.wayTo(from.layer + '.' + from.map, {row: from.row, column: from.column}, text, '')),
      ...fmviz.origin(from, network),
    ];
  }

  function isPooled(facts, network) {
    return network.layers[facts.layer].type.startsWith('MaxPool');
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
   * @param {{layers: !Array, input: {colours: !Array<string>}}} network
   * @return {!Array<?Element>}
   */
  fmviz.origin = function (facts, network) {
    if (facts.from && !isPooled(facts, network)) {
      return down(facts, network);
    }
    if (facts.terms.length === 0) {
      return [fmviz.el('p', {class: 'quiet'}, 'How this layer makes a value is not known as a sum.')];
    }
    const isLargest = isPooled(facts, network);
    const hasSum = facts.rest !== undefined;
    const read = facts.terms[0].layer;
    return [
      fmviz.el(
        'p',
        null,
        hasSum
          ? sum(facts)
          : (isLargest ? 'the largest of ' : 'made from ') + fmviz.count(facts.terms[0].window.filter((value) => value !== null).length, 'value') + ' of the layer before'
      ),
      hasSum && facts.others !== undefined
        ? fmviz.el('p', {class: 'quiet'}, 'The ' + facts.terms.length + ' maps of ' + network.layers[read].name + ' that add or take most:')
        : read === undefined || read === null
          ? null
          : fmviz.el('p', {class: 'quiet'}, 'Of ' + network.layers[read].name + ':'),
      ...facts.terms.map((each, i) => term(each, network, facts.terms.length === 1, i === 0, isLargest)),
      ...(facts.from ? down(facts, network) : []),
    ];
  };
})();
