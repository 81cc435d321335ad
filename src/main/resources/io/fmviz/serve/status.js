/** @fileoverview What a person is told of the server: whether it answers, and what went wrong. */
(function () {
  'use strict';

  const GONE = 'fmviz no longer answers. What is looked at is kept, and sent when it is back; if you start it anew, open the address that it prints in this tab.';
  const SLOW = 'The network is still at work \u2026';

  /**
   * The lines for it.
   * @param {!Element} place
   * @return {{fail: function(string), slow: function(), gone: function(), answered: function(),
   *     refused: function(string)}} fail and refused tell what stays until it is closed, refused in
   *     place of an answer; slow and gone grey the answer until the next
   */
  fmviz.status = function (place) {
    const server = fmviz.el('p', {class: 'server'});
    const line = fmviz.el('span');
    const close = fmviz.el('button', {type: 'button', onclick: () => tell('')}, 'Close');
    const error = fmviz.el('p', {hidden: true}, line, ' ', close);
    place.append(server, error);

    function tell(text) {
      line.textContent = text;
      error.hidden = text === '';
      mark();
    }

    function mark() {
      place.classList.toggle('error', server.textContent !== '' || !error.hidden);
    }

    // What the server does, and the answer greyed as long as it is an old one.
    function says(text, state) {
      server.textContent = text;
      document.body.classList.toggle('slow', state === 'slow');
      document.body.classList.toggle('gone', state === 'gone');
      mark();
    }

    return {
      fail: tell,
      slow: () => says(SLOW, 'slow'),
      gone: () => says(GONE, 'gone'),
      answered: () => says('', ''),
      refused: (text) => {
        says('', '');
        tell(text);
      },
    };
  };
})();
