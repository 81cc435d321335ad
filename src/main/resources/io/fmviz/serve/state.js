/**
 * @fileoverview What a person has chosen, kept in the address behind its #, so that it can be
 * reloaded, kept and sent.
 */
(function () {
  'use strict';

  const listeners = [];

  /** Layers are numbers, maps are texts as `3.17`: the layer's number and the map's own. */
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

  /**
   * The state; changed by fmviz.change alone.
   * @const
   */
  fmviz.state = state;

  /** What is typed, or isn't in the address, makes no step back. */
  const QUIET = ['filter', 'frozen', 'compare'];

  function text() {
    const parts = {
      open: Array.from(state.open).sort((a, b) => a - b).join(','),
      off: Array.from(state.off).join(','),
      map: state.map || '',
      filter: encodeURIComponent(state.filter),
      colors: state.colors === 'viridis' ? '' : state.colors,
      scale: state.scale === 'layer' ? '' : state.scale,
      draw: state.drawing,
    };
    return Object.entries(parts)
      .filter((pair) => pair[1] !== '')
      .map((pair) => pair[0] + '=' + pair[1])
      .join('&');
  }

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
    state.open = new Set(list('open').map(Number).filter((n) => n in layers));
    state.off = new Set(list('off').filter(isMap));
    state.map = list('map').find(isMap) || null;
    state.filter = decoded(parts.get('filter') || '');
    state.colors = ['viridis', 'magma', 'gray'].includes(parts.get('colors')) ? parts.get('colors') : 'viridis';
    state.scale = parts.get('scale') === 'map' ? 'map' : 'layer';
    state.drawing = /^[0-9a-z-]*$/.test(parts.get('draw') || '') ? parts.get('draw') || '' : '';
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
