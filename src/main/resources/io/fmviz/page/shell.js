/** @fileoverview What all pages of folders begin with, and what stands on several of them. */

(function () {
  'use strict';

  // What classes are called, by their numbers; of those that facts know by these alone.
  let classNames = {};

  /**
   * Fills the head of the page.
   * @param {string} title
   * @param {string} lead what is seen here, for someone who never saw it
   * @param {!Array<{href: string, text: string}>} links to other pages
   */
  fmviz.head = function (title, lead, links) {
    const nav = fmviz.el(
      'nav',
      {'aria-label': 'other pages', class: 'controls'},
      links.map((link) => fmviz.el('a', {href: link.href}, link.text))
    );
    document.getElementById('top').append(...(links.length > 0 ? [nav] : []), fmviz.el('h1', null, title), fmviz.el('p', null, lead));
  };

  /**
   * Appends to the page's content.
   * @param {...!Node} children
   */
  fmviz.show = function (...children) {
    const main = document.getElementById('main');
    main.append(...children);
  };

  function network(manifest) {
    const file = manifest.checkpoint || manifest.model;
    return file ? file.file : null;
  }

  // The images of a dataset, in words; null for a user's.
  function images(manifest) {
    const set = manifest.dataset;
    return set ? set.name + ', ' + set.split + (set.fallbackReason ? ' (' + set.fallbackReason + ')' : '') : null;
  }

  // What was asked for, as far as it was; on the command line in other letters.
  function options(manifest) {
    return Object.entries(manifest.options)
      .filter((entry) => entry[1] !== null && entry[1] !== undefined)
      .map((entry) => entry[0] + ' ' + (typeof entry[1] === 'object' ? JSON.stringify(entry[1]) : entry[1]))
      .join(', ');
  }

  /**
   * Begins the page of a command's folder.
   * @param {!Object} facts what the page was made from
   * @param {string} title
   * @param {string} lead
   * @param {!Array<!Array>=} more facts of the command's own, as pairs
   */
  fmviz.folder = function (facts, title, lead, more) {
    const manifest = facts.manifest;
    const file = network(manifest);
    classNames = facts.classNames || {};
    const links = fmviz.facts('links');
    const to = (path) => (name) => ({href: path + encodeURIComponent(name) + '/index.html', text: name});
    const above = links.above ? [{href: '../index.html', text: 'The folder above'}] : [];
    fmviz.head(title, lead, above.concat(links.beside.map(to('../')), links.below.map(to(''))));
    fmviz.show(
      fmviz.factList([['Network', file ? fmviz.path(file) : null], ['Images', images(manifest)], ...(more || [])]),
      fmviz.el(
        'details',
        null,
        fmviz.el('summary', null, 'How this was made'),
        fmviz.factList([
          ['Command', 'fmviz ' + manifest.command + ', version ' + manifest.fmviz],
          ['Options', options(manifest)],
          ['SHA-256', (manifest.checkpoint || manifest.model || {}).sha256],
        ])
      )
    );
  };

  /**
   * A layer's name, with where it is in the network.
   * @param {!Object} layer
   * @return {string}
   */
  fmviz.layerName = function (layer) {
    return layer.path && layer.path !== layer.layer ? layer.layer + ' (' + layer.path + ')' : layer.layer;
  };

  /**
   * A picture beside the page, in its own size, so that what is written in it can be read; a button
   * makes one that is larger than its place as small as that.
   * @param {string} file below the page's folder
   * @param {string} text what it shows, for those who don't see it
   * @param {string} caption
   * @return {!Element}
   */
  fmviz.picture = function (file, text, caption) {
    const image = fmviz.el('img', {src: file, alt: text, loading: 'lazy'});
    const place = fmviz.el('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': text}, image);
    const whole = fmviz.el('button', {type: 'button', 'aria-pressed': 'false', hidden: true}, 'All of it, small');
    whole.addEventListener('click', () => whole.setAttribute('aria-pressed', String(place.classList.toggle('small'))));
    image.addEventListener('load', () => {
      whole.hidden = place.scrollWidth <= place.clientWidth && place.scrollHeight <= place.clientHeight;
    });
    return fmviz.el(
      'figure',
      null,
      place,
      fmviz.el('figcaption', {class: 'controls'}, fmviz.el('span', null, caption), fmviz.el('a', {href: file}, 'The picture alone'), whole)
    );
  };

  /**
   * What a network takes an image for, in words.
   * @param {!Object} sample with a prediction's fields
   * @return {string}
   */
  fmviz.answer = function (sample) {
    if (sample.score !== undefined) {
      return 'score ' + Number(sample.score.toPrecision(6));
    }
    if (sample.predicted === null || sample.predicted === undefined) {
      return 'predicted' in sample ? 'nothing: its answer is not finite' : 'no answer: the network has no classes';
    }
    const likeliest = fmviz.className(sample.predicted, sample.predictedName) + ', ' + fmviz.percent(sample.probability);
    if (!sample.labels) {
      return likeliest;
    }
    return sample.labels.length === 0
      ? 'no label, the likeliest is ' + likeliest
      : sample.labels.map((each) => fmviz.className(each.label, each.name) + ', ' + fmviz.percent(each.probability)).join('; ');
  };

  /**
   * A class by its number and name.
   * @param {number} label
   * @param {?string=} name if facts tell it beside the number
   * @return {string}
   */
  fmviz.className = function (label, name) {
    const known = name || classNames[label];
    return known && known !== String(label) ? label + ' ' + known : String(label);
  };

  /**
   * What an image shows; nothing where that isn't known.
   * @param {!Object} sample
   * @return {?string}
   */
  fmviz.label = function (sample) {
    return sample.label === undefined ? null : fmviz.className(sample.label, sample.labelName);
  };

  /**
   * Whether what is predicted is what an image shows: `right` or `wrong`; `-` where nothing is
   * predicted; null where there is nothing to compare.
   * @param {!Object} sample with a prediction's fields
   * @return {?string}
   */
  fmviz.verdict = function (sample) {
    if (sample.label === undefined || sample.predicted === undefined || sample.score !== undefined) {
      return null;
    }
    if (sample.labels) {
      return sample.labels.some((each) => each.label === sample.label) ? 'right' : 'wrong';
    }
    return sample.predicted === null ? '-' : sample.predicted === sample.label ? 'right' : 'wrong';
  };

  /**
   * What stands in a layer's row of channels of which nothing can be said.
   * @param {number} channels how many
   * @return {!Array<string>}
   */
  fmviz.brokenCells = function (channels) {
    return channels > 0 ? [channels + ' with non-finite values'] : [];
  };

  /**
   * Columns of a table of images: which, what they show, and what they are taken for.
   * @return {!Array}
   */
  fmviz.sampleColumns = function () {
    return [
      {title: 'image', number: true, value: (sample) => sample.index},
      {title: 'file', value: (sample) => sample.source, show: (sample) => (sample.source ? fmviz.path(sample.source) : '')},
      {title: 'is', value: (sample) => sample.label, show: fmviz.label},
      {title: 'predicted', value: (sample) => (sample.predicted === undefined ? null : fmviz.answer(sample))},
      {title: 'prediction', value: fmviz.verdict},
    ];
  };
})();
