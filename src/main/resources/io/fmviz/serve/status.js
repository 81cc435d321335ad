/** @fileoverview What a person is told of the server: whether it answers, and what went wrong. */
(function () {
  'use strict';

  /**
   * The line for it.
   * @param {!Element} place
   * @return {{fail: function(string), slow: function(), gone: function(), answered: function()}}
   *     fail tells what stays until it is closed; slow and gone grey the answer until answered
   */
  fmviz.status = function (place) {
    const line = fmviz.el('span');
    const close = fmviz.el('button', {type: 'button', hidden: true, onclick: () => tell('', false)}, 'Close');
    place.append(line, ' ', close);

    function tell(text, stays) {
      line.textContent = text;
      close.hidden = !stays;
      place.classList.toggle('error', text !== '');
    }

    function grey(state) {
      document.body.classList.toggle('slow', state === 'slow');
      document.body.classList.toggle('gone', state === 'gone');
    }

    return {
      fail: (text) => tell(text, true),
      slow: () => grey('slow'),
      gone: () => {
        grey('gone');
        tell('fmviz no longer answers. What is drawn is kept, and sent when it is back; if you start it anew, open the address that it prints in this tab.', false);
      },
      answered: () => {
        grey('');
        if (close.hidden) {
          tell('', false);
        }
      },
    };
  };
})();
