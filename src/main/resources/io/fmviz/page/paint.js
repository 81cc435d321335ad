/** @fileoverview Bytes of maps as pixels, by the colour maps that pictures are drawn with. */
(function () {
  'use strict';

  const FORMAT = fmviz.mapBytes;
  const BYTES = 256;

  /** Of a scale's colours. */
  const STEPS = 128;
  const palettes = new Map();
  const tables = new Map();

  // Red, green and blue of a colour map's colours.
  function paletteOf(name) {
    if (!palettes.has(name)) {
      palettes.set(name, fmviz.bytes(fmviz.colormaps[name]));
    }
    return palettes.get(name);
  }

  // A pixel as canvases have it in memory, little-endian: alpha, blue, green, red.
  function pixel(red, green, blue) {
    return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  }

  const NON_FINITE = pixel(fmviz.nonFiniteColor >> 16, (fmviz.nonFiniteColor >> 8) & 255, fmviz.nonFiniteColor & 255);

  // The pixel of each byte; unit tells where between the first colour and the last it lies.
  function table(name, unit) {
    const rgb = paletteOf(name);
    const last = rgb.length / 3 - 1;
    return Uint32Array.from({length: BYTES}, (_, byte) => {
      const at = 3 * Math.max(0, Math.min(last, Math.round(last * unit(byte))));
      return byte === FORMAT.nonFinite ? NON_FINITE : pixel(rgb[at], rgb[at + 1], rgb[at + 2]);
    });
  }

  // Where the first colour is the lowest byte's, and the last the highest's.
  function wholeTable(name) {
    if (!tables.has(name)) {
      tables.set(name, table(name, (byte) => (byte - FORMAT.lowest) / (FORMAT.highest - FORMAT.lowest)));
    }
    return tables.get(name);
  }

  function scaledTable(name, maps, map, scale) {
    const span = Math.max(scale.high - scale.low, 1e-12);
    // Of a map without a finite value, every byte is that of non-finite values.
    return table(name, (byte) => (fmviz.valueOf(maps, map, byte) - scale.low) / span || 0);
  }

  /**
   * The memory of a canvas as pixels, made anew when its size is another.
   * @param {?} canvas gets this size; CSS makes it larger
   * @param {number} height
   * @param {number} width
   * @return {!Uint32Array}
   */
  function memory(canvas, height, width) {
    if (!canvas.image || canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
      canvas.context = canvas.getContext('2d');
      canvas.image = canvas.context.createImageData(width, height);
      canvas.pixels = new Uint32Array(canvas.image.data.buffer);
    }
    return canvas.pixels;
  }

  // Draws one map among what else is in the memory of a canvas, from a pixel on.
  function fill(pixels, maps, map, colors, start, across) {
    let at = map * maps.height * maps.width;
    for (let y = 0; y < maps.height; y++) {
      for (let x = 0, to = start + y * across; x < maps.width; x++) {
        pixels[to++] = colors[maps.bytes[at++]];
      }
    }
  }

  /**
   * Draws one map on a canvas, a pixel for each value.
   * @param {?} canvas
   * @param {?} maps
   * @param {number} map
   * @param {?{low: number, high: number}} scale the values at the ends of the colours; null for
   *     those at the ends of the bytes
   * @param {string} palette
   */
  fmviz.drawMap = function (canvas, maps, map, scale, palette) {
    const colors = scale === null ? wholeTable(palette) : scaledTable(palette, maps, map, scale);
    fill(memory(canvas, maps.height, maps.width), maps, map, colors, 0, maps.width);
    canvas.context.putImageData(canvas.image, 0, 0);
  };

  /**
   * Draws some maps of a layer on the canvas of all of them, with a pixel between two; what is drawn
   * of the others stays.
   * @param {?} canvas
   * @param {?} maps
   * @param {{first: number, all: number, columns: number}} grid the place of the first of these maps,
   *     how many the layer has, and how many stand side by side
   * @param {string} palette
   */
  fmviz.drawGrid = function (canvas, maps, grid, palette) {
    const colors = wholeTable(palette);
    const high = maps.height + 1;
    const wide = maps.width + 1;
    const across = grid.columns * wide - 1;
    const pixels = memory(canvas, Math.ceil(grid.all / grid.columns) * high - 1, across);
    for (let map = 0; map < maps.count; map++) {
      const place = grid.first + map;
      const start = Math.floor(place / grid.columns) * high * across + (place % grid.columns) * wide;
      fill(pixels, maps, map, colors, start, across);
    }
    canvas.context.putImageData(canvas.image, 0, 0);
  };

  /**
   * Draws a picture, grey or red, green and blue.
   * @param {?} canvas
   * @param {!Uint8Array} bytes (height, width, channels)
   * @param {{height: number, width: number, channels: number}} form
   */
  fmviz.drawPicture = function (canvas, bytes, form) {
    const pixels = memory(canvas, form.height, form.width);
    const step = form.channels;
    for (let i = 0, at = 0; i < pixels.length; i++, at += step) {
      pixels[i] = step === 1 ? pixel(bytes[at], bytes[at], bytes[at]) : pixel(bytes[at], bytes[at + 1], bytes[at + 2]);
    }
    canvas.context.putImageData(canvas.image, 0, 0);
  };

  /**
   * Draws heights of bars as a small picture.
   * @param {?} canvas
   * @param {!Uint8Array} heights up to 255
   */
  fmviz.drawBars = function (canvas, heights) {
    const tall = 24;
    const pixels = memory(canvas, tall, 2 * heights.length);
    const style = getComputedStyle(document.documentElement);
    const color = /^#(..)(..)(..)$/.exec(style.getPropertyValue('--bar').trim()) || ['', '00', '72', 'b2'];
    const ink = pixel(parseInt(color[1], 16), parseInt(color[2], 16), parseInt(color[3], 16));
    for (let i = 0; i < pixels.length; i++) {
      const x = i % (2 * heights.length);
      const y = tall - 1 - Math.floor(i / (2 * heights.length));
      pixels[i] = y < (heights[x >> 1] * tall) / 255 ? ink : 0;
    }
    canvas.context.putImageData(canvas.image, 0, 0);
  };

  /**
   * The colours of a scale, between its two ends.
   * @param {{low: number, high: number}} scale
   * @param {string} palette
   * @return {!Element}
   */
  fmviz.legend = function (scale, palette) {
    if (!(scale.low < scale.high)) {
      return fmviz.el('p', {class: 'quiet'}, Number.isFinite(scale.low) ? 'every value is ' + fmviz.number(scale.low) : 'no value is finite');
    }
    const canvas = fmviz.el('canvas', {'aria-hidden': 'true'});
    const ramp = fmviz.mapOf(Array.from({length: STEPS}, (_, i) => i), 1, STEPS, 0, STEPS - 1);
    fmviz.drawMap(canvas, ramp, 0, null, palette);
    canvas.style.width = '8rem';
    canvas.style.height = '0.8rem';
    return fmviz.el('p', {class: 'quiet'}, fmviz.number(scale.low) + ' ', canvas, ' ' + fmviz.number(scale.high));
  };
})();
