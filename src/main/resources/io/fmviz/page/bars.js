/** @fileoverview Named numbers as horizontal bars, as SVG with real text. */
(function () {
  'use strict';

  const ROW = 22;
  const NAME = 150;
  const ROOM = 220;
  const VALUE = 110;
  const LONGEST = 22;

  // One row: its name, bar, ghost and number.
  function row(each, i, axis, options) {
    const y = i * ROW;
    const x = axis.at(Math.min(0, each.value));
    const wide = Math.abs(axis.at(each.value) - axis.at(0));
    const ghost = each.ghost;
    return fmviz.svg(
      'g',
      null,
      fmviz.svg('title', null, each.name + ': ' + options.text(each.value)),
      fmviz.svg('text', {x: NAME - 8, y: y + 15, 'text-anchor': 'end'}, fmviz.cut(each.name, LONGEST)),
      Number.isFinite(each.value)
        ? fmviz.svg('rect', {class: 'bar', x: x, y: y + 4, width: Math.max(wide, 0.5), height: ROW - 8})
        : null,
      ghost === undefined || ghost === null
        ? null
        : fmviz.svg('rect', {
            class: 'ghost',
            x: axis.at(Math.min(0, ghost)),
            y: y + 2,
            width: Math.max(Math.abs(axis.at(ghost) - axis.at(0)), 0.5),
            height: ROW - 4,
          }),
      fmviz.svg('text', {x: NAME + ROOM + 8, y: y + 15}, options.text(each.value))
    );
  }

  /**
   * Bars.
   * @param {!Array<{name: string, value: number, ghost: (number|undefined)}>} rows a ghost is the
   *     outline of another value of the same, to compare
   * @param {{title: string, low: (number|undefined), high: (number|undefined), text:
   *     (function(number): string|undefined)}} options what it is, for screen readers; the values
   *     at the ends; how a value is written
   * @return {!Element}
   */
  fmviz.bars = function (rows, options) {
    const all = rows
      .flatMap((each) => [each.value, each.ghost])
      .filter((value) => Number.isFinite(value));
    const low = options.low === undefined ? Math.min(0, ...all) : options.low;
    const high = options.high === undefined ? Math.max(0, ...all) : options.high;
    const span = high - low || 1;
    const axis = {at: (value) => NAME + (ROOM * ((Number.isFinite(value) ? value : 0) - low)) / span};
    const height = rows.length * ROW + 2;
    const width = NAME + ROOM + VALUE;
    const text = options.text || fmviz.number;
    return fmviz.svg(
      'svg',
      {class: 'chart', viewBox: '0 0 ' + width + ' ' + height, width: width, height: height, role: 'img', 'aria-label': options.title},
      rows.map((each, i) => row(each, i, axis, {text: text})),
      fmviz.svg('line', {class: 'axis', x1: axis.at(0), x2: axis.at(0), y1: 0, y2: height})
    );
  };
})();
