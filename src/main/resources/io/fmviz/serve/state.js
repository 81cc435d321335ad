/**
 * @fileoverview What a person has chosen, kept in the address behind its #, so that it can be
 * reloaded, kept and sent.
 */
(function () {
  'use strict';

  const listeners = [];

  /**
   * Layers are numbers, maps are texts as `3.17`: the layer's number and the map's own. The drawing
   * is null as long as nothing was drawn: an example or a picture is looked at.
   */
  const state = {
    open: new Set(),
    off: new Set(),
    map: null,
    filter: '',
    colors: 'viridis',
    scale: 'layer',
    frozen: false,
    compare: false,
    drawing: '',
  };

  /** How a page begins: layers unfolded, a map chosen, and the example looked at. */
  const beginning = {open: new Set(), map: null, drawing: ''};

  /**
   * The state; changed by fmviz.change alone.
   * @const
   */
  fmviz.state = state;

  /** What is typed, or isn't in the address, makes no step back. */
  const QUIET = ['filter', 'frozen', 'compare'];

  const sorted = (open) => Array.from(open).sort((a, b) => a - b).join(',');

  // Nothing for the beginning; else what isn't as it is without being said.
  function text() {
    const parts = {
      open: sorted(state.open),
      off: Array.from(state.off).join(','),
      map: state.map || '',
      filter: encodeURIComponent(state.filter),
      colors: state.colors === 'viridis' ? '' : state.colors,
      scale: state.scale === 'layer' ? '' : state.scale,
      draw: state.drawing || '',
    };
    const said = Object.entries(parts)
      .filter((pair) => pair[1] !== '' || (pair[0] === 'draw' && state.drawing === ''))
      .map((pair) => pair[0] + '=' + pair[1])
      .join('&');
    return said === begun() ? '' : said || 'open=';
  }

  // The same of the beginning.
  function begun() {
    const parts = [['open', sorted(beginning.open)], ['map', beginning.map || '']].filter((pair) => pair[1] !== '');
    return parts.map((pair) => pair[0] + '=' + pair[1]).concat(beginning.drawing === '' ? ['draw='] : []).join('&');
  }

  /**
   * Says how the page begins, where the address says nothing.
   * @param {!Array<{type: string, shape: !Array<number>}>} layers
   * @param {boolean} hasExample
   */
  fmviz.begin = function (layers, hasExample) {
    const first = layers.findIndex((layer) => layer.type.startsWith('Conv'));
    const last = layers.map((layer) => /^(ReLU|ReLU6|Clip|SiLU|GELU|Hardswish|LeakyReLU)$/.test(layer.type)).lastIndexOf(true);
    beginning.open = new Set([first, last].filter((number) => number >= 0));
    beginning.map = first < 0 ? null : first + '.0';
    beginning.drawing = hasExample ? null : '';
  };

  function decoded(value) {
    try {
      return decodeURIComponent(value);
    } catch (e) {
      return '';
    }
  }

  /**
   * Takes what an address says, as far as the network has it.
   * @param {string} hash
   * @param {!Array<{shape: !Array<number>}>} layers
   */
  fmviz.restore = function (hash, layers) {
    const parts = new Map(hash.replace(/^#/, '').split('&').map((part) => part.split('=')));
    const list = (name) => (parts.get(name) || '').split(',').filter((each) => each !== '');
    const isMap = (each) => {
      const found = /^(\d+)\.(\d+)$/.exec(each);
      return found !== null && Number(found[1]) in layers && Number(found[2]) < layers[Number(found[1])].shape[0];
    };
    if (hash.replace(/^#/, '') === '') {
      Object.assign(state, beginning, {off: new Set(), filter: '', colors: 'viridis', scale: 'layer'});
      return;
    }
    state.open = new Set(list('open').map(Number).filter((n) => n in layers));
    state.off = new Set(list('off').filter(isMap));
    state.map = list('map').find(isMap) || null;
    state.filter = decoded(parts.get('filter') || '');
    state.colors = ['viridis', 'magma', 'gray'].includes(parts.get('colors')) ? parts.get('colors') : 'viridis';
    state.scale = parts.get('scale') === 'map' ? 'map' : 'layer';
    const drawing = parts.has('draw') ? parts.get('draw') : beginning.drawing;
    state.drawing = drawing === null || /^[0-9a-z-]*$/.test(drawing) ? drawing : '';
  };

  /**
   * Who hears of changes.
   * @param {function(!Set<string>)} listener gets the names of what changed
   */
  fmviz.onchange = function (listener) {
    listeners.push(listener);
  };

  /**
   * Changes the state, and the address with it.
   * @param {!Object} changes
   */
  fmviz.change = function (changes) {
    Object.assign(state, changes);
    const hash = text() === '' ? '' : '#' + text();
    if (hash !== location.hash) {
      const isQuiet = Object.keys(changes).every((name) => QUIET.includes(name));
      history[isQuiet ? 'replaceState' : 'pushState'](null, '', location.pathname + location.search + hash);
    }
    listeners.forEach((listener) => listener(new Set(Object.keys(changes))));
  };

  /** Tells all listeners of all of it, as it is in the address. */
  fmviz.tellState = function () {
    listeners.forEach((listener) => listener(new Set(Object.keys(state))));
  };

  /**
   * A set with one more, or less if it had it.
   * @param {!Set} set
   * @param {*} value
   * @return {!Set}
   */
  fmviz.toggled = function (set, value) {
    const other = new Set(set);
    if (!other.delete(value)) {
      other.add(value);
    }
    return other;
  };
})();
