/** @fileoverview "Save this view": the page as it is, in one file that needs nothing else. */
(function () {
  'use strict';

  function style() {
    const rules = Array.from(/** @type {?} */ (document.styleSheets)).flatMap((sheet) => Array.from(sheet.cssRules));
    return fmviz.el('style', null, rules.map((rule) => rule.cssText).join('\n'));
  }

  // Canvases become pictures of what is on them; what only works with the server goes.
  function frozen(root) {
    const copy = root.cloneNode(true);
    const from = root.querySelectorAll('canvas');
    copy.querySelectorAll('canvas').forEach((canvas, i) => {
      const picture = fmviz.el('img', {
        src: from[i].width > 0 && from[i].height > 0 ? from[i].toDataURL() : null,
        class: canvas.className + ' pixels',
        alt: canvas.getAttribute('aria-label') || '',
      });
      picture.style.cssText = canvas.style.cssText;
      canvas.replaceWith(picture);
    });
    copy.querySelectorAll('script, link, dialog, #door, input, select, label, #sources, #tools, .actions, .controls').forEach((each) => each.remove());
    copy.querySelectorAll('button').forEach((button) => {
      if (button.matches('.fold, .map')) {
        button.replaceWith(plain(button));
      } else if (button.matches('.way')) {
        button.replaceWith(...button.childNodes);
      } else {
        button.remove();
      }
    });
    copy.querySelector('body').classList.add('saved');
    return copy;
  }

  // A button that does nothing any more, as it looks.
  function plain(button) {
    const isOpen = button.getAttribute('aria-expanded') === 'true';
    const made = fmviz.el(
      'span',
      {class: button.className + (isOpen ? ' open' : ''), title: button.title || null, 'data-number': button.getAttribute('data-number'), 'aria-current': button.getAttribute('aria-current')},
      ...button.cloneNode(true).childNodes
    );
    made.style.cssText = button.style.cssText;
    return made;
  }

  /**
   * Offers the view as a file.
   * @param {string} name
   */
  fmviz.save = function (name) {
    const copy = frozen(document.documentElement);
    copy.querySelector('head').append(style());
    copy.querySelector('body').classList.remove('slow', 'gone');
    copy.querySelector('#status').className = 'quiet';
    copy.querySelector('#status').textContent = 'A view saved from fmviz at ' + new Date().toISOString().slice(0, 16).replace('T', ' ') + '.';
    const text = '<!doctype html>\n' + copy.outerHTML;
    const link = fmviz.el('a', {
      href: URL.createObjectURL(new Blob([text], {type: 'text/html'})),
      download: name.replace(/[^A-Za-z0-9._-]+/g, '-') + '.html',
    });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
})();
