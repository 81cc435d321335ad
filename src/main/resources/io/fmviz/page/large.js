/** @fileoverview One map, large, with its numbers. */

(function () {
  'use strict';

  const SIDE = 448;

  // A map as it stands in a picture, each of its pixels as one of the canvas's.
  function drawFull(canvas, full) {
    canvas.width = full.width;
    canvas.height = full.height;
    const context = canvas.getContext('2d');
    context.imageSmoothingEnabled = false;
    const wide = full.width * full.square;
    const high = full.height * full.square;
    context.drawImage(full.image, full.left, full.top, wide, high, 0, 0, full.width, full.height);
  }

  function numbers(maps, map, values, isFull) {
    const low = maps.low[map];
    const broken = values.filter((value) => !Number.isFinite(value)).length;
    const above = values.filter((value) => value > 0).length;
    return [
      ['Values', Number.isNaN(low) ? 'none is finite' : 'from ' + fmviz.number(low) + ' to ' + fmviz.number(maps.high[map])],
      ['Mean', fmviz.number(maps.mean[map])],
      ['Above zero', broken < values.length ? fmviz.percent(above / (values.length - broken)) + (isFull ? ' of what is counted' : ' of what is drawn') : '-'],
      ['Non-finite', broken > 0 ? fmviz.count(broken, 'value') + ', grey' : null],
    ];
  }

  /**
   * A map, large, beside its numbers and a histogram.
   * @param {{maps: ?, map: number, scale: {low: number, high: number}, palette: string, full: ?,
   *     facts: !Array<!Array>}} options the map among others, its colours; null, or what fullMap
   *     says, to be shown instead; more pairs of what and what it is
   * @return {!Element}
   */
  fmviz.largeMap = function (options) {
    const maps = options.maps;
    const map = options.map;
    const canvas = fmviz.el('canvas', {class: 'large', role: 'img', 'aria-label': 'the map, large'});
    const values = fmviz.valuesOf(maps, map);
    let legend = null;
    if (options.full) {
      drawFull(canvas, options.full);
      legend = options.full.scale ? fmviz.legend(options.full.scale, options.full.palette) : null;
    } else {
      legend = fmviz.legend(options.scale, options.palette);
      fmviz.drawMap(canvas, maps, map, options.scale, options.palette);
    }
    canvas.style.width = Math.max(1, Math.floor(SIDE / Math.max(canvas.width, canvas.height))) * canvas.width + 'px';
    return fmviz.el(
      'div',
      {class: 'columns'},
      fmviz.el('div', {class: 'narrow'}, canvas, legend),
      fmviz.el(
        'div',
        null,
        fmviz.factList(numbers(maps, map, values, Boolean(options.full)).concat(options.facts)),
        Number.isNaN(maps.low[map])
          ? null
          : [
              fmviz.el('h3', null, 'How often its values occur'),
              fmviz.histogram(values, maps.low[map], maps.high[map], 'Histogram of the map\u2019s values'),
            ]
      )
    );
  };
})();
