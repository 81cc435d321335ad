/** @fileoverview Names that are chosen by globs, as on the command line: `Conv*,layer?.0`. */
(function () {
  'use strict';

  // Where a glob doesn't go on fitting, its last asterisk takes one character more. So the time is
  // at most the product of both lengths, whatever the glob.
  function fits(glob, text) {
    let g = 0;
    let t = 0;
    let behindAsterisk = -1;
    let taken = 0;
    while (t < text.length) {
      if (glob[g] === '*') {
        behindAsterisk = ++g;
        taken = t;
      } else if (g < glob.length && (glob[g] === '?' || glob[g] === text[t])) {
        g++;
        t++;
      } else if (behindAsterisk >= 0) {
        g = behindAsterisk;
        t = ++taken;
      } else {
        return false;
      }
    }
    while (glob[g] === '*') {
      g++;
    }
    return g === glob.length;
  }

  /**
   * What tells whether one of some names is meant.
   * @param {string} globs separated by commas; one with * or ? is a whole name, or parts of a
   *     path between dots, and all below them; any other word may stand anywhere; nothing means all
   * @return {function(!Array<?string>): boolean}
   */
  fmviz.matcher = function (globs) {
    const words = globs.split(',').map((word) => word.trim().toLowerCase()).filter((word) => word !== '');
    const patterns = words
      .flatMap((word) => (/[*?]/.test(word) ? [word, word + '.*', '*.' + word, '*.' + word + '.*'] : ['*' + word + '*']))
      .map((pattern) => Array.from(pattern));
    return (names) =>
      patterns.length === 0 ||
      names.some((name) => {
        const letters = Array.from((name || '').toLowerCase());
        return patterns.some((each) => fits(each, letters));
      });
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
