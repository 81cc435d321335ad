/** @fileoverview How often each value occurs in a map, as SVG with real text. */
(function () {
  'use strict';

  const WIDTH = 320;
  const HEIGHT = 140;
  const FOOT = 20;
  const HEAD = 18;

  /**
   * How many values fall into each of some bins of equal width; those that are not finite into none.
   * @param {!IArrayLike<number>} values
   * @param {number} low
   * @param {number} high
   * @param {number} bins
   * @return {!Array<number>}
   */
  fmviz.binned = function (values, low, high, bins) {
    const counts = new Array(bins).fill(0);
    const span = high - low;
    for (let i = 0; i < values.length; i++) {
      if (Number.isFinite(values[i])) {
        const bin = span > 0 ? Math.floor(((values[i] - low) / span) * bins) : 0;
        counts[Math.max(0, Math.min(bins - 1, bin))]++;
      }
    }
    return counts;
  };

  /**
   * A histogram.
   * @param {!IArrayLike<number>} values
   * @param {number} low of the first bin
   * @param {number} high of the last bin
   * @param {string} title what is counted, for screen readers
   * @param {string=} noun what one of them is called
   * @return {!Element}
   */
  fmviz.histogram = function (values, low, high, title, noun) {
    const what = noun || 'value';
    const counts = fmviz.binned(values, low, high, 32);
    const most = Math.max(...counts);
    const step = WIDTH / counts.length;
    const room = HEIGHT - HEAD - FOOT;
    const bars = counts.map((count, i) => {
      const tall = (room * count) / Math.max(1, most);
      return fmviz.svg(
        'rect',
        {class: 'bar', x: i * step, y: HEIGHT - FOOT - tall, width: step - 1, height: tall},
        fmviz.svg('title', null, fmviz.count(count, what))
      );
    });
    const base = HEIGHT - FOOT;
    return fmviz.svg(
      'svg',
      {class: 'chart', viewBox: '0 0 ' + WIDTH + ' ' + HEIGHT, width: WIDTH, height: HEIGHT, role: 'img', 'aria-label': title},
      fmviz.svg('text', {class: 'quiet', x: 0, y: 12}, 'most in one bar: ' + fmviz.count(most, what)),
      bars,
      fmviz.svg('line', {class: 'axis', x1: 0, x2: WIDTH, y1: base, y2: base}),
      fmviz.svg('text', {x: 0, y: HEIGHT - 5}, fmviz.number(low)),
      fmviz.svg('text', {x: WIDTH, y: HEIGHT - 5, 'text-anchor': 'end'}, fmviz.number(high))
    );
  };
})();
