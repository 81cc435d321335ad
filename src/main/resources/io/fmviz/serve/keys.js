/** @fileoverview Keys for everything, and the dialog that tells them. */
(function () {
  'use strict';

  /**
   * Keys.
   * @param {!HTMLDialogElement} help
   * @param {!Array<{key: string, shown: (string|undefined), isControl: (boolean|undefined), text: string, act: function()}>} keys
   * @return {function()} shows the dialog
   */
  fmviz.keys = function (help, keys) {
    const shown = (each) => fmviz.el('kbd', null, each.shown || each.key.toUpperCase());
    help.append(
      fmviz.el('h2', {id: 'help-title'}, 'Keys'),
      fmviz.el(
        'dl',
        {class: 'facts'},
        keys.filter((each) => each.text !== '').map((each) => [fmviz.el('dt', null, shown(each)), fmviz.el('dd', null, each.text)])
      ),
      fmviz.el('p', {class: 'quiet'}, 'Arrows move within a layer\u2019s maps, on the large map, and on the drawing pad, where Space sets down and lifts the pen.'),
      fmviz.el('button', {type: 'button', onclick: () => help.close()}, 'Close')
    );
    document.addEventListener('keydown', (event) => {
      const isTyping = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
      const isControl = event.ctrlKey || event.metaKey;
      const found = keys.find((each) => each.key === event.key && Boolean(each.isControl) === isControl);
      if (found && !isTyping && !help.open && !event.altKey) {
        event.preventDefault();
        found.act();
      }
    });
    return () => help.showModal();
  };
})();
