/**
 * @fileoverview A layer's maps as bytes, and how they are drawn.
 *
 * Maps come as one buffer: for each map its smallest value, its largest and its mean as float32,
 * little-endian, then all maps' bytes, (map, row, column). Byte 0 is a non-finite value (NaN or infinite);
 * 1 to 255 lead in equal steps from the map's smallest value to its largest.
 */
(function () {
  'use strict';

  const HEADER = 12;
  const STEPS = 254;
  const NO_NUMBER = [192, 192, 192];

  /**
   * The maps in a buffer.
   * @param {!Uint8Array} buffer
   * @param {number} count
   * @param {number} height of one map, as it is in the buffer
   * @param {number} width
   * @return {{count: number, height: number, width: number, low: !Float32Array, high:
   *     !Float32Array, mean: !Float32Array, bytes: !Uint8Array}}
   */
  fmviz.mapsOf = function (buffer, count, height, width) {
    const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
    const column = (at) => Float32Array.from({length: count}, (_, i) => view.getFloat32(HEADER * i + at, true));
    return {
      count: count,
      height: height,
      width: width,
      low: column(0),
      high: column(4),
      mean: column(8),
      bytes: buffer.subarray(HEADER * count),
    };
  };

  /**
   * The value that a byte of a map stands for.
   * @param {?} maps
   * @param {number} map its index
   * @param {number} byte
   * @return {number}
   */
  fmviz.valueOf = function (maps, map, byte) {
    return byte === 0 ? NaN : maps.low[map] + ((byte - 1) / STEPS) * (maps.high[map] - maps.low[map]);
  };

  /**
   * The values of one map, row by row.
   * @param {?} maps
   * @param {number} map
   * @return {!Float32Array}
   */
  fmviz.valuesOf = function (maps, map) {
    const size = maps.height * maps.width;
    const bytes = maps.bytes.subarray(map * size, (map + 1) * size);
    return Float32Array.from(bytes, (byte) => fmviz.valueOf(maps, map, byte));
  };

  /**
   * The ends of a colour scale for some maps: the smallest and largest value, or for the diverging
   * colours equally far from zero.
   * @param {?} maps
   * @param {?number} map its own ends; null for those of all maps
   * @param {string} palette
   * @return {{low: number, high: number}}
   */
  fmviz.scaleOf = function (maps, map, palette) {
    const finite = (values) => Array.from(values).filter(Number.isFinite);
    const low = map === null ? Math.min(...finite(maps.low)) : maps.low[map];
    const high = map === null ? Math.max(...finite(maps.high)) : maps.high[map];
    const most = Math.max(Math.abs(low), Math.abs(high));
    return palette === 'coolwarm' ? {low: -most, high: most} : {low: low, high: high};
  };

  // The colour of each of a map's bytes, as RGBA.
  function colours(maps, map, scale, palette) {
    const table = fmviz.palette(palette);
    const rgba = new Uint8ClampedArray(4 * 256);
    const span = Math.max(scale.high - scale.low, 1e-12);
    for (let byte = 0; byte < 256; byte++) {
      const unit = (fmviz.valueOf(maps, map, byte) - scale.low) / span;
      const at = 3 * Math.max(0, Math.min(255, Math.round(255 * unit)));
      const colour = Number.isFinite(unit) ? table.subarray(at, at + 3) : NO_NUMBER;
      rgba.set(colour, 4 * byte);
      rgba[4 * byte + 3] = 255;
    }
    return rgba;
  }

  /**
   * Draws one map on a canvas, a pixel for each value.
   * @param {!HTMLCanvasElement} canvas gets the map's size; CSS makes it larger
   * @param {?} maps
   * @param {number} map
   * @param {{low: number, high: number}} scale the values at the ends of the colours
   * @param {string} palette
   */
  fmviz.drawMap = function (canvas, maps, map, scale, palette) {
    const size = maps.height * maps.width;
    const rgba = colours(maps, map, scale, palette);
    canvas.width = maps.width;
    canvas.height = maps.height;
    const context = canvas.getContext('2d');
    const image = context.createImageData(maps.width, maps.height);
    const pixels = new Uint32Array(image.data.buffer);
    const table = new Uint32Array(rgba.buffer);
    for (let i = 0; i < size; i++) {
      pixels[i] = table[maps.bytes[map * size + i]];
    }
    context.putImageData(image, 0, 0);
  };

  /**
   * Whether a map is the same everywhere: nothing is drawn of it but stripes.
   * @param {?} maps
   * @param {number} map
   * @return {boolean}
   */
  fmviz.isConstant = function (maps, map) {
    return maps.low[map] === maps.high[map];
  };

  /**
   * A map as a button, to be drawn by drawMap on its canvas.
   * @param {number} number of the map, from 0
   * @param {{width: number, height: number, dead: (boolean|undefined), label: (string|undefined),
   *     onclick: (function()|undefined)}} options size on the screen in pixels; whether it is
   *     striped; what a screen reader says after its number
   * @return {?} whose first child is the canvas
   */
  fmviz.mapButton = function (number, options) {
    const canvas = fmviz.el('canvas', {'aria-hidden': 'true'});
    canvas.style.width = options.width + 'px';
    canvas.style.height = options.height + 'px';
    return fmviz.el(
      'button',
      {
        type: 'button',
        class: options.dead ? 'map dead' : 'map',
        'aria-label': 'map ' + number + (options.label ? ', ' + options.label : ''),
        onclick: options.onclick || (() => {}),
      },
      canvas,
      fmviz.el('span', {class: 'number', 'aria-hidden': 'true'}, number)
    );
  };

  /**
   * One stop of the tab key for many buttons: arrows, Home and End move between them.
   * @param {!Element} container whose buttons they are
   */
  fmviz.roving = function (container) {
    const buttons = () => Array.from(container.querySelectorAll('button.map'));
    buttons().forEach((button, i) => (button.tabIndex = i === 0 ? 0 : -1));
    container.addEventListener('keydown', (event) => {
      const all = buttons();
      const from = all.indexOf(document.activeElement);
      const to = from < 0 ? -1 : target(all, from, event.key);
      if (to >= 0 && to < all.length) {
        all[from].tabIndex = -1;
        all[to].tabIndex = 0;
        all[to].focus();
        event.preventDefault();
      }
    });
  };

  // The index that a key leads to from another; -1 for none.
  function target(all, from, key) {
    const top = all[from].offsetTop;
    const row = all.filter((button) => button.offsetTop === top).length;
    const steps = {
      ArrowRight: from + 1,
      ArrowLeft: from - 1,
      ArrowDown: from + row,
      ArrowUp: from - row,
      Home: 0,
      End: all.length - 1,
    };
    return key in steps ? steps[key] : -1;
  }
})();
