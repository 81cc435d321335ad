/**
 * @fileoverview Elements, and facts for people. Everything that is shown goes through here as
 * text: names from files never become markup.
 */

/** Everything that the scripts share. */
const fmviz = {};

(function () {
  'use strict';

  const SVG = 'http://www.w3.org/2000/svg';

  /**
   * Sets attributes and listeners, and appends children.
   * @param {!Element} element
   * @param {?Object} attributes `onclick` and its like are functions; `text` is its text; null and
   *     false are left out, true is an attribute without a value
   * @param {!Array} children elements, texts and numbers; null and arrays of such are fine
   * @return {!Element}
   */
  function fill(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name === 'text') {
        element.textContent = String(value);
      } else if (name.startsWith('on')) {
        element.addEventListener(name.slice(2), value);
      } else if (value !== null && value !== undefined && value !== false) {
        element.setAttribute(name, value === true ? '' : String(value));
      }
    }
    for (const child of children.flat(Infinity)) {
      if (child !== null && child !== undefined) {
        element.append(child instanceof Node ? child : String(child));
      }
    }
    return element;
  }

  /**
   * An HTML element: el('p', {class: 'quiet'}, 'text', el('b', null, 'more')).
   * @param {string} tag
   * @param {?Object=} attributes
   * @param {...*} children
   * @return {?}
   */
  fmviz.el = function (tag, attributes, ...children) {
    return fill(document.createElement(tag), attributes || null, children);
  };

  /**
   * An SVG element, likewise.
   * @param {string} tag
   * @param {?Object=} attributes
   * @param {...*} children
   * @return {!Element}
   */
  fmviz.svg = function (tag, attributes, ...children) {
    return fill(document.createElementNS(SVG, tag), attributes || null, children);
  };

  /**
   * What the page was made from: the JSON in the element of this id.
   * @param {string} id
   * @return {?}
   */
  fmviz.facts = function (id) {
    return JSON.parse(document.getElementById(id).textContent);
  };

  /**
   * Bytes from base64.
   * @param {string} text
   * @return {!Uint8Array}
   */
  fmviz.bytes = function (text) {
    const decoded = atob(text);
    const bytes = new Uint8Array(decoded.length);
    for (let i = 0; i < bytes.length; i++) {
      bytes[i] = decoded.charCodeAt(i);
    }
    return bytes;
  };

  // In the place of a number: what isn't known, and what is NaN or infinite (null in JSON).
  function instead(value) {
    return value === undefined ? '-' : 'non-finite';
  }

  /**
   * A number for people, four digits long, three where it is small; `non-finite` for NaN, infinities
   * and null, `-` for what isn't known.
   * @param {?number|undefined} value
   * @return {string}
   */
  fmviz.number = function (value) {
    if (!Number.isFinite(value)) {
      return instead(value);
    }
    const size = Math.abs(value);
    if (Number.isInteger(value) && size < 1e9) {
      // A negative zero becomes zero.
      return (value + 0).toLocaleString('en');
    }
    return size >= 1e5 || size < 1e-3 ? value.toExponential(2) : String(Number(value.toPrecision(4)));
  };

  /**
   * A number with so many decimals, or as `fmviz.number` has it where these would round it to
   * nothing or almost.
   * @param {?number|undefined} value
   * @param {number} decimals
   * @return {string}
   */
  fmviz.decimals = function (value, decimals) {
    const isSmall = value !== 0 && Math.abs(value) < Math.max(1e-3, 10 ** -decimals);
    return !Number.isFinite(value) || isSmall ? fmviz.number(value) : (value + 0).toFixed(decimals);
  };

  /**
   * A number as it is written, with a plus where it is above zero.
   * @param {?number|undefined} value
   * @param {string} text
   * @return {string}
   */
  fmviz.signed = function (value, text) {
    return (value > 0 ? '+' : '') + text;
  };

  /**
   * A share from 0 to 1 as people write it: `93.66 %`; without one, what `number` writes.
   * @param {?number|undefined} share
   * @return {string}
   */
  fmviz.percent = function (share) {
    return Number.isFinite(share) ? fmviz.decimals(100 * share, 2) + ' %' : instead(share);
  };

  /**
   * The ends of a range: `from 0 to 1`.
   * @param {?number|undefined} low
   * @param {?number|undefined} high
   * @return {string}
   */
  fmviz.range = function (low, high) {
    return Number.isFinite(low) && Number.isFinite(high)
      ? 'from ' + fmviz.number(low) + ' to ' + fmviz.number(high)
      : 'with non-finite values';
  };

  /**
   * A text, cut in its middle where it is longer: names differ at both ends.
   * @param {string} text
   * @param {number} most characters
   * @return {string}
   */
  fmviz.cut = function (text, most) {
    const letters = Array.from(text);
    const half = (most - 1) / 2;
    return letters.length > most
      ? letters.slice(0, Math.ceil(half)).join('') + '\u2026' + letters.slice(letters.length - Math.floor(half)).join('')
      : text;
  };

  /**
   * A file's path, cut in its middle where it is long; pointed at, and read aloud, it is whole.
   * @param {string} path
   * @return {string|!Element}
   */
  fmviz.path = function (path) {
    const short = fmviz.cut(path, 60);
    return short === path
      ? path
      : fmviz.el('span', {title: path}, fmviz.el('span', {'aria-hidden': 'true'}, short), fmviz.el('span', {class: 'hidden'}, path));
  };

  /**
   * A number and what it counts: `1 map`, `2,000 maps`.
   * @param {number} count
   * @param {string} noun
   * @return {string}
   */
  fmviz.count = function (count, noun) {
    return count.toLocaleString('en') + ' ' + noun + (count === 1 ? '' : 's');
  };

  /**
   * A list of facts, pairs of what and what it is; those that are null are left out.
   * @param {!Array<!Array>} pairs
   * @return {!Element}
   */
  fmviz.factList = function (pairs) {
    return fmviz.el(
      'dl',
      {class: 'facts'},
      pairs
        .filter((pair) => pair[1] !== null && pair[1] !== undefined)
        .map((pair) => [fmviz.el('dt', null, pair[0]), fmviz.el('dd', null, pair[1])])
    );
  };
})();
