/** @fileoverview The page of visualize's folder: its images, some at a time, each with its page. */

(function () {
  'use strict';

  const AT_ONCE = 48;
  const facts = fmviz.facts('facts');
  const chunks = Array.from(document.querySelectorAll('script[id^="samples-"]'));
  const read = new Map();

  // The images of one element, read when they are first looked at.
  function chunk(i) {
    if (!read.has(i)) {
      read.set(i, JSON.parse(chunks[i].textContent));
    }
    return read.get(i);
  }

  const together = chunks.length > 0 ? chunk(0).length : 1;
  const count = chunks.length > 0 ? (chunks.length - 1) * together + chunk(chunks.length - 1).length : 0;
  const sample = (i) => chunk(Math.floor(i / together))[i % together];
  const isWrong = (each) => fmviz.verdict(each) === 'wrong';

  // A digit, its pixels as squares.
  function digit(picture) {
    const canvas = fmviz.el('canvas', {'aria-hidden': 'true'});
    fmviz.drawPicture(canvas, fmviz.bytes(picture.grey), {height: picture.height, width: picture.width, channels: 1});
    return canvas;
  }

  function thumbnail(picture) {
    const shown = picture.grey ? digit(picture) : fmviz.el('img', {alt: '', src: 'data:image/jpeg;base64,' + picture.jpeg});
    const zoom = (picture.grey ? 84 : 128) / Math.max(picture.width, picture.height);
    shown.style.width = Math.round(zoom * picture.width) + 'px';
    shown.style.height = Math.round(zoom * picture.height) + 'px';
    return shown;
  }

  function card(each) {
    const label = each.label === undefined ? null : 'is ' + fmviz.label(each);
    const verdict = fmviz.verdict(each) === '-' ? null : fmviz.verdict(each);
    return fmviz.el(
      'li',
      null,
      fmviz.el(
        'a',
        {href: encodeURIComponent(each.title) + '/index.html'},
        thumbnail(each.picture),
        fmviz.el('b', null, each.title),
        fmviz.el('div', null, 'predicted' in each && each.score === undefined ? 'predicted ' : null, fmviz.answer(each)),
        fmviz.el('div', null, label, verdict ? ': ' : null, verdict ? fmviz.el('b', {class: verdict === 'wrong' ? 'bad' : 'good'}, verdict) : null)
      )
    );
  }

  const list = fmviz.el('ul', {class: 'samples'});
  const where = fmviz.el('span', {role: 'status'});
  const back = fmviz.el('button', {type: 'button', onclick: () => turn(-1)}, 'Earlier');
  const on = fmviz.el('button', {type: 'button', onclick: () => turn(1)}, 'Later');
  let chosen = Array.from({length: count}, (_, i) => i);
  let page = 0;

  function draw() {
    const pages = Math.max(1, Math.ceil(chosen.length / AT_ONCE));
    const shown = chosen.slice(page * AT_ONCE, (page + 1) * AT_ONCE);
    list.replaceChildren(...shown.map((i) => card(sample(i))));
    where.textContent =
      chosen.length === 0
        ? 'no image'
        : 'images ' + (page * AT_ONCE + 1) + ' to ' + (page * AT_ONCE + shown.length) + ' of ' +
          chosen.length.toLocaleString('en') + (chosen.length < count ? ' (' + count.toLocaleString('en') + ' in all)' : '');
    back.disabled = page === 0;
    on.disabled = page === pages - 1;
  }

  function turn(by) {
    page += by;
    draw();
  }

  let matches = fmviz.matcher('');
  const wrong = fmviz.el('input', {type: 'checkbox', onchange: choose});

  const hasVerdicts = Array.from({length: count}, (_, i) => i).some((i) => ['right', 'wrong'].includes(fmviz.verdict(sample(i))));

  function choose() {
    chosen = Array.from({length: count}, (_, i) => i).filter((i) => {
      const each = sample(i);
      return (!wrong.checked || isWrong(each)) && matches([each.title, each.source, each.labelName, each.predictedName]);
    });
    page = 0;
    draw();
  }

  fmviz.folder(
    facts,
    'What a network makes of ' + fmviz.count(count, 'image'),
    'Each image has a page of its own: the picture, what the network takes it for, and every layer\u2019s maps, that is, what the layer finds where in the picture.',
    []
  );
  fmviz.show(
    fmviz.el('h2', null, 'Images'),
    fmviz.el(
      'div',
      {class: 'controls'},
      fmviz.filterField({
        label: 'Show',
        hint: '*-7',
        changed: (matcher) => {
          matches = matcher;
          choose();
        },
      }),
      hasVerdicts ? fmviz.el('label', null, wrong, 'only what is predicted wrong') : null,
      back,
      where,
      on
    ),
    list
  );
  draw();
})();
