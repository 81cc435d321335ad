/** @fileoverview Names that are chosen by globs, as on the command line: `Conv*,layer?.0`. */
(function () {
  'use strict';

  const SPECIAL = /[.+^$(){}|[\]\\]/g;

  function pattern(glob) {
    const text = glob.replace(SPECIAL, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.');
    return new RegExp('^' + text + '$', 'i');
  }

  /**
   * What tells whether one of some names is meant.
   * @param {string} globs with commas between them; a word without * and ? may stand anywhere in a
   *     name; nothing means all
   * @return {function(!Array<?string>): boolean}
   */
  fmviz.matcher = function (globs) {
    const words = globs.split(',').map((word) => word.trim()).filter((word) => word !== '');
    const patterns = words.map((word) => pattern(/[*?]/.test(word) ? word : '*' + word + '*'));
    return (names) =>
      patterns.length === 0 ||
      names.some((name) => name !== null && name !== undefined && patterns.some((each) => each.test(name)));
  };

  /**
   * A field for globs.
   * @param {{label: string, hint: (string|undefined), changed: function(function(!Array<?string>):
   *     boolean)}} options what it filters, an example, and who hears of a new filter
   * @return {!Element}
   */
  fmviz.filterField = function (options) {
    const field = fmviz.el('input', {type: 'search', placeholder: options.hint, size: 14});
    field.addEventListener('input', () => options.changed(fmviz.matcher(field.value)));
    return fmviz.el('label', null, options.label, field);
  };
})();
