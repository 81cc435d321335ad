/** @fileoverview A picture, and over it where a layer is active. */

(function () {
  'use strict';

  /**
   * The mean of a layer's maps, as one map.
   * @param {?} maps as mapsOf gives them
   * @return {?}
   */
  fmviz.meanMap = function (maps) {
    const size = maps.height * maps.width;
    const sum = new Float64Array(size);
    for (let map = 0; map < maps.count; map++) {
      fmviz.valuesOf(maps, map).forEach((value, i) => (sum[i] += value / maps.count));
    }
    const low = Math.min(...sum.filter(Number.isFinite));
    const high = Math.max(...sum.filter(Number.isFinite));
    return fmviz.mapOf(sum, maps.height, maps.width, low, high);
  };

  // A picture from base64 of a PNG, small ones with their pixels as squares.
  function picture(png, text) {
    const image = fmviz.el('img', {alt: text, class: 'pixels'});
    image.addEventListener('load', () => {
      const zoom = Math.max(1, Math.floor(280 / Math.max(image.naturalWidth, image.naturalHeight)));
      image.style.width = zoom * image.naturalWidth + 'px';
      image.classList.toggle('smooth', zoom === 1);
    });
    image.src = 'data:image/png;base64,' + png;
    return image;
  }

  /**
   * A picture under maps of layers, one at a time.
   * @param {{png: string, text: string, layers: !Array<{name: string, maps: (function(): ?|undefined),
   *     one: (!Object|undefined), low: (number|undefined), high: (number|undefined), meaning: (string|undefined)}>, chosen: number}} options
   *     the picture in base64, and what it shows; layers, each with maps of which the mean is laid
   *     over, or with one map of its own, its ends and what it means; which is chosen first; no
   *     layers leave the picture alone
   * @return {!Element}
   */
  fmviz.overlay = function (options) {
    const layers = options.layers;
    const cover = fmviz.el('canvas', {class: 'smooth', 'aria-hidden': 'true'});
    const stack = fmviz.el('div', {class: 'stack'}, picture(options.png, options.text), cover);
    const caption = fmviz.el('figcaption');
    const choice = fmviz.el(
      'select',
      {onchange: draw},
      layers.map((layer, i) => fmviz.el('option', {value: i, selected: i === options.chosen}, layer.name))
    );
    const strength = fmviz.el('input', {type: 'range', min: 0, max: 100, value: 50, oninput: fade});

    function fade() {
      cover.style.opacity = strength.value / 100;
    }

    function draw() {
      const layer = layers[choice.value];
      const isMean = layer.one === undefined;
      const map = isMean ? fmviz.meanMap(layer.maps()) : layer.one;
      const low = isMean ? map.low[0] : layer.low;
      const high = isMean ? map.high[0] : layer.high;
      cover.hidden = !(high > low);
      if (!cover.hidden) {
        fmviz.drawMap(cover, map, 0, {low: low, high: high}, 'viridis');
      }
      const what = isMean ? 'the mean of the maps of ' + layer.name : layer.name;
      caption.textContent = cover.hidden
        ? 'Nothing is laid over the picture: ' + what + (Number.isFinite(low) ? ' is the same everywhere.' : ' is not finite.')
        : 'Over the picture: ' + (isMean ? 'where ' + layer.name + ' is active. The mean of ' + fmviz.count(layer.maps().count, 'map') : layer.meaning) +
          (isMean ? ', from ' : ' from ') + fmviz.number(low) + ' (dark blue) to ' + fmviz.number(high) + ' (yellow).';
      fade();
    }

    if (layers.length === 0) {
      return fmviz.el('figure', {class: 'narrow'}, stack);
    }
    draw();
    return fmviz.el(
      'figure',
      {class: 'narrow'},
      stack,
      caption,
      fmviz.el('div', {class: 'controls'}, fmviz.el('label', null, 'Overlay of', choice), fmviz.el('label', null, 'how strong', strength))
    );
  };
})();
