/**
 * @fileoverview Many layers, as they follow each other, as a tree that folds: neighbours whose paths
 * begin with the same parts are a branch.
 */
(function () {
  'use strict';

  /** Fewer than these are a plain list. */
  const MANY = 24;

  function branch(name) {
    return {name: name, leaves: []};
  }

  function grow(layers) {
    const root = branch('');
    layers.forEach((layer, number) => {
      const parts = layer.path.split('.');
      let at = root;
      for (const part of parts.slice(0, -1)) {
        const last = at.leaves[at.leaves.length - 1];
        if (typeof last !== 'object' || last.name !== part) {
          at.leaves.push(branch(part));
        }
        at = at.leaves[at.leaves.length - 1];
      }
      at.leaves.push(number);
    });
    return root;
  }

  // A branch with one thing in it is that thing.
  function trimmed(at) {
    const leaves = at.leaves.map((leaf) => (typeof leaf === 'number' ? leaf : trimmed(leaf)));
    if (leaves.length === 1 && typeof leaves[0] !== 'number' && at.name !== '') {
      return {name: at.name + '.' + leaves[0].name, leaves: leaves[0].leaves};
    }
    return leaves.length === 1 && at.name !== '' ? leaves[0] : {name: at.name, leaves: leaves};
  }

  function numbers(at) {
    return at.leaves.flatMap((leaf) => (typeof leaf === 'number' ? [leaf] : numbers(leaf)));
  }

  /**
   * The rows of layers, in branches if there are many.
   * @param {!Array<{path: string}>} layers
   * @param {!Array<!Element>} rows one for each
   * @return {{elements: !Array<!Element>, branches: !Array<{element: !Element, layers:
   *     !Array<number>, note: !Element}>}} a branch's note is for what is wrong in it
   */
  fmviz.tree = function (layers, rows) {
    if (layers.length < MANY) {
      return {elements: rows, branches: []};
    }
    const branches = [];
    function element(leaf, above) {
      if (typeof leaf === 'number') {
        // The branches say the rest of its path.
        const path = rows[leaf].querySelector('.path');
        path.title = layers[leaf].path;
        path.textContent = layers[leaf].path.slice(above.length);
        return rows[leaf];
      }
      const note = fmviz.el('span', {class: 'bad'});
      const found = numbers(leaf);
      const made = fmviz.el(
        'details',
        {class: 'branch', open: true},
        fmviz.el('summary', null, fmviz.el('b', null, leaf.name), ' ', fmviz.el('span', {class: 'quiet'}, fmviz.count(found.length, 'layer')), ' ', note),
        leaf.leaves.map((each) => element(each, above + leaf.name + '.'))
      );
      branches.push({element: made, layers: found, note: note});
      return made;
    }
    return {elements: trimmed(grow(layers)).leaves.map((each) => element(each, '')), branches: branches};
  };
})();
